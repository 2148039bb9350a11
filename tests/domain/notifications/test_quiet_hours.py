"""Quiet hours on a person's own clock, also on the nights when clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorhub.domain.notifications.rules import Quiet, quiet_until

PUNE, LONDON, BERLIN, APIA = (
    ZoneInfo(name) for name in ("Asia/Kolkata", "Europe/London", "Europe/Berlin", "Pacific/Apia")
)
NIGHT = Quiet(22 * 60, 7 * 60)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (utc(2026, 11, 24, 16, 29, 59), None),
        (utc(2026, 11, 24, 16, 30), utc(2026, 11, 25, 1, 30)),
        (utc(2026, 11, 24, 18, 30), utc(2026, 11, 25, 1, 30)),
        (utc(2026, 11, 25, 1, 29, 59), utc(2026, 11, 25, 1, 30)),
        (utc(2026, 11, 25, 1, 30), None),
    ],
)
def test_they_run_across_midnight_from_their_first_minute_to_before_their_last(
    now: datetime, end: datetime | None
) -> None:
    assert quiet_until(NIGHT, PUNE, now) == end


def test_they_may_lie_within_one_day() -> None:
    noon = Quiet(12 * 60, 14 * 60)

    assert quiet_until(noon, LONDON, utc(2026, 11, 24, 12, 30)) == utc(2026, 11, 24, 14)
    assert quiet_until(noon, LONDON, utc(2026, 11, 24, 14)) is None
    assert quiet_until(noon, LONDON, utc(2026, 11, 24, 11, 59)) is None


def test_equal_ends_are_no_quiet_hours() -> None:
    assert quiet_until(Quiet(480, 480), LONDON, utc(2026, 11, 24, 8)) is None
    assert quiet_until(None, LONDON, utc(2026, 11, 24, 8)) is None


def test_an_end_in_the_hour_that_is_skipped_is_the_moment_the_clock_jumps() -> None:
    until_half_past_two = Quiet(22 * 60, 2 * 60 + 30)

    assert quiet_until(until_half_past_two, BERLIN, utc(2026, 3, 29, 0, 30)) == utc(2026, 3, 29, 1)


def test_an_hour_that_comes_twice_is_quiet_both_times() -> None:
    until_half_past_two = Quiet(22 * 60, 2 * 60 + 30)

    assert quiet_until(until_half_past_two, BERLIN, utc(2026, 10, 25, 0, 10)) == utc(2026, 10, 25, 0, 30)
    assert quiet_until(until_half_past_two, BERLIN, utc(2026, 10, 25, 0, 30)) is None
    assert quiet_until(until_half_past_two, BERLIN, utc(2026, 10, 25, 1, 10)) == utc(2026, 10, 25, 1, 30)


def test_a_night_with_a_clock_change_ends_at_the_same_time_on_the_wall() -> None:
    assert quiet_until(NIGHT, LONDON, utc(2026, 3, 28, 23)) == utc(2026, 3, 29, 6)
    assert quiet_until(NIGHT, LONDON, utc(2026, 10, 24, 22)) == utc(2026, 10, 25, 7)


def test_a_day_that_a_zone_left_out_is_no_trouble() -> None:
    before_the_skipped_friday = utc(2011, 12, 30, 9, 30)

    assert quiet_until(NIGHT, APIA, before_the_skipped_friday) == utc(2011, 12, 30, 17)


@given(
    after=st.integers(0, 3 * 365 * 24 * 3600),
    zone=st.sampled_from([PUNE, LONDON, BERLIN, APIA, ZoneInfo("Australia/Lord_Howe")]),
    begins=st.integers(0, 1439),
    ends=st.integers(0, 1439),
)
def test_the_end_is_the_first_minute_that_is_not_quiet(after: int, zone: ZoneInfo, begins: int, ends: int) -> None:
    quiet, moment = Quiet(begins, ends), utc(2025, 1, 1) + timedelta(seconds=after)

    end = quiet_until(quiet, zone, moment)

    if end is None:
        local = moment.astimezone(zone)
        assert not quiet.covers(local.hour * 60 + local.minute)
    else:
        last = (end - timedelta(minutes=1)).astimezone(zone)
        first = end.astimezone(zone)
        assert moment < end <= moment + timedelta(hours=26)
        assert quiet.covers(last.hour * 60 + last.minute)
        assert not quiet.covers(first.hour * 60 + first.minute)
