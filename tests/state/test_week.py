"""A week of times as the grid lays it out."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from mentorhub.domain.bookings.queries import TimesView
from mentorhub.state.week import week_shown

NOW = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)
"""23:30 of Sunday 29 November in Los Angeles."""
LAST_DAY_ENDS = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
AUCKLAND, LOS_ANGELES = ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles")
KOLKATA = ZoneInfo("Asia/Kolkata")
SPRING = (datetime(2027, 3, 27, 9, 0, tzinfo=UTC), datetime(2027, 3, 28, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("monday", "zone", "is_last"),
    [
        (date(2026, 11, 30), AUCKLAND, False),
        (date(2026, 12, 7), AUCKLAND, True),
        (date(2026, 11, 23), LOS_ANGELES, False),
        (date(2026, 11, 30), LOS_ANGELES, True),
    ],
)
def test_the_last_week_is_the_one_in_which_the_last_day_one_can_book_ends(
    monday: date, zone: ZoneInfo, is_last: bool
) -> None:
    times = TimesView((), (), "America/Los_Angeles", LAST_DAY_ENDS)

    assert week_shown(times, monday, zone, now=NOW).is_last is is_last


def test_a_time_names_the_mentors_clock_with_its_offset_of_that_day() -> None:
    times = TimesView(free=SPRING, booked=(), mentor_zone="Europe/London", last_day_ends=SPRING[-1])

    week = week_shown(times, date(2027, 3, 22), KOLKATA, now=datetime(2027, 3, 20, tzinfo=UTC))

    saturday, sunday = (slot for day in week.days for slot in day.slots)
    assert (saturday.time, saturday.their_time) == ("14:30", "09:00 London (UTC+0)")
    assert (sunday.time, sunday.their_time) == ("13:30", "09:00 London (UTC+1)")
    assert sunday.spoken == "Sun 28 Mar, 13:30, 09:00 in London (UTC+1)"
