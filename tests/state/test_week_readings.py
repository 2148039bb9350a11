"""A week is read once for all who look at it, and again after every change."""

import asyncio
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from mentorhub.state.week import WeekShown
from mentorhub.state.week_readings import WeekReadings, WeekSeen, key_of
from tests.people import SUNDAY

KEY = key_of(UUID(int=1), date(2026, 11, 23), ZoneInfo("Europe/London"))


class Shelf:
    """Counts how often the week was really read."""

    def __init__(self) -> None:
        self.times = 0
        self.go_on = asyncio.Event()

    async def read(self) -> WeekSeen:
        self.times += 1
        label = f"reading {self.times}"
        await self.go_on.wait()
        return WeekSeen(WeekShown(label=label), frozenset(), frozenset())


async def test_a_hundred_who_ask_at_the_same_time_share_one_reading() -> None:
    weeks, shelf = WeekReadings(), Shelf()
    asking = [asyncio.create_task(weeks.of(KEY, 1, shelf.read, now=SUNDAY)) for _ in range(100)]
    await asyncio.sleep(0)
    shelf.go_on.set()

    assert {found.week.label for found in await asyncio.gather(*asking)} == {"reading 1"}
    assert (await weeks.of(KEY, 1, shelf.read, now=SUNDAY)).week.label == "reading 1"


async def test_after_a_change_it_is_read_again() -> None:
    weeks, shelf = WeekReadings(), Shelf()
    shelf.go_on.set()
    await weeks.of(KEY, 1, shelf.read, now=SUNDAY)

    assert (await weeks.of(KEY, 2, shelf.read, now=SUNDAY)).week.label == "reading 2"


@pytest.mark.parametrize("moved", [timedelta(seconds=1), timedelta(days=7), timedelta(days=-1)])
async def test_when_the_clock_has_moved_it_is_read_again(moved: timedelta) -> None:
    weeks, shelf = WeekReadings(), Shelf()
    shelf.go_on.set()
    await weeks.of(KEY, 1, shelf.read, now=SUNDAY)

    assert (await weeks.of(KEY, 1, shelf.read, now=SUNDAY + moved)).week.label == "reading 2"


async def test_one_who_leaves_while_waiting_takes_nothing_from_the_others() -> None:
    weeks, shelf = WeekReadings(), Shelf()
    leaving, staying = (asyncio.create_task(weeks.of(KEY, 1, shelf.read, now=SUNDAY)) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.sleep(0)
    shelf.go_on.set()

    assert (await staying).week.label == "reading 1"


async def test_a_reading_that_failed_is_not_kept() -> None:
    weeks, shelf = WeekReadings(), Shelf()
    shelf.go_on.set()

    async def fail() -> WeekSeen:
        raise OSError("the database sleeps")

    with pytest.raises(OSError, match="sleeps"):
        await weeks.of(KEY, 1, fail, now=SUNDAY)
    assert (await weeks.of(KEY, 1, shelf.read, now=SUNDAY)).week.label == "reading 1"
