"""The way into the room, by hand: its two people while the doors are open, nobody else and never early."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from reflex.constants import RouteArgType
from reflex.state import State

from mentorhub import database, settings
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.state.room import RoomState
from mentorhub.state.viewer import ViewerState
from mentorhub.video import join_token
from tests.people import People, add_booking, add_group
from tests.state.backstage import SIGN_IN, Answer, Backstage, sign_in

NOW = datetime.now(UTC)
NO_ROOM, CLOSED = "There is no such room.", "This room is closed."


async def enter(house: Backstage, person: UUID | None, room: object) -> Answer:
    State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
    place: dict[str, Any] = {"path": f"/room/{room}", "query": {"booking_id": str(room)}, "tab": str(uuid4())}
    cookie = sign_in(person) if person is not None else ""
    await house.send(f"{ViewerState.get_full_name()}.enter", cookie=cookie, **place)
    return await house.send(f"{RoomState.get_full_name()}.load", cookie=cookie, **place)


def told(answer: Answer, name: str) -> Any:
    return answer.value(RoomState.get_full_name(), name + "_rx_state_")


def a_session(three: People, *, starts_in: timedelta, status: Status = Status.CONFIRMED) -> UUID:
    with database.transaction() as db:
        return add_booking(db, three, starts_at=NOW + starts_in, status=status)


@pytest.mark.parametrize("side", ["mentor", "mentee"])
async def test_each_of_the_two_gets_a_join_token_in_their_own_name(house: Backstage, three: People, side: str) -> None:
    room = a_session(three, starts_in=timedelta(minutes=10))
    person = getattr(three, side)

    answer = await enter(house, person, room)

    secret, now = settings.current().secret, datetime.now(UTC)
    token = join_token.verify(told(answer, "token"), booking_id=str(room), now=now, secret=secret)
    assert (token.user_id, token.role) == (str(person), side)
    assert told(answer, "join_url") == f"/rtc/{room}"


@pytest.mark.parametrize("side", ["mentor", "mentee"])
async def test_a_group_meets_in_one_room_of_its_own(house: Backstage, three: People, side: str) -> None:
    with database.transaction() as db:
        group, seats = add_group(db, three, three.mentee, three.stranger, starts_at=NOW + timedelta(minutes=10))
    person, asked = (three.mentor, group) if side == "mentor" else (three.mentee, seats[0])

    answer = await enter(house, person, asked)

    secret, now = settings.current().secret, datetime.now(UTC)
    token = join_token.verify(told(answer, "token"), booking_id=str(group), now=now, secret=secret)
    assert (token.user_id, token.role, token.places) == (str(person), side, 7)
    assert (told(answer, "join_url"), told(answer, "expected")) == (f"/rtc/{group}", 3)
    way_back = f"/mentoring/groups/{group}" if side == "mentor" else f"/sessions/{seats[0]}"
    assert told(answer, "booking_path") == way_back


async def test_one_who_is_early_is_told_when_the_doors_open_and_gets_no_token(house: Backstage, three: People) -> None:
    room = a_session(three, starts_in=timedelta(hours=3))

    answer = await enter(house, three.mentee, room)

    assert told(answer, "early") is True
    assert told(answer, "opens_words")
    assert not told(answer, "token")


async def test_a_stranger_hears_the_same_as_one_who_invents_a_room(house: Backstage, three: People) -> None:
    room = a_session(three, starts_in=timedelta(minutes=5))

    heard = [
        await enter(house, three.stranger, room),
        await enter(house, three.mentee, uuid4()),
        await enter(house, three.mentee, "no-room"),
    ]

    assert [told(answer, "closed_words") for answer in heard] == [NO_ROOM] * 3
    assert not any(told(answer, "token") or told(answer, "title") for answer in heard)


async def test_the_room_of_a_cancelled_session_is_closed_to_its_two_people(house: Backstage, three: People) -> None:
    room = a_session(three, starts_in=timedelta(minutes=5), status=Status.CANCELLED)

    answer = await enter(house, three.mentor, room)

    assert told(answer, "closed_words") == CLOSED
    assert not told(answer, "token")


async def test_the_room_is_closed_15_minutes_after_the_end(house: Backstage, three: People) -> None:
    room = a_session(three, starts_in=-timedelta(minutes=46))

    answer = await enter(house, three.mentee, room)

    assert told(answer, "closed_words")
    assert not told(answer, "token")


async def test_without_a_sign_in_the_door_asks_for_one(house: Backstage, three: People) -> None:
    room = a_session(three, starts_in=timedelta(minutes=5))

    answer = await enter(house, None, room)

    assert answer.leads_to.startswith(SIGN_IN)
    assert not told(answer, "token")


async def test_a_session_called_off_meanwhile_takes_the_token_back_on_the_next_load(
    house: Backstage, three: People
) -> None:
    room = a_session(three, starts_in=timedelta(minutes=5))
    place: dict[str, Any] = {"path": f"/room/{room}", "query": {"booking_id": str(room)}}
    State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
    cookie = sign_in(three.mentee)
    await house.send(f"{ViewerState.get_full_name()}.enter", cookie=cookie, **place)
    first = await house.send(f"{RoomState.get_full_name()}.load", cookie=cookie, **place)
    assert told(first, "token")
    with database.transaction() as db:
        db.get_one(Booking, room).status = Status.CANCELLED

    second = await house.send(f"{RoomState.get_full_name()}.load", cookie=cookie, **place)

    assert told(second, "token") == ""
    assert told(second, "closed_words")
