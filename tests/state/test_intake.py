"""The intake as it is typed, by hand: kept field by field, back after a reload, and the gate before paying."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from reflex.constants import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.adapters import outside
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.files import FileKind
from mentorhub.state.checkout import CheckoutState
from mentorhub.state.intake import IntakeState
from tests import files
from tests.people import People, add_booking
from tests.state.backstage import Answer, Backstage, sign_in

WHOLE = {
    "goal": "A first product job by July",
    "situation": "I have built bridges for four years and want to move to product.",
    "question-1": "Which of my projects should lead my CV, and which should go?",
}


@pytest.fixture
def held(three: People) -> UUID:
    """A free time held for the mentee right now."""
    now = datetime.now(UTC)
    with database.transaction() as db:
        starts_at = (now + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
        booking = db.get_one(Booking, add_booking(db, three, starts_at=starts_at, status=Status.HELD))
        booking.hold_expires_at = now + timedelta(minutes=10)
        booking.price_minor = booking.fee_minor = booking.card_minor = 0
        return booking.id


class Tab:
    """One person's tab at the held time."""

    def __init__(self, house: Backstage, person: UUID, booking_id: UUID, name: str = "tab") -> None:
        State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
        self._house, self._cookie, self._name = house, sign_in(person), name
        self._path, self._booking = f"/checkout/{booking_id}", str(booking_id)

    async def do(self, state: Any, handler: str, **payload: Any) -> Answer:
        name = f"{state.get_full_name()}.{handler}"
        query = {"booking_id": self._booking}
        return await self._house.send(name, payload, cookie=self._cookie, path=self._path, query=query, tab=self._name)


def told(answer: Answer, name: str) -> Any:
    return answer.value(IntakeState.get_full_name(), name + "_rx_state_")


async def test_each_field_is_kept_as_it_is_typed_and_is_back_in_another_tab(
    house: Backstage, three: People, held: UUID
) -> None:
    riya = Tab(house, three.mentee, held)
    await riya.do(IntakeState, "load")
    vague = await riya.do(IntakeState, "write", name="question-1", text="Can you be my mentor?")
    assert told(vague, "hint").startswith("Say what you tried")
    for name, text in WHOLE.items():
        answer = await riya.do(IntakeState, "write", name=name, text=text)
    assert told(answer, "is_whole") is True

    again = await Tab(house, three.mentee, held, "another").do(IntakeState, "load")

    assert told(again, "situation") == WHOLE["situation"]
    assert told(again, "is_whole") is True


async def test_a_link_that_is_not_safe_is_said_beside_its_field_and_not_kept(
    house: Backstage, three: People, held: UUID
) -> None:
    riya = Tab(house, three.mentee, held)
    await riya.do(IntakeState, "load")
    answer = await riya.do(IntakeState, "write", name="links", text="http://example.org")
    assert told(answer, "link_error") == "A link begins with https:// and goes to a public address."
    with database.reading() as db:
        assert queries.intake_of(db, booking_id=held).links == ()


async def test_a_fourth_link_is_refused_beside_its_field_and_three_are_not(
    house: Backstage, three: People, held: UUID
) -> None:
    riya = Tab(house, three.mentee, held)
    await riya.do(IntakeState, "load")
    links = [f"https://example.org/{number}" for number in range(1, 5)]

    fourth = await riya.do(IntakeState, "write", name="links", text="\n".join(links))
    assert told(fourth, "link_error") == "Please give at most 3 links and files in all."
    third = await riya.do(IntakeState, "write", name="links", text="\n".join(links[:3]))
    assert told(third, "link_error") == ""


def added(held: UUID, mentee: UUID, name: str = "CV.pdf") -> None:
    """What the post of a file leaves."""
    stored = f"intake/{uuid4().hex}"
    outside().files.put(stored, files.PDF)
    file = service.StoredFile(name, FileKind.PDF, len(files.PDF), stored)
    with database.transaction() as db:
        service.add_file(db, booking_id=held, mentee_id=mentee, file=file, now=utc_now())


def shown(answer: Answer) -> list[str]:
    return [file.name for file in told(answer, "files")]


async def test_a_file_that_was_added_is_shown_and_in_another_tab_at_its_next_look(
    house: Backstage, three: People, held: UUID
) -> None:
    riya, another = Tab(house, three.mentee, held), Tab(house, three.mentee, held, "another")
    for tab in (riya, another):
        assert told(await tab.do(IntakeState, "load"), "files_address") == f"/intake/{held}/files"

    added(held, three.mentee)
    answer = await riya.do(IntakeState, "files_changed")
    (file,) = told(answer, "files")

    assert (file.name, file.words, told(answer, "room")) == ("CV.pdf", "PDF, 77 bytes", 2)
    assert shown(await another.do(IntakeState, "load")) == ["CV.pdf"]


async def test_removing_a_file_takes_its_content_out_of_the_store(house: Backstage, three: People, held: UUID) -> None:
    added(held, three.mentee)
    riya = Tab(house, three.mentee, held)
    (file,) = told(await riya.do(IntakeState, "load"), "files")

    stranger = Tab(house, three.stranger, held, "stranger")
    for nothing in (file.file_id, str(uuid4()), "nonsense"):
        answer = await stranger.do(IntakeState, "remove_file", file_id=nothing)
        assert answer.says("We could not find that.")
    assert len(objects()) == 1

    assert shown(await riya.do(IntakeState, "remove_file", file_id=file.file_id)) == []
    assert objects() == []


async def test_links_beside_files_are_three_in_all_and_room_comes_back_with_a_file(
    house: Backstage, three: People, held: UUID
) -> None:
    for number in range(2):
        added(held, three.mentee, f"{number}.pdf")
    riya = Tab(house, three.mentee, held)
    (file, _) = told(await riya.do(IntakeState, "load"), "files")

    two = await riya.do(IntakeState, "write", name="links", text="https://example.org/1\nhttps://example.org/2")
    assert (told(two, "link_error"), told(two, "room")) == ("Please give at most 3 links and files in all.", 0)
    freed = await riya.do(IntakeState, "remove_file", file_id=file.file_id)

    assert told(freed, "link_error") == ""
    with database.reading() as db:
        kept = queries.intake_of(db, booking_id=held)
    assert (len(kept.links), len(kept.files)) == (2, 1)


async def test_the_files_of_a_lapsed_hold_are_there_when_the_next_one_opens(
    house: Backstage, three: People, held: UUID
) -> None:
    added(held, three.mentee)
    with database.transaction() as db:
        service.give_back(db, booking_id=held, mentee_id=three.mentee, now=utc_now())
        again = db.get_one(Booking, add_booking(db, three, starts_at=utc_now() + timedelta(days=4), status=Status.HELD))
        again.hold_expires_at = utc_now() + timedelta(minutes=10)

    answer = await Tab(house, three.mentee, again.id).do(IntakeState, "load")

    (file,) = told(answer, "files")
    with database.reading() as db:
        (row,) = queries.intake_of(db, booking_id=again.id).files
    assert (file.name, file.file_id) == ("CV.pdf", str(row.file_id))


def objects() -> list[str]:
    return list(outside().files.older_than(-timedelta(hours=1), folder="intake"))


async def test_nobody_else_writes_or_reads_the_draft(house: Backstage, three: People, held: UUID) -> None:
    riya = Tab(house, three.mentee, held)
    await riya.do(IntakeState, "write", name="goal", text=WHOLE["goal"])
    for person in (three.stranger, three.mentor):
        other = Tab(house, person, held, str(person))
        read = await other.do(IntakeState, "load")
        assert WHOLE["goal"] not in read.words
        written = await other.do(IntakeState, "write", name="goal", text="Mine now")
        assert written.says("We could not find that.")
    with database.reading() as db:
        assert queries.intake_of(db, booking_id=held).goal == WHOLE["goal"]


async def test_the_session_is_confirmed_only_once_the_intake_is_whole(
    house: Backstage, three: People, held: UUID
) -> None:
    riya = Tab(house, three.mentee, held)
    await riya.do(CheckoutState, "load")
    early = await riya.do(CheckoutState, "pay")
    assert early.value(CheckoutState.get_full_name(), "refused_rx_state_") == "Say what you are working towards."

    for name, text in WHOLE.items():
        await riya.do(IntakeState, "write", name=name, text=text)
    late = await riya.do(CheckoutState, "pay")

    assert late.leads_to == f"/sessions/{held}?just=booked"
    with database.reading() as db:
        assert db.get_one(Booking, held).status is Status.CONFIRMED
