"""Times of day in words, on a clock of 24 hours and on one of 12."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mentorhub.domain.common import habits, moments
from mentorhub.domain.common.habits import Habits

KOLKATA = ZoneInfo("Asia/Kolkata")
TWELVE = Habits(clock_hours=12)
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_a_clock_has_24_hours_unless_the_reader_has_another() -> None:
    assert moments.when(AT, KOLKATA) == "Tue 24 Nov, 14:30"
    with habits.of(TWELVE):
        assert moments.when(AT, KOLKATA) == "Tue 24 Nov, 2:30 pm"
    assert moments.when(AT, KOLKATA) == "Tue 24 Nov, 14:30"


def test_both_ends_of_a_span_say_whether_it_is_before_noon() -> None:
    with habits.of(TWELVE):
        assert moments.span(AT, AT.replace(minute=30), KOLKATA) == "Tue 24 Nov, 2:30 pm to 3:00 pm"


@pytest.mark.parametrize("hour", range(24))
def test_every_hour_is_told_on_both_clocks(hour: int) -> None:
    at = AT.replace(hour=hour, minute=5)
    assert moments.clock(at, ZoneInfo("UTC")) == f"{at:%H:%M}"
    with habits.of(TWELVE):
        assert moments.clock(at, ZoneInfo("UTC")) == f"{at:%I:%M %p}".lower().removeprefix("0")


@pytest.mark.parametrize(
    ("minute", "on_24", "on_12"),
    [
        (0, "00:00", "12:00 am"),
        (30, "00:30", "12:30 am"),
        (719, "11:59", "11:59 am"),
        (720, "12:00", "12:00 pm"),
        (750, "12:30", "12:30 pm"),
        (780, "13:00", "1:00 pm"),
        (1439, "23:59", "11:59 pm"),
        (1440, "24:00", "12:00 am"),
    ],
)
def test_midnight_and_noon_are_twelve_on_a_clock_of_12_hours(minute: int, on_24: str, on_12: str) -> None:
    assert moments.time_of_day(minute) == on_24
    with habits.of(TWELVE):
        assert moments.time_of_day(minute) == on_12
