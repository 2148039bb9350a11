"""The list of sessions, by hand: one's own under the hat one wears, on both clocks, live."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from mentorhub import database
from mentorhub.domain.accounts.models import Hat, User
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Status
from mentorhub.state.sessions import SessionShown, SessionsState
from mentorhub.state.viewer import ViewerState
from tests.people import People, add_booking
from tests.state.backstage import SIGN_IN, Answer, Backstage, sign_in

NOW = datetime.now(UTC)
NEXT_YEAR = NOW.year + 1
SUMMER = datetime(NEXT_YEAR, 7, 7, 9, 0, tzinfo=UTC)


async def look(house: Backstage, person: UUID) -> Answer:
    cookie = sign_in(person)
    await house.send(f"{ViewerState.get_full_name()}.enter", cookie=cookie, path="/sessions", tab=str(person))
    return await house.send(f"{SessionsState.get_full_name()}.load", cookie=cookie, path="/sessions", tab=str(person))


def told(answer: Answer, name: str) -> Any:
    return answer.value(SessionsState.get_full_name(), name + "_rx_state_")


def book(three: People, starts_at: datetime, status: Status = Status.CONFIRMED) -> UUID:
    with database.transaction() as db:
        return add_booking(db, three, starts_at=starts_at, status=status)


async def test_a_session_is_shown_on_both_clocks_each_with_its_own_day_and_place(
    house: Backstage, three: People
) -> None:
    booking = book(three, SUMMER.replace(hour=20))

    (row,) = told(await look(house, three.mentee), "coming")

    assert isinstance(row, SessionShown)
    assert (row.day, row.time) == ("8", "01:30 to 02:00")
    assert row.their_time.endswith(" 7 Jul, 21:00 London (UTC+1)")
    assert row.href == f"/sessions/{booking}"
    assert row.who == "with Kabir Deshmukh"


async def test_coming_and_past_are_told_apart_and_lapsed_holds_are_in_neither(house: Backstage, three: People) -> None:
    book(three, SUMMER)
    book(three, NOW - timedelta(days=3), Status.MET)
    book(three, SUMMER + timedelta(hours=1), Status.EXPIRED)

    answer = await look(house, three.mentee)

    assert [row.status for row in told(answer, "coming")] == ["confirmed"]
    assert [row.status for row in told(answer, "past")] == ["met"]


async def test_the_hat_decides_which_side_is_listed_and_a_stranger_sees_nothing(
    house: Backstage, three: People
) -> None:
    book(three, SUMMER)
    with database.transaction() as db:
        db.get_one(User, three.mentor).hat = Hat.MENTOR

    assert [row.who for row in told(await look(house, three.mentor), "coming")] == ["with Riya Patil"]
    assert told(await look(house, three.stranger), "coming") in (None, [])
    with database.transaction() as db:
        db.get_one(User, three.mentor).hat = Hat.MENTEE
    assert told(await look(house, three.mentor), "coming") in (None, [])


async def test_the_door_is_open_from_15_minutes_before_the_start(house: Backstage, three: People) -> None:
    book(three, NOW + timedelta(minutes=14))
    book(three, NOW + timedelta(hours=2))

    rows = told(await look(house, three.mentee), "coming")

    assert [row.is_open for row in rows] == [True, False]


@pytest.mark.parametrize("handler", ["load", "refresh"])
async def test_without_a_sign_in_nothing_is_listed(house: Backstage, three: People, handler: str) -> None:
    book(three, SUMMER)

    answer = await house.send(f"{SessionsState.get_full_name()}.{handler}", path="/sessions")

    assert answer.leads_to.startswith(SIGN_IN)
    assert "CV review" not in answer.words


async def test_a_session_with_a_new_time_proposed_is_marked(house: Backstage, three: People) -> None:
    booking = book(three, SUMMER)
    book(three, SUMMER + timedelta(days=1))
    with database.transaction() as db:
        later = [SUMMER + timedelta(days=2)]
        service.propose_move(db, booking_id=booking, actor_id=three.mentor, starts=later, note="", now=NOW)

    rows = told(await look(house, three.mentee), "coming")

    assert [row.has_new_time for row in rows] == [True, False]
