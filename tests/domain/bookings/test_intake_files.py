"""Files beside an intake: three with the links, shared by a series, taken over by the next hold, let go in the end."""

import threading
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import queries, rules, service
from mentorhub.domain.bookings.errors import HoldOver, TooManyAttached, TooMuchUnsent
from mentorhub.domain.bookings.models import Booking, BookingRequest, Intake, IntakeFile, Status
from mentorhub.domain.bookings.service import IntakeForm, StoredFile
from mentorhub.domain.catalog.models import OfferingKind
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.files import FileKind
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.domain.bookings.series import hold_series
from tests.people import INTAKE, SUNDAY, People, add_group, add_offering

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MEGABYTE = 1024 * 1024


def stored(name: str = "CV.pdf", *, size: int = 1000) -> StoredFile:
    """A file whose object is in the store."""
    return StoredFile(name, FileKind.PDF, size, f"intake/{uuid4().hex}")


def add(booking: Booking, file: StoredFile | None = None, *, by: UUID | None = None, now: datetime = SUNDAY) -> None:
    with database.transaction() as db:
        service.add_file(db, booking_id=booking.id, mentee_id=by or booking.mentee_id, file=file or stored(), now=now)


def names_of(booking_id: UUID) -> list[str]:
    with database.reading() as db:
        return [file.name for file in queries.intake_of(db, booking_id=booking_id).files]


def files() -> list[IntakeFile]:
    with database.reading() as db:
        return list(db.exec(select(IntakeFile)))


def lapse(booking: Booking, *, now: datetime = SUNDAY + HOUR) -> None:
    with database.transaction() as db:
        service.expire_lapsed(db, [booking.mentor_id, booking.mentee_id], now=now)


def take_over(booking: Booking, *, now: datetime = SUNDAY) -> None:
    with database.transaction() as db:
        service.take_over_draft(db, booking_id=booking.id, mentee_id=booking.mentee_id, now=now)


def held_next(people: People, *, now: datetime = SUNDAY + HOUR, hours: int = 1) -> Booking:
    """Another time with the same mentor, held after the first one lapsed."""
    return hold(people, at=TUESDAY_NINE + hours * HOUR, now=now, intake=None)


def test_a_file_is_kept_with_a_tidy_name_in_the_order_of_adding(everyone: People) -> None:
    booking = hold(everyone)

    add(booking, stored("../../Riya CV.pdf"))
    add(booking, stored("job\r\npost"), now=SUNDAY + timedelta(seconds=1))

    assert names_of(booking.id) == ["Riya CV.pdf", "job post.pdf"]


def test_links_and_files_are_three_together_whichever_came_first(everyone: People) -> None:
    booking = hold(everyone, intake=IntakeForm(links=("https://example.org/a", "https://example.org/b")))
    add(booking)

    with pytest.raises(TooManyAttached):
        add(booking)

    with database.transaction() as db:
        links = tuple(f"https://example.org/{letter}" for letter in "cde")
        service.write_intake(
            db, booking_id=booking.id, mentee_id=everyone.mentee, intake=IntakeForm(links=links), now=SUNDAY
        )
        view = queries.intake_of(db, booking_id=booking.id)
    assert (view.links, len(view.files), view.room) == (links[:2], 1, 0)


def test_of_eight_files_at_once_three_are_kept(everyone: People) -> None:
    booking = hold(everyone)
    gate, ended = threading.Barrier(8), Counter[str]()

    def send() -> None:
        gate.wait()
        try:
            add(booking)
            ended["kept"] += 1
        except TooManyAttached:
            ended["refused"] += 1

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ended == {"kept": 3, "refused": 5}
    assert len(files()) == 3


@pytest.mark.parametrize("verb", ["add", "look"])
def test_only_the_mentee_of_a_hold_that_runs_may_add_one(everyone: People, verb: str) -> None:
    booking = hold(everyone)

    def try_it(by: UUID, now: datetime) -> None:
        if verb == "add":
            add(booking, by=by, now=now)
        else:
            with database.transaction() as db:
                service.require_file_room(db, booking_id=booking.id, mentee_id=by, now=now)

    for somebody in (everyone.stranger, everyone.mentor):
        with pytest.raises(NotFound):
            try_it(somebody, SUNDAY)
    with pytest.raises(HoldOver):
        try_it(everyone.mentee, SUNDAY + timedelta(minutes=10))
    lapse(booking)
    with pytest.raises(HoldOver):
        try_it(everyone.mentee, SUNDAY)
    assert files() == []


def test_a_seat_of_a_group_session_takes_no_file_and_no_draft(everyone: People) -> None:
    left = hold(everyone)
    add(left)
    lapse(left)
    with database.transaction() as db:
        _, (seat,) = add_group(db, everyone, everyone.mentee)
        booking = db.get_one(Booking, seat)
        booking.status, booking.hold_expires_at = Status.HELD, SUNDAY + HOUR

    with pytest.raises(NotFound):
        add(booking)
    take_over(booking)

    with database.reading() as db:
        assert db.get(Intake, seat) is None


def test_a_file_is_removed_by_its_mentee_while_the_time_is_held_and_by_nobody_else(everyone: People) -> None:
    booking = hold(everyone)
    file = stored()
    add(booking, file)
    (row,) = files()

    def remove(by: UUID, now: datetime = SUNDAY) -> tuple[str, ...]:
        with database.transaction() as db:
            return service.remove_file(db, file_id=row.id, mentee_id=by, now=now)

    for somebody in (everyone.stranger, everyone.mentor):
        with pytest.raises(NotFound):
            remove(somebody)
    with pytest.raises(HoldOver):
        remove(everyone.mentee, SUNDAY + timedelta(minutes=10))
    assert names_of(booking.id) == ["CV.pdf"]

    assert remove(everyone.mentee) == (file.stored,)
    assert names_of(booking.id) == []
    with pytest.raises(NotFound):
        remove(everyone.mentee)


def test_a_series_shares_one_object_and_loses_it_as_one(everyone: People) -> None:
    series = hold_series(everyone)
    file = stored()

    add(series[1], file)

    assert [names_of(booking.id) for booking in series] == [["CV.pdf"]] * 3
    assert {row.stored for row in files()} == {file.stored}
    with database.transaction() as db:
        needless = service.remove_file(db, file_id=files()[0].id, mentee_id=everyone.mentee, now=SUNDAY)
    assert (needless, files()) == ((file.stored,), [])


def test_a_file_is_there_for_every_session_of_a_series_before_a_word_is_written(everyone: People) -> None:
    with database.transaction() as db:
        wishes = [service.Wish(everyone.cv_review, TUESDAY_NINE + days * DAY) for days in (0, 7)]
        series = service.hold_series(db, mentee_id=everyone.mentee, wishes=wishes, now=SUNDAY)

    add(series[0])

    assert [names_of(booking.id) for booking in series] == [["CV.pdf"]] * 2


def test_the_next_hold_takes_the_files_over_and_each_draft_may_go_alone(everyone: People) -> None:
    first, file = hold(everyone), stored()
    add(first, file)
    lapse(first)

    again = held_next(everyone)
    take_over(again, now=SUNDAY + HOUR)
    take_over(again, now=SUNDAY + HOUR)

    assert names_of(again.id) == ["CV.pdf"]
    with database.transaction() as db:
        assert queries.draft_of(db, booking_id=again.id, viewer_id=everyone.mentee).goal == INTAKE.goal
        mine = next(row.id for row in files() if row.booking_id == again.id)
        assert service.remove_file(db, file_id=mine, mentee_id=everyone.mentee, now=SUNDAY + HOUR) == ()
    take_over(again, now=SUNDAY + HOUR)
    assert (names_of(again.id), names_of(first.id)) == ([], ["CV.pdf"])


def test_a_draft_that_is_taken_over_keeps_its_files_in_order(everyone: People) -> None:
    first, names = hold(everyone), ["one.pdf", "two.pdf", "three.pdf"]
    for number, name in enumerate(names):
        add(first, stored(name), now=SUNDAY + number * timedelta(seconds=1))
    lapse(first)
    again = first
    for number in range(1, 5):
        again = held_next(everyone, now=SUNDAY + number * HOUR, hours=number % 2)
        take_over(again, now=SUNDAY + number * HOUR)
        assert names_of(again.id) == names


def test_a_series_takes_a_draft_over_for_all_of_its_sessions(everyone: People) -> None:
    first = hold(everyone)
    add(first)
    lapse(first)

    with database.transaction() as db:
        wishes = [service.Wish(everyone.cv_review, TUESDAY_NINE + days * DAY) for days in (1, 8)]
        series = service.hold_series(db, mentee_id=everyone.mentee, wishes=wishes, now=SUNDAY + HOUR)
    take_over(series[0], now=SUNDAY + HOUR)

    assert [names_of(booking.id) for booking in series] == [["CV.pdf"]] * 2


def test_nobody_takes_over_anothers_draft(everyone: People) -> None:
    first = hold(everyone)
    add(first)
    lapse(first)
    theirs = hold(everyone, mentee=everyone.stranger, now=SUNDAY + HOUR, intake=None)

    take_over(theirs, now=SUNDAY + HOUR)
    with pytest.raises(NotFound), database.transaction() as db:
        service.take_over_draft(db, booking_id=theirs.id, mentee_id=everyone.mentee, now=SUNDAY + HOUR)

    assert names_of(theirs.id) == []


def test_a_mentor_reads_a_file_once_it_was_sent_and_a_stranger_never(everyone: People) -> None:
    booking = hold(everyone)
    add(booking)
    (row,) = files()

    def read_by(person: UUID) -> bool:
        with database.reading() as db:
            found = queries.intake_file(db, file_id=row.id, viewer_id=person)
            page = (
                None
                if person == everyone.stranger
                else queries.booking_page(db, booking_id=booking.id, viewer_id=person, now=SUNDAY)
            )
        assert page is None or bool(page.intake.files) is (found is not None)
        return found is not None

    assert (read_by(everyone.mentee), read_by(everyone.mentor)) == (True, False)
    lapse(booking)
    assert (read_by(everyone.mentee), read_by(everyone.mentor)) == (True, False)
    with database.transaction() as db:
        kept = db.get_one(Booking, booking.id)
        kept.status = Status.CONFIRMED
    assert (read_by(everyone.mentee), read_by(everyone.mentor), read_by(everyone.stranger)) == (True, True, False)
    with database.reading() as db:
        assert queries.intake_file(db, file_id=uuid4(), viewer_id=everyone.mentee) is None


def test_what_lapsed_a_week_ago_goes_and_what_was_sent_stays(everyone: People) -> None:
    first, file = hold(everyone), stored()
    add(first, file)
    lapse(first)
    week = SUNDAY + rules.UNSENT_FILES_KEPT

    def forget(now: datetime) -> tuple[str, ...]:
        with database.transaction() as db:
            return service.forget_unsent_files(db, now=now)

    assert forget(week - timedelta(seconds=1)) == ()
    assert names_of(first.id) == ["CV.pdf"]
    with database.transaction() as db:
        asked = BookingRequest(
            booking_id=first.id, mentor_id=everyone.mentor, mentee_id=everyone.mentee,
            requested_at=SUNDAY, answer_by=week, lapses_at=week,
        )  # fmt: skip
        db.add(asked)
    assert forget(week) == ()
    with database.transaction() as db:
        db.delete(db.get_one(BookingRequest, first.id))
    assert forget(week) == (file.stored,)
    assert files() == []


def test_an_object_stays_while_a_later_draft_still_names_it(everyone: People) -> None:
    first = hold(everyone)
    add(first)
    lapse(first)
    again = held_next(everyone)
    take_over(again, now=SUNDAY + HOUR)

    with database.transaction() as db:
        assert service.forget_unsent_files(db, now=SUNDAY + rules.UNSENT_FILES_KEPT) == ()

    assert (names_of(first.id), names_of(again.id)) == ([], ["CV.pdf"])


def test_files_of_lapsed_holds_give_way_to_new_ones_the_oldest_first(everyone: People) -> None:
    now = SUNDAY
    for number in range(6):
        booking = hold(everyone, at=TUESDAY_NINE + number * timedelta(minutes=30), now=now, intake=None)
        add(booking, stored(f"{number}.pdf", size=10 * MEGABYTE), now=now)
        now += HOUR
        lapse(booking, now=now)

    assert sorted(file.name for file in files()) == ["1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf"]


def test_files_of_times_that_are_held_are_never_more_than_the_cap(everyone: People) -> None:
    booking = hold(everyone)
    for _ in range(2):
        add(booking, stored(size=rules.MOST_UNSENT // 2))

    with pytest.raises(TooMuchUnsent):
        add(booking, stored(size=1))

    assert len(files()) == 2


def test_what_was_sent_does_not_count_for_the_cap(everyone: People) -> None:
    with database.transaction() as db:
        talk = add_offering(db, everyone.mentor, kind=OfferingKind.CAREER_TALK, title="Talk", minutes=15, price_minor=0)
    sent = hold(everyone, offering=talk)
    add(sent, stored(size=rules.MOST_UNSENT))
    with database.transaction() as db:
        service.confirm_free(db, booking_id=sent.id, mentee_id=everyone.mentee, now=SUNDAY)

    add(hold(everyone, at=TUESDAY_NINE + HOUR), stored(size=rules.MOST_UNSENT))

    assert len(files()) == 2


def test_a_draft_of_nothing_but_a_file_is_a_draft(everyone: People) -> None:
    booking = hold(everyone, intake=None)
    add(booking)

    with database.reading() as db:
        view = queries.intake_of(db, booking_id=booking.id)
    assert (view.is_empty, view.check.missing) == (False, "Say what you are working towards.")


def test_while_one_tab_takes_a_draft_over_its_old_files_are_not_swept_away(everyone: People) -> None:
    """Whoever is second waits for the person's row: either order leaves no row without its object."""
    first, file = hold(everyone), stored()
    add(first, file)
    lapse(first)
    again = held_next(everyone)
    gate, needless = threading.Barrier(2), list[str]()

    def sweep() -> None:
        gate.wait()
        with database.transaction() as db:
            needless.extend(service.forget_unsent_files(db, now=SUNDAY + rules.UNSENT_FILES_KEPT))

    def open_page() -> None:
        gate.wait()
        take_over(again, now=SUNDAY + HOUR)

    threads = [threading.Thread(target=one) for one in (sweep, open_page)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (names_of(again.id) == ["CV.pdf"]) is (needless == [])
