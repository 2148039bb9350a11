"""A week of times as the grid lays it out."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentorhub.domain.bookings.queries import TimesView
from mentorhub.domain.common import habits
from mentorhub.domain.common.habits import Habits
from mentorhub.state.week import week_bounds, week_of, week_shown

NOW = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)
"""23:30 of Sunday 29 November in Los Angeles."""
LAST_DAY_ENDS = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
AUCKLAND, LOS_ANGELES = ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles")
KOLKATA = ZoneInfo("Asia/Kolkata")
SPRING = (datetime(2027, 3, 27, 9, 0, tzinfo=UTC), datetime(2027, 3, 28, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("first_day", "zone", "is_last"),
    [
        (date(2026, 11, 30), AUCKLAND, False),
        (date(2026, 12, 7), AUCKLAND, True),
        (date(2026, 11, 23), LOS_ANGELES, False),
        (date(2026, 11, 30), LOS_ANGELES, True),
    ],
)
def test_the_last_week_is_the_one_in_which_the_last_day_one_can_book_ends(
    first_day: date, zone: ZoneInfo, is_last: bool
) -> None:
    times = TimesView((), (), "America/Los_Angeles", LAST_DAY_ENDS)

    assert week_shown(times, first_day, zone, now=NOW).is_last is is_last


def test_a_time_names_the_mentors_clock_with_its_offset_of_that_day() -> None:
    times = TimesView(free=SPRING, booked=(), mentor_zone="Europe/London", last_day_ends=SPRING[-1])

    week = week_shown(times, date(2027, 3, 22), KOLKATA, now=datetime(2027, 3, 20, tzinfo=UTC))

    saturday, sunday = (slot for day in week.days for slot in day.slots)
    assert (saturday.time, saturday.their_time) == ("14:30", "09:00 London (UTC+0)")
    assert (sunday.time, sunday.their_time) == ("13:30", "09:00 London (UTC+1)")
    assert sunday.spoken == "Sun 28 Mar, 13:30, 09:00 in London (UTC+1)"


@pytest.mark.parametrize(
    ("week_begins", "first_day"), [(0, date(2026, 11, 23)), (5, date(2026, 11, 28)), (6, date(2026, 11, 29))]
)
def test_a_week_begins_on_the_readers_first_day_and_holds_seven(week_begins: int, first_day: date) -> None:
    with habits.of(Habits(week_begins=week_begins)):
        assert week_of(NOW, LOS_ANGELES) == first_day
    week = week_shown(None, first_day, LOS_ANGELES, now=NOW)
    assert [day.key for day in week.days] == [(first_day + timedelta(days=number)).isoformat() for number in range(7)]
    assert week.days[0].weekday == f"{first_day:%a}"


def test_the_week_one_is_in_is_the_first_one_whatever_day_it_begins_with() -> None:
    assert week_shown(None, date(2026, 11, 29), LOS_ANGELES, now=NOW).is_first
    assert not week_shown(None, date(2026, 12, 6), LOS_ANGELES, now=NOW).is_first
    assert not week_shown(None, date(2026, 11, 30), LOS_ANGELES, now=NOW).is_first


def test_a_week_over_the_end_of_summer_time_is_an_hour_longer() -> None:
    begin, end = week_bounds(date(2026, 10, 25), ZoneInfo("Europe/London"))

    assert (end.astimezone(UTC) - begin.astimezone(UTC)).total_seconds() == (7 * 24 + 1) * 3600
