"""The draft of a mentor's hours: its rows as typed, and how far it is from what is saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mentorhub.domain.common import moments
from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling.rules.editing import DAY_ENDS, HoursRow, Limits, clock_of, minute_typed, span_typed
from mentorhub.domain.scheduling.rules.request import WeeklyHours


@dataclass(frozen=True)
class RowTyped:
    """A row of the form; `key` names it for as long as the page is open."""

    key: int
    weekday: int
    start: str
    end: str

    @property
    def hours(self) -> HoursRow:
        """The row as the rules read it."""
        return HoursRow(self.weekday, self.start, self.end)


def tidy(text: str, *, is_end: bool = False) -> str:
    """A typed time as four digits where it is one, else as typed, shortened; an end at midnight is the day's end."""
    minute = minute_typed(text)
    if minute is None:
        return text.strip()[:12]
    return clock_of(minute or DAY_ENDS if is_end else minute)


def as_read(text: str) -> str:
    """A time of the draft on the clock of who reads it; what is no time stays as it was typed."""
    minute = minute_typed(text)
    return text if minute is None else moments.time_of_day(minute)


def span_of(row: RowTyped | HoursRow) -> tuple[int, int] | tuple[()]:
    """The minutes a row opens; nothing while it makes no sense."""
    try:
        return span_typed(row.start, row.end)
    except FieldError:
        return ()


def rows_of(weekly: Iterable[WeeklyHours]) -> list[HoursRow]:
    """What is saved, as rows of the form."""
    return [HoursRow(one.weekday, clock_of(one.start_minute), clock_of(one.end_minute)) for one in weekly]


def unsaved(rows: Sequence[RowTyped], saved_rows: Sequence[HoursRow], limits: Limits, saved_limits: Limits) -> str:
    """How many changes are not saved, in words; empty when there is none."""
    draft = sorted((row.weekday, row.start, row.end) for row in rows)
    saved = sorted((row.weekday, row.start, row.end) for row in saved_rows)
    edits = max(len([one for one in draft if one not in saved]), len([one for one in saved if one not in draft]))
    edits += sum(value != getattr(saved_limits, name) for name, value in vars(limits).items())
    return {0: "", 1: "One change not saved"}.get(edits, f"{edits} changes not saved")
