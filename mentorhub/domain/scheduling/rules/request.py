"""The question for start times: everything that decides them, as integers.

Instants are whole microseconds since 1970-01-01T00:00Z, days are days since 1970-01-01, and minutes of a day
run from 0 to 1440. All spans are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from mentorhub.domain.scheduling.rules.seasons import EPOCH_DAY

Span = tuple[int, int]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_instant(moment: datetime) -> int:
    """An aware datetime as an instant."""
    return (moment - _EPOCH) // _MICROSECOND


def to_datetime(instant: int) -> datetime:
    """An instant as a datetime in UTC."""
    return _EPOCH + timedelta(microseconds=instant)


def to_day(day: date) -> int:
    """A calendar date as a day number."""
    return day.toordinal() - EPOCH_DAY


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Open from `start_minute` to `end_minute` (1440 is midnight) on each `weekday` (0 = Monday)."""

    weekday: int
    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True)
class DayHours:
    """The open minutes of one day instead of its weekly hours; none of them make a day off."""

    day: int
    minutes: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SlotRequest:
    """One question for the starts of one mentor's sessions; SCHEDULING.md part A names the fields.

    `bookings` are the mentor's own live sessions, `busy` everything else that takes their time.
    """

    mentor_timezone: str
    weekly_rules: tuple[WeeklyHours, ...]
    overrides: tuple[DayHours, ...]
    busy: tuple[Span, ...]
    bookings: tuple[Span, ...]
    session_minutes: int
    slot_step_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    min_notice_minutes: int
    horizon_days: int | None
    max_per_day: int | None
    now: int
    range_start: int
    range_end: int
