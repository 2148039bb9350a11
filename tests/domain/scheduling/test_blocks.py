"""A block as typed becomes two moments on the mentor's clock, or is refused where it went wrong."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling.rules.blocks import block_typed, moment_typed

LONDON, PUNE = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def block(first: str, start: str, last: str, end: str, *, zone: ZoneInfo = LONDON) -> tuple[datetime, datetime]:
    return block_typed(first, start, last, end, zone=zone, now=NOW)


def refused(first: str, start: str, last: str, end: str) -> tuple[str, str]:
    with pytest.raises(FieldError) as refusal:
        block(first, start, last, end)
    return refusal.value.field, str(refusal.value)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_a_block_runs_from_one_time_to_another_on_the_mentor_s_clock() -> None:
    assert block("2026-12-01", "9:30", "2026-12-03", "17", zone=PUNE) == (utc(2026, 12, 1, 4), utc(2026, 12, 3, 11, 30))


def test_both_ends_are_told_in_utc() -> None:
    assert all(end.tzinfo is UTC for end in block("2026-12-01", "9:30", "", "17", zone=PUNE))


def test_one_moment_is_read_as_an_end_of_a_block_is() -> None:
    read = moment_typed("2026-12-01", "9:30", PUNE)

    assert read == utc(2026, 12, 1, 4)
    assert read.tzinfo is UTC
    assert moment_typed("2026-12-31", "24:00", LONDON) == utc(2027, 1, 1)
    with pytest.raises(FieldError, match=r"^Please choose a day\.$") as refusal:
        moment_typed("soon", "9:30", PUNE)
    assert refusal.value.field == "day"
    with pytest.raises(FieldError, match=r"^Please enter a time such as 09:30\.$") as refusal:
        moment_typed("2026-12-01", "soon", PUNE)
    assert refusal.value.field == "time"


def test_without_a_last_day_it_ends_on_the_first() -> None:
    assert block("2026-12-01", "09:30", "", "09:35") == (utc(2026, 12, 1, 9, 30), utc(2026, 12, 1, 9, 35))


def test_an_end_at_24_00_is_the_next_midnight() -> None:
    assert block("2026-12-31", "0:00", "2026-12-31", "24:00") == (utc(2026, 12, 31), utc(2027, 1, 1))


def test_a_skipped_time_lands_later_by_the_jump_and_of_a_doubled_one_the_first_counts() -> None:
    assert block("2027-03-28", "01:30", "", "03:00")[0] == utc(2027, 3, 28, 1, 30)
    assert block("2027-10-31", "01:30", "", "03:00")[0] == utc(2027, 10, 31, 0, 30)


def test_where_the_clock_jumps_the_moments_decide_which_comes_first() -> None:
    assert refused("2027-03-28", "01:30", "", "02:15") == ("block_end", "The end is before the start.")
    assert block("2027-03-28", "00:55", "", "02:05") == (utc(2027, 3, 28, 0, 55), utc(2027, 3, 28, 1, 5))


def test_what_is_no_day_or_no_time_is_refused_at_its_own_field() -> None:
    day, clock = "Please choose a day.", "Please enter a time such as 09:30."
    assert refused("", "9", "", "10") == ("block_first", day)
    assert refused("2026-12-01", "9", "tomorrow", "10") == ("block_last", day)
    assert refused("2026-12-01", "soon", "", "10") == ("block_start", clock)
    assert refused("2026-12-01", "9", "", "25:00") == ("block_end", clock)
    assert refused("2026-12-01", "9:01", "", "10") == ("block_start", "Times come in steps of 5 minutes.")
    assert refused("2026-12-01", "9", "", "9:59") == ("block_end", "Times come in steps of 5 minutes.")


@pytest.mark.parametrize("day", ["1999-12-31", "2100-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_of_another_century_is_refused_at_its_own_field(day: str) -> None:
    assert refused(day, "9", "2026-12-01", "10") == ("block_first", "Please choose a day of this century.")
    assert refused("2026-12-01", "9", day, "10") == ("block_last", "Please choose a day of this century.")


def test_a_block_has_a_length_and_lies_ahead() -> None:
    assert refused("2026-12-01", "9", "", "9:00") == ("block_end", "The end is before the start.")
    assert refused("2026-12-01", "9", "2026-11-30", "10") == ("block_end", "The end is before the start.")
    assert refused("2026-11-22", "9", "", "12:00") == ("block_last", "That time has passed.")
    assert block("2026-11-22", "9", "", "12:05")[1] - NOW == timedelta(minutes=5)


def test_a_block_is_92_days_long_at_most_and_ends_within_two_years() -> None:
    assert block("2026-12-01", "9", "2027-03-03", "9")[1] == utc(2027, 3, 3, 9)
    assert refused("2026-12-01", "9", "2027-03-03", "9:05") == ("block_last", "Please block at most 92 days at once.")
    assert block("2028-11-01", "9", "2028-11-21", "12")[1] == NOW + timedelta(days=730)
    assert block("2026-12-27", "9", "2027-03-29", "9")[1] == utc(2027, 3, 29, 8)
    assert refused("2028-11-01", "9", "2028-11-21", "12:05") == (
        "block_last",
        "Please stay within the next two years.",
    )
