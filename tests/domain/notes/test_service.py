"""The notes of a booking: two people type, lines become action items, nothing is lost."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pycrdt import Doc, Map, Text
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.notes import queries, service
from mentorhub.domain.notes.errors import (
    BrokenUpdate,
    MissingParts,
    NotesLocked,
    NotesNotOpen,
    NotesTooLong,
    NotYourItem,
)
from mentorhub.domain.notes.models import ActionItem, NoteUpdate
from tests.domain.notes.typing import Writer
from tests.people import TUESDAY, People, add_booking

MEETING = TUESDAY + timedelta(minutes=5)


class Notes:
    """The notes of one booking, written by Riya and Kabir."""

    def __init__(self, everyone: People) -> None:
        self.people = everyone
        self.now = MEETING
        with database.transaction() as db:
            self.booking = add_booking(db, everyone)
        self.riya, self.kabir = Writer(client=7001), Writer(client=7002)

    def send(self, update: bytes, *, by: UUID | None = None) -> None:
        with database.transaction() as db:
            service.apply_update(
                db, booking_id=self.booking, author_id=by or self.people.mentee, update=update, now=self.now
            )

    def everyone_sees(self) -> None:
        for writer in (self.riya, self.kabir):
            writer.see(self.document)

    def tick(self, item_id: UUID, *, by: UUID, is_done: bool = True) -> None:
        with database.transaction() as db:
            service.tick(db, item_id=item_id, actor_id=by, is_done=is_done, now=self.now)

    @property
    def document(self) -> bytes:
        with database.reading() as db:
            return queries.document(db, booking_id=self.booking)

    @property
    def text(self) -> str:
        with database.reading() as db:
            return queries.text(db, booking_id=self.booking)

    @property
    def items(self) -> list[tuple[str, UUID, date | None, bool]]:
        with database.reading() as db:
            found = queries.items_of_booking(db, booking_id=self.booking)
        return [(item.text, item.owner_id, item.due_on, item.is_done) for item in found]

    @property
    def item_ids(self) -> list[UUID]:
        with database.reading() as db:
            return [item.id for item in queries.items_of_booking(db, booking_id=self.booking)]


@pytest.fixture
def notes(everyone: People) -> Notes:
    return Notes(everyone)


@pytest.fixture
def reading(notes: Notes) -> Iterator[Session]:
    with database.reading() as db:
        yield db


def test_what_two_people_type_at_once_is_all_kept(notes: Notes) -> None:
    first, second = notes.riya.type("412 students\n"), notes.kabir.type("It is product work.\n")

    notes.send(second, by=notes.people.mentor)
    notes.send(first, by=notes.people.mentee)

    assert sorted(notes.text.split("\n")) == ["", "412 students", "It is product work."]


def test_the_same_update_twice_is_kept_once(notes: Notes) -> None:
    update = notes.riya.type("once")

    notes.send(update)
    notes.send(update)

    assert notes.text == "once"
    with database.reading() as db:
        assert len(db.exec(select(NoteUpdate)).all()) == 1


def test_a_line_becomes_an_item_of_whom_it_names_until_the_day_it_says(notes: Notes) -> None:
    notes.send(notes.riya.type("Intro é 😀\n[ ] rewrite the summary line @riya Fri\n[ ] send my slides @kabir\nend"))

    assert notes.items == [
        ("Rewrite the summary line", notes.people.mentee, date(2026, 11, 27), False),
        ("Send my slides", notes.people.mentor, None, False),
    ]


def test_an_item_is_due_by_its_owners_clock(notes: Notes) -> None:
    notes.now = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)

    notes.send(notes.riya.type("[ ] a @riya today\n[ ] b @kabir today"))

    assert [due for _, _, due, _ in notes.items] == [date(2026, 11, 25), date(2026, 11, 24)]


def test_a_past_date_makes_an_item_without_a_date(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] apply by 20 Nov"))

    assert notes.items == [("Apply", notes.people.mentee, None, False)]


def test_editing_the_line_edits_the_item_and_not_its_identity(notes: Notes) -> None:
    notes.send(notes.riya.type("é [ ] no item\n[ ] rewrite it @riya Fri\n"))
    before = notes.item_ids
    notes.everyone_sees()

    notes.send(notes.kabir.replace("rewrite it", "rewrite the whole line"), by=notes.people.mentor)
    notes.everyone_sees()
    notes.send(notes.riya.type("more above ü\n", at=0))
    notes.everyone_sees()
    notes.send(notes.riya.replace("@riya Fri", "@kabir Mon"))

    assert notes.item_ids == before
    assert notes.items == [("Rewrite the whole line", notes.people.mentor, date(2026, 11, 30), False)]


def test_friday_stays_the_friday_it_meant_while_other_lines_change(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] rewrite it @riya Fri\n"))
    notes.now += timedelta(days=5)

    notes.everyone_sees()
    notes.send(notes.riya.type("[ ] another @riya Fri\n"))
    notes.everyone_sees()
    notes.send(notes.riya.replace("rewrite it", "write it"))

    assert [(text, due) for text, _, due, _ in notes.items] == [
        ("Write it", date(2026, 11, 27)),
        ("Another", date(2026, 12, 4)),
    ]


def test_a_deleted_line_takes_its_open_item_along_and_undo_brings_it_back(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] keep me\n[ ] rewrite it @riya Fri\n"))
    before = notes.item_ids
    notes.everyone_sees()

    notes.send(notes.riya.erase("[ ] rewrite it @riya Fri\n"))
    assert [text for text, *_ in notes.items] == ["Keep me"]
    notes.everyone_sees()
    notes.now += timedelta(days=4)
    notes.send(notes.riya.type("[ ] rewrite it @riya Fri\n", at=0))

    assert sorted(notes.item_ids) == sorted(before)
    assert ("Rewrite it", notes.people.mentee, date(2026, 11, 27), False) in notes.items


def test_a_deleted_line_leaves_what_is_done(notes: Notes) -> None:
    notes.send(notes.riya.type("[x] cut the CV\n"))
    notes.everyone_sees()

    notes.send(notes.riya.erase("[x] cut the CV\n"))

    assert notes.items == [("Cut the CV", notes.people.mentee, None, True)]


def test_a_moved_line_keeps_its_item(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] first\n[ ] second\n"))
    before = notes.item_ids
    notes.everyone_sees()
    with notes.riya.doc.transaction():
        del notes.riya.text[0:10]
        notes.riya.text.insert(11, "[ ] first\n")

    notes.send(notes.riya.doc.get_update())

    assert notes.text == "[ ] second\n[ ] first\n"
    assert notes.item_ids == before


def test_a_copied_line_is_an_item_of_its_own(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] practise\n"))
    notes.everyone_sees()

    notes.send(notes.riya.type("[ ] practise\n"))

    assert [text for text, *_ in notes.items] == ["Practise", "Practise"]


def test_a_mark_in_the_notes_ticks_the_item_and_back(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] cut it\n"))
    notes.everyone_sees()

    notes.send(notes.riya.replace("[ ]", "[x]"))
    assert [done for *_, done in notes.items] == [True]
    notes.everyone_sees()
    notes.send(notes.riya.replace("[x]", "[ ]"))

    assert [done for *_, done in notes.items] == [False]


def test_an_item_ticked_outside_is_ticked_in_the_notes_too(notes: Notes) -> None:
    notes.send(notes.riya.type("é\n[ ] cut it @riya\n[] send it @kabir\n"))
    cut, send = notes.item_ids

    notes.tick(cut, by=notes.people.mentee)
    notes.tick(cut, by=notes.people.mentee)
    notes.tick(send, by=notes.people.mentor)
    assert notes.text == "é\n[x] cut it @riya\n[x] send it @kabir\n"
    notes.tick(cut, by=notes.people.mentee, is_done=False)

    assert notes.text == "é\n[ ] cut it @riya\n[x] send it @kabir\n"
    notes.everyone_sees()
    notes.send(notes.riya.type("on we go"))
    assert [done for *_, done in notes.items] == [False, True]


def test_after_the_lock_an_item_is_ticked_and_the_notes_stay(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] cut it"))
    notes.now += timedelta(days=8)

    notes.tick(notes.item_ids[0], by=notes.people.mentee)

    assert notes.text == "[ ] cut it"
    assert [done for *_, done in notes.items] == [True]


def test_only_the_person_an_item_names_ticks_it(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] cut it @riya"))
    (item,) = notes.item_ids

    with pytest.raises(NotYourItem):
        notes.tick(item, by=notes.people.mentor)
    with pytest.raises(NotFound):
        notes.tick(item, by=notes.people.stranger)
    with pytest.raises(NotFound):
        notes.tick(uuid4(), by=notes.people.mentee)

    assert [done for *_, done in notes.items] == [False]


def test_a_removed_item_cannot_be_ticked(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] cut it"))
    (item,) = notes.item_ids
    notes.everyone_sees()
    notes.send(notes.riya.erase("[ ] cut it"))

    with pytest.raises(NotFound):
        notes.tick(item, by=notes.people.mentee)


def test_a_name_taken_from_another_booking_reaches_nothing_there(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] mine"))
    with database.reading() as db:
        (mine,) = queries.items_of_booking(db, booking_id=notes.booking)
    with database.transaction() as db:
        other = add_booking(db, notes.people, starts_at=TUESDAY + timedelta(days=1))
    forged: Doc[Any] = Doc()
    forged.get("notes", type=Text).insert(0, "[x] hijacked", {"item": mine.key})

    with database.transaction() as db:
        service.apply_update(
            db, booking_id=other, author_id=notes.people.mentee, update=forged.get_update(), now=notes.now
        )

    assert notes.items == [("Mine", notes.people.mentee, None, False)]
    with database.reading() as db:
        (theirs,) = queries.items_of_booking(db, booking_id=other)
    assert (theirs.text, theirs.key != mine.key) == ("Hijacked", True)


def test_who_wrote_what_is_the_servers_word(notes: Notes) -> None:
    notes.send(notes.riya.type("mine"))
    notes.everyone_sees()
    notes.kabir.doc.get("authors", type=Map)["7001"] = str(notes.people.mentor)
    notes.kabir.doc.get("authors", type=Map)["9999"] = str(notes.people.mentee)
    notes.kabir.type("yours")

    notes.send(notes.kabir.doc.get_update(), by=notes.people.mentor)

    fresh: Doc[Any] = Doc()
    fresh.apply_update(notes.document)
    signed = fresh.get("authors", type=Map).to_py()
    assert signed is not None
    assert {client: signed[client] for client in ("7001", "7002")} == {
        "7001": str(notes.people.mentee),
        "7002": str(notes.people.mentor),
    }


def test_strangers_find_no_notes(notes: Notes) -> None:
    update = notes.riya.type("secret")

    with pytest.raises(NotFound):
        notes.send(update, by=notes.people.stranger)

    assert notes.text == ""
    with database.reading() as db:
        view = queries.notepad(db, booking_id=notes.booking, viewer_id=notes.people.stranger, now=notes.now)
    assert view is None


@pytest.mark.parametrize("status", [Status.HELD, Status.REQUESTED, Status.EXPIRED])
def test_there_are_no_notes_before_a_booking_is_confirmed(everyone: People, status: Status) -> None:
    with database.transaction() as db:
        booking = add_booking(db, everyone, status=status)
    update = Writer(client=1234).type("early")

    with pytest.raises(NotFound), database.transaction() as db:
        service.apply_update(db, booking_id=booking, author_id=everyone.mentee, update=update, now=MEETING)

    with database.reading() as db:
        assert queries.notepad(db, booking_id=booking, viewer_id=everyone.mentee, now=MEETING) is None


def test_notes_are_written_until_seven_days_after_the_session_and_read_for_ever(notes: Notes) -> None:
    notes.send(notes.riya.type("before "))
    end = TUESDAY + timedelta(minutes=30)
    notes.now = end + timedelta(days=7, seconds=-1)
    notes.send(notes.riya.type("in time"))

    notes.now = end + timedelta(days=7)
    with pytest.raises(NotesLocked):
        notes.send(notes.riya.type(" too late"))

    assert notes.text == "before in time"
    with database.reading() as db:
        view = queries.notepad(db, booking_id=notes.booking, viewer_id=notes.people.mentor, now=notes.now)
    assert view is not None
    assert (view.can_write, view.names[notes.people.mentee]) == (False, "Riya Patil")


def test_notes_of_a_cancelled_session_are_only_read(notes: Notes) -> None:
    notes.send(notes.riya.type("before"))
    with database.transaction() as db:
        db.get_one(Booking, notes.booking).status = Status.CANCELLED

    with pytest.raises(NotesNotOpen):
        notes.send(notes.riya.type("after"))

    with database.reading() as db:
        view = queries.notepad(db, booking_id=notes.booking, viewer_id=notes.people.mentee, now=notes.now)
    assert view is not None
    assert view.can_write is False


@pytest.mark.parametrize("junk", [b"", b"\x00", b"hello", b"\xff" * 40, b"\x01\x01\x07"])
def test_what_is_no_update_is_refused_and_changes_nothing(notes: Notes, junk: bytes) -> None:
    notes.send(notes.riya.type("safe"))
    before = notes.document

    with pytest.raises(BrokenUpdate):
        notes.send(junk)

    assert notes.document == before


def test_an_update_larger_than_one_may_be_is_refused(notes: Notes) -> None:
    with pytest.raises(NotesTooLong):
        notes.send(notes.riya.type("a" * 100_001))

    assert notes.text == ""


def test_a_document_larger_than_notes_may_be_is_refused(notes: Notes) -> None:
    for _ in range(4):
        notes.send(notes.riya.type("a" * 99_000))

    with pytest.raises(NotesTooLong):
        notes.send(notes.riya.type("b" * 99_000))

    assert len(notes.text) == 4 * 99_000


def test_a_crafted_embed_breaks_nothing(notes: Notes) -> None:
    notes.riya.text.insert_embed(0, {"image": "x"})
    notes.riya.text.insert(1, "\n[ ] after it")

    notes.send(notes.riya.doc.get_update())

    assert notes.items == [("After it", notes.people.mentee, None, False)]


def test_many_updates_are_squashed_into_one_and_lose_nothing(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] first Fri\n"))
    item = notes.item_ids
    for number in range(201):
        notes.send(notes.riya.type(f"{number} "))

    with database.reading() as db:
        rows = queries.updates_after(db, booking_id=notes.booking)
    assert len(rows) < 10
    assert notes.text == "[ ] first Fri\n" + "".join(f"{number} " for number in range(201))
    assert notes.item_ids == item


def test_an_update_that_builds_on_a_lost_one_is_refused_until_all_is_sent(notes: Notes) -> None:
    notes.riya.type("lost ")
    later = notes.riya.type("later")
    deletion = notes.riya.erase("lost ")

    with pytest.raises(MissingParts):
        notes.send(later)
    with pytest.raises(MissingParts):
        notes.send(deletion)
    assert notes.text == ""
    notes.send(notes.riya.doc.get_update())

    assert notes.text == "later"


def test_whoever_read_up_to_any_row_finds_the_rest_after_it(notes: Notes) -> None:
    reader: Doc[Any] = Doc()
    seen = 0
    for number in range(205):
        notes.send(notes.riya.type(f"{number} "))
        if number % 60 == 0:
            with database.reading() as db:
                for row in queries.updates_after(db, booking_id=notes.booking, after=seen):
                    reader.apply_update(row.content)
                    seen = row.id

    with database.reading() as db:
        for row in queries.updates_after(db, booking_id=notes.booking, after=seen):
            reader.apply_update(row.content)

    assert str(reader.get("notes", type=Text)) == notes.text


def test_a_person_sees_what_is_still_to_do_soonest_first(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] later\n[ ] soon Fri\n[ ] sooner tomorrow\n[x] done\n[ ] his @kabir\n"))

    with database.reading() as db:
        hers = queries.open_items_of(db, person_id=notes.people.mentee)
        his = queries.open_items_of(db, person_id=notes.people.mentor)
        nobodys = queries.open_items_of(db, person_id=notes.people.stranger)

    assert [item.text for item in hers] == ["Sooner", "Soon", "Later"]
    assert ([item.text for item in his], nobodys) == (["His"], ())


def test_items_kept_are_a_persons_own_and_none_that_was_taken_out_of_the_notes(notes: Notes) -> None:
    notes.send(notes.riya.type("[x] done\n[ ] open\n[ ] taken out\n[x] his @kabir\n"))
    notes.everyone_sees()
    notes.send(notes.riya.erase("[ ] taken out\n"))

    with database.reading() as db:
        people = (notes.people.mentee, notes.people.mentor, notes.people.stranger)
        assert [queries.items_kept(db, owner_id=person) for person in people] == [(1, 2), (1, 1), (0, 0)]


def test_items_are_told_by_session_with_whom_it_was(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] one\n[x] two\n[ ] his @kabir"))

    with database.reading() as db:
        (hers,) = queries.items_by_session(db, person_id=notes.people.mentee)
        (his,) = queries.items_by_session(db, person_id=notes.people.mentor)

    assert (hers.title, hers.with_name, [item.text for item in hers.items]) == (
        "CV review",
        "Kabir Deshmukh",
        ["One", "Two"],
    )
    assert (his.with_name, [item.text for item in his.items]) == ("Riya Patil", ["His"])


def test_open_pages_are_told_of_new_items_and_not_of_plain_words(notes: Notes) -> None:
    told: list[str] = []
    database.publish_after_commit(told.append)
    try:
        notes.send(notes.riya.type("plain\n"))
        plain = set(told)
        notes.send(notes.riya.type("[ ] item\n"))
        with_item = set(told)
        told.clear()
        notes.everyone_sees()
        notes.send(notes.riya.type("plain again\n", at=0))
    finally:
        database.publish_after_commit(None)

    assert plain == set(told) == {f"notes:{notes.booking}"}
    assert {f"person:{notes.people.mentor}", f"booking:{notes.booking}"} < with_item


def test_an_item_of_a_gone_line_is_kept_in_the_books(notes: Notes) -> None:
    notes.send(notes.riya.type("[ ] a"))
    notes.everyone_sees()
    notes.send(notes.riya.erase("[ ] a"))

    with database.reading() as db:
        (removed_at,) = db.exec(select(ActionItem.removed_at)).all()
    assert removed_at == notes.now
