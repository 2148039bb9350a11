"""Time a mentor blocks out, from one moment on their own clock to another."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling.rules.editing import AHEAD, DAY_ENDS, LONGEST_CHANGE, STEP, minute_typed, no_time

REASON_LENGTH = 120
_YEARS = range(2000, 2100)
"""At the ends of the calendar another zone's clock is more than a date can hold."""


def block_typed(
    first: str, start: str, last: str, end: str, *, zone: ZoneInfo, now: datetime
) -> tuple[datetime, datetime]:
    """Two dates and two times as typed, as moments in UTC; an empty last date is the first.

    A skipped local time lands later by the jump, of a doubled one the first counts, as everywhere.
    Raises FieldError on "block_first", "block_start", "block_last" or "block_end".
    """
    opens = _moment("block_first", first, "block_start", start, zone)
    closes = _moment("block_last", last or first, "block_end", end, zone)
    # On one zone Python compares clocks; around a jump only the moments say which comes first.
    begins, ends = opens.astimezone(UTC), closes.astimezone(UTC)
    if ends <= begins:
        raise FieldError("block_end", "The end is before the start.")
    if ends <= now:
        raise FieldError("block_last", "That time has passed.")
    if closes - opens > timedelta(days=LONGEST_CHANGE):
        raise FieldError("block_last", f"Please block at most {LONGEST_CHANGE} days at once.")
    if ends > now + AHEAD:
        raise FieldError("block_last", "Please stay within the next two years.")
    return begins, ends


def moment_typed(day: str, typed: str, zone: ZoneInfo, *, time_field: str = "time") -> datetime:
    """A date and a time as typed, as one moment; raises FieldError on "day" or `time_field`."""
    return _moment("day", day, time_field, typed, zone).astimezone(UTC)


def _moment(day_field: str, day: str, time_field: str, typed: str, zone: ZoneInfo) -> datetime:
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise FieldError(day_field, "Please choose a day.") from None
    if on.year not in _YEARS:
        raise FieldError(day_field, "Please choose a day of this century.")
    minute = minute_typed(typed)
    if minute is None:
        raise FieldError(time_field, no_time())
    if minute % STEP:
        raise FieldError(time_field, f"Times come in steps of {STEP} minutes.")
    on += timedelta(minutes=minute)  # a date moves by whole days alone: 24:00 is the next one's midnight
    return datetime.combine(on, time(minute % DAY_ENDS // 60, minute % 60), tzinfo=zone)
