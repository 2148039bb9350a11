"""What a mentor may type into the hours form: weekly hours, single days and limits, checked before saving."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mentorhub.domain.common import moments
from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.common.zones import zone_names
from mentorhub.domain.scheduling.rules.hours import united
from mentorhub.domain.scheduling.rules.request import Span, WeeklyHours

STEP = 5
"""Minutes; everything a mentor sets lies on it, since bookings claim time in ticks of that length."""
DAY_ENDS = 24 * 60
MOST_SPANS_A_DAY = 8
LONGEST_CHANGE = 92
"""Days that one change of single days may cover."""
AHEAD = timedelta(days=730)

STEPS = (5, 10, 15, 20, 30, 45, 60, 90, 120)
_BOUNDS: Mapping[str, tuple[int, int, str]] = {
    "buffer_before_minutes": (0, 120, "A break lasts 0 to 120 minutes, in steps of 5."),
    "buffer_after_minutes": (0, 120, "A break lasts 0 to 120 minutes, in steps of 5."),
    "min_notice_minutes": (0, 14 * DAY_ENDS, "The notice is at most 14 days, in steps of 5 minutes."),
    "horizon_days": (1, 365, "People can book 1 to 365 days ahead."),
    "max_per_day": (1, 20, "A day has room for 1 to 20 sessions."),
    "max_per_week": (1, 60, "A week has room for 1 to 60 sessions."),
}
_TYPED = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?(?:\s*([ap])\.?m\.?)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class HoursRow:
    """One line of the form: open from `start` to `end` on each `weekday` (0 = Monday), as typed."""

    weekday: int
    start: str
    end: str


@dataclass(frozen=True)
class Limits:
    """How a mentor's time is offered; minutes and days as in SCHEDULING.md part A.

    `None` is no cap, and for the step what suits each session's length.
    """

    time_zone: str
    slot_step_minutes: int | None = None
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 5
    min_notice_minutes: int = 120
    horizon_days: int = 60
    max_per_day: int | None = 4
    max_per_week: int | None = None

    def step_for(self, session_minutes: int) -> int:
        """Every how many minutes a session of that length may start (SCHEDULING.md part B, 1.6).

        Unless the mentor says otherwise 30 for sessions of half an hour and of whole hours, 15 for those between.
        """
        suits = 30 if session_minutes == 30 or session_minutes % 60 == 0 else 15
        return self.slot_step_minutes or suits


def minute_typed(text: str) -> int | None:
    """The minute of the day a person means by "9", "9:05", "0905", "24:00" or "9:05 pm"; `None` when it is no time."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "p" else 0)
    minute = hours * 60 + minutes
    return minute if minutes < 60 and minute <= DAY_ENDS else None


def no_time() -> str:
    """What to say of a typed time that is none, with one as the reader would type it."""
    return f"Please enter a time such as {moments.time_of_day(9 * 60 + 30)}."


def clock_of(minute: int) -> str:
    """A minute of the day as "09:05" for all readers, as it is kept; the day's end is "24:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def span_typed(start: str, end: str) -> Span:
    """Open minutes as typed, an end of 00:00 being the day's end; raises FieldError on `start` or `end`."""
    opens, closes = _on_a_step("start", start), _on_a_step("end", end) or DAY_ENDS
    if closes < opens:
        raise FieldError("end", "The end is before the start.")
    if closes == opens:
        raise FieldError("end", "The end is the same as the start.")
    return opens, closes


def read_week(rows: Sequence[HoursRow]) -> tuple[tuple[WeeklyHours, ...], dict[int, FieldError]]:
    """The hours that make sense, overlapping and touching ones joined, and what is wrong by place in `rows`."""
    by_day: dict[int, list[Span]] = {}
    wrong: dict[int, FieldError] = {}
    for place, row in enumerate(rows):
        try:
            spans = by_day.setdefault(_weekday(row.weekday), [])
            spans.append(span_typed(row.start, row.end))
            if len(spans) > MOST_SPANS_A_DAY:
                raise FieldError("start", f"A day has room for {MOST_SPANS_A_DAY} spans of hours.")
        except FieldError as refusal:
            wrong[place] = refusal
    week = tuple(WeeklyHours(day, *span) for day, spans in sorted(by_day.items()) for span in united(spans))
    return week, wrong


def checked_week(rows: Sequence[HoursRow]) -> tuple[WeeklyHours, ...]:
    """A whole week as typed; raises FieldError, whose field is "row-" and the place of the first bad row."""
    week, wrong = read_week(rows)
    for place, refusal in wrong.items():
        raise FieldError(f"row-{place}", str(refusal))
    return week


def checked_days(
    first: date, last: date, spans: Iterable[tuple[str, str]], *, today: date
) -> tuple[tuple[date, ...], tuple[Span, ...]]:
    """Dates and the hours that replace the weekly ones on each, none for days off; raises FieldError."""
    if first < today:
        raise FieldError("first", "That day has passed.")
    if last < first:
        raise FieldError("last", "The last day is before the first.")
    if (last - first).days >= LONGEST_CHANGE:
        raise FieldError("last", f"Please change at most {LONGEST_CHANGE} days at once.")
    if last > today + AHEAD:
        raise FieldError("last", "Please stay within the next two years.")
    dates = tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
    return dates, tuple(united(span_typed(start, end) for start, end in spans))


def checked_limits(limits: Limits) -> Limits:
    """The limits, if each is within its bounds; raises FieldError named for the first that is not."""
    if limits.time_zone not in zone_names():
        raise FieldError("time_zone", "Please choose a time zone from the list, such as Europe/London.")
    if limits.slot_step_minutes not in (None, *STEPS):
        raise FieldError("slot_step_minutes", "Please choose one of the steps from the list.")
    for field, (least, most, sentence) in _BOUNDS.items():
        value = getattr(limits, field)
        if value is None and field.startswith("max_per_"):
            continue
        if value is None or not least <= value <= most or (field.endswith("_minutes") and value % STEP):
            raise FieldError(field, sentence)
    return limits


def next_span(spans: Sequence[Span]) -> Span:
    """Hours to begin with when another span is added to a day: two hours, an hour after the last ones."""
    if not spans:
        return 9 * 60, 12 * 60
    opens = min(max(ends for _, ends in spans) + 60, DAY_ENDS - 60)
    return opens, min(opens + 120, DAY_ENDS)


def _on_a_step(field: str, text: str) -> int:
    minute = minute_typed(text)
    if minute is None:
        raise FieldError(field, no_time())
    if minute % STEP:
        raise FieldError(field, "Times come in steps of 5 minutes.")
    return minute


def _weekday(number: int) -> int:
    if number not in range(7):
        raise FieldError("start", "That is no day of the week.")
    return number
