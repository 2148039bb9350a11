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
