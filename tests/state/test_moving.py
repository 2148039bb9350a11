"""Changing the time on a booking's page: pick, propose, and the other side's answer, each on their own clock."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from reflex.constants import RouteArgType
from reflex.state import State
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, MoveProposal
from mentorhub.domain.common import clock
from mentorhub.domain.scheduling.models import DateOverride, SchedulePreferences
from mentorhub.state.moving import MovingState
from mentorhub.state.viewer import ViewerState
from mentorhub.state.week import instant_of, start_of
from tests.people import People, add_booking
from tests.state.backstage import SIGN_IN, Answer, Backstage, sign_in

STATE = MovingState.get_full_name()


def _weekday_nine() -> datetime:
    """09:00 UTC on the second Monday ahead: a working day of Kabir's in every season within half an hour's reach."""
    ahead = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0)
    return ahead + timedelta(days=14 - ahead.weekday())


@pytest.fixture
def booking(three: People) -> UUID:
    with database.transaction() as db:
        return add_booking(db, three, starts_at=_weekday_nine())


class Tab:
    """One person's open page of the booking."""

    def __init__(self, house: Backstage, person: UUID, booking: UUID) -> None:
        State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
        self._house, self._person, self._cookie = house, person, sign_in(person)
        self._path = f"/sessions/{booking}"
        self._booking = booking

    async def send(self, name: str, **payload: Any) -> Answer:
        return await self._house.send(
            f"{STATE}.{name}",
            payload,
            cookie=self._cookie,
            path=self._path,
            query={"booking_id": str(self._booking)},
            tab=str(self._person),
        )

    async def load(self) -> Answer:
        await self._house.send(
            f"{ViewerState.get_full_name()}.enter",
            cookie=self._cookie,
            path=self._path,
            query={"booking_id": str(self._booking)},
            tab=str(self._person),
        )
        return await self.send("load")


def told(answer: Answer, name: str) -> Any:
    return answer.value(STATE, name + "_rx_state_")


def free_in(answer: Answer) -> list[str]:
    return [slot.start for day in told(answer, "week").days for slot in day.slots if slot.is_free]


async def test_a_mentee_picks_proposes_and_the_mentor_takes_one(house: Backstage, three: People, booking: UUID) -> None:
    riya, kabir = Tab(house, three.mentee, booking), Tab(house, three.mentor, booking)
    loaded = await riya.load()
    assert told(loaded, "left") == "You have 2 of 2 moves left, Kabir has 2."
    opened = await riya.send("open")
    start = free_in(opened)[-1]
    picked = await riya.send("choose", start=start)
    (chosen,) = told(picked, "picked")
    assert re.search(r" in London \(UTC\+[01]\)$", chosen.theirs)
    assert "in Kolkata" in chosen.mine
    await riya.send("propose")

    seen = await kabir.load()
    assert (told(seen, "has_proposal"), told(seen, "by_me")) == (True, False)
    assert [(one.start, one.is_free) for one in told(seen, "options")] == [(start, True)]
    await kabir.send("accept", start=start)

    with database.reading() as db:
        assert db.get_one(Booking, booking).starts_at == instant_of(start)
    assert told(await kabir.send("refresh"), "last") in (None, "The time was changed as proposed.")


async def test_a_mentor_proposes_a_time_outside_their_hours_with_a_few_words(
    house: Backstage, three: People, booking: UUID
) -> None:
    riya, kabir = Tab(house, three.mentee, booking), Tab(house, three.mentor, booking)
    await kabir.load()
    await kabir.send("open")
    day = f"{_weekday_nine() + timedelta(days=5):%Y-%m-%d}"
    for typed, words in (
        ("20:03", "Times come in steps of 5 minutes."),
        ("soon", "Please enter a time such as 09:30."),
    ):
        refused = await kabir.send("choose_own", form={"day": day, "time": typed})
        assert told(refused, "refused") == words
    picked = await kabir.send("choose_own", form={"day": day, "time": "20:05"})
    assert told(picked, "picked")[0].mine.endswith("20:05 to 20:35 in London")
    await kabir.send("write_note", text="I am at a  conference that week.")
    await kabir.send("propose")

    seen = await riya.load()
    assert told(seen, "their_note") == "I am at a conference that week."
    start = told(seen, "options")[0].start
    await riya.send("accept", start=start)
    with database.reading() as db:
        assert db.get_one(Booking, booking).starts_at == instant_of(start)


async def test_a_mentee_names_no_time_outside_the_mentors_hours(house: Backstage, three: People, booking: UUID) -> None:
    riya = Tab(house, three.mentee, booking)
    await riya.load()
    await riya.send("open")
    answer = await riya.send("choose_own", form={"day": "2030-01-05", "time": "20:05"})

    assert not told(answer, "picked")


@pytest.mark.parametrize(("minutes", "stands"), [(14, True), (16, False)])
async def test_a_time_shown_within_the_last_quarter_of_an_hour_is_proposed_though_the_grid_has_moved_since(
    house: Backstage, three: People, booking: UUID, tmp_path: Path, minutes: int, stands: bool
) -> None:
    riya = Tab(house, three.mentee, booking)
    await riya.load()
    half_past = free_in(await riya.send("open"))[-1]
    await riya.send("choose", start=half_past)
    with database.transaction() as db:
        db.get_one(SchedulePreferences, three.mentor).slot_step_minutes = 60
    clock.use_offset_file(tmp_path / "clock-offset")
    try:
        clock.move(timedelta(minutes=minutes))
        await riya.send("propose")
    finally:
        clock.use_offset_file(None)

    assert instant_of(half_past).minute == 30
    with database.reading() as db:
        assert bool(db.exec(select(MoveProposal)).all()) is stands


async def test_the_day_looked_at_is_kept_while_it_has_times_and_is_else_the_first_that_has(
    house: Backstage, three: People, booking: UUID
) -> None:
    riya = Tab(house, three.mentee, booking)
    await riya.load()
    opened = await riya.send("open")
    first, *_, last = sorted({start[:10] for start in free_in(opened)})
    assert told(opened, "chosen_day") == first

    await riya.send("look_at_day", day=last)
    assert told(await riya.send("open"), "chosen_day") in (None, last)

    with database.transaction() as db:
        db.add(DateOverride(mentor_id=three.mentor, day=date.fromisoformat(last)))
    assert told(await riya.send("open"), "chosen_day") == first


async def test_three_times_are_the_most_and_a_pick_is_put_back(house: Backstage, three: People, booking: UUID) -> None:
    riya = Tab(house, three.mentee, booking)
    await riya.load()
    four = free_in(await riya.send("open"))[-4:]
    for start in four[:3]:
        await riya.send("choose", start=start)

    assert "Three times" in told(await riya.send("choose", start=four[3]), "refused")
    dropped = await riya.send("choose", start=four[0])
    assert told(dropped, "picks") == four[1:3]


async def test_keeping_the_present_time_closes_the_proposal_for_both(
    house: Backstage, three: People, booking: UUID
) -> None:
    with database.transaction() as db:
        service.propose_move(
            db,
            booking_id=booking,
            actor_id=three.mentor,
            starts=[_weekday_nine() + timedelta(hours=9)],
            note="",
            now=datetime.now(UTC),
        )
    riya, kabir = Tab(house, three.mentee, booking), Tab(house, three.mentor, booking)
    await riya.load()
    kept = await riya.send("decline")

    assert told(kept, "last") == "You kept the present time."
    assert told(await kabir.load(), "last") == "Riya keeps the present time."
    with database.reading() as db:
        assert db.get_one(Booking, booking).starts_at == _weekday_nine()


async def test_a_time_nobody_offered_is_neither_picked_nor_taken(
    house: Backstage, three: People, booking: UUID
) -> None:
    riya = Tab(house, three.mentee, booking)
    await riya.load()
    await riya.send("open")
    never = start_of(_weekday_nine() + timedelta(hours=11))

    await riya.send("choose", start=never)
    await riya.send("accept", start=never)

    with database.reading() as db:
        assert db.get_one(Booking, booking).version == 0
    assert told(await riya.send("refresh"), "picks") in (None, [])


async def test_the_refund_words_say_what_a_move_does_with_dates(house: Backstage, three: People, booking: UUID) -> None:
    early = told(await Tab(house, three.mentee, booking).load(), "effect")
    with database.transaction() as db:
        soon = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=12)
        late_booking = add_booking(db, three, starts_at=soon)
    late = told(await Tab(house, three.mentor, late_booking).load(), "effect")

    assert early.startswith("Agreed until ")
    assert early.endswith("the refund deadlines move with the session.")
    assert late.startswith("Free cancellation ended ")


async def test_a_stranger_sees_no_proposal_and_can_do_nothing(house: Backstage, three: People, booking: UUID) -> None:
    sam = Tab(house, three.stranger, booking)
    loaded = await sam.load()

    assert told(loaded, "left") in (None, "")
    for name in ("open", "propose", "decline", "withdraw"):
        await sam.send(name)
    with database.reading() as db:
        assert db.get_one(Booking, booking).version == 0


async def test_without_a_sign_in_nothing_is_shown(house: Backstage, three: People, booking: UUID) -> None:
    answer = await house.send(f"{STATE}.load", path=f"/sessions/{booking}", query={"booking_id": str(booking)})

    assert answer.leads_to.startswith(SIGN_IN)


async def test_an_address_that_asks_for_another_time_opens_the_choice(
    house: Backstage, three: People, booking: UUID
) -> None:
    kabir = Tab(house, three.mentor, booking)
    await kabir.load()
    query = {"booking_id": str(booking), "do": "move"}

    answer = await house.send(
        f"{STATE}.load", cookie=kabir._cookie, path=kabir._path, query=query, tab=str(three.mentor)
    )

    assert told(answer, "dialog_open") is True
