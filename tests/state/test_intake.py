"""The intake as it is typed, by hand: kept field by field, back after a reload, and the gate before paying."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from reflex.constants import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.state.checkout import CheckoutState
from mentorhub.state.intake import IntakeState
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
