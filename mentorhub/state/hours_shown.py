"""What the hours page draws of a week: its rows, its grid, the times another person would see, single days."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from mentorhub.domain.bookings.queries import TimesView
from mentorhub.domain.common import habits, moments
from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling.queries import ChangedDaysView
from mentorhub.domain.scheduling.rules.editing import (
    HoursRow,
    minute_typed,
    read_week,
    span_typed,
)
from mentorhub.domain.scheduling.rules.hours import united
from mentorhub.state.hours_draft import RowTyped, as_read
from mentorhub.state.week import start_of

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEEN_FROM = (
    "Asia/Kolkata",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Europe/Berlin",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)
"""Places a mentee may look from."""
NO_ERRORS = dict.fromkeys(("first", "last", "start", "end"), "")
"""The fields of the form for single days, with nothing wrong beside any."""
_USUAL_FROM, _USUAL_TO = 7, 22
_MOST_A_DAY = 12


@dataclass(frozen=True)
class SpanShown:
    """One span of hours in the form."""

    key: int
    start: str
    end: str
    spoken: str
    error: str
    note: str
    start_wrong: bool
    end_wrong: bool


@dataclass(frozen=True)
class BandShown:
    """One span drawn in the grid, in minutes of the day; overlapping and touching rows are one."""

    opens: int
    closes: int
    is_new: bool


@dataclass(frozen=True)
class DayShown:
    """One weekday in both forms."""

    weekday: int
    short: str
    name: str
    is_open: bool
    spans: list[SpanShown] = field(default_factory=list)
    bands: list[BandShown] = field(default_factory=list)


@dataclass(frozen=True)
class GridShown:
    """Which hours the grid shows, and the ones named at its side."""

    first: int = _USUAL_FROM
    hours: int = _USUAL_TO - _USUAL_FROM
    marks: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class SeenSlot:
    """One time as the other person reads it, and on the mentor's own clock; `start` names the instant."""

    start: str
    time: str
    yours: str
    is_free: bool


@dataclass(frozen=True)
class SeenDay:
    """One day as the other person reads it; `count` are its free starts, `more` counts what is left out."""

    weekday: str
    date: str
    slots: list[SeenSlot]
    count: str
    more: str


@dataclass(frozen=True)
class ChangedShown:
    """Single days that differ from the week."""

    first: str
    last: str
    words: str
    note: str
    hours: str
    is_off: bool


def week_shown(rows: Sequence[RowTyped], saved: Sequence[HoursRow]) -> list[DayShown]:
    """The reader's week: each day's rows, what is wrong with any, and the bands of those that count."""
    _, wrong = read_week([row.hours for row in rows])
    errors = {rows[place].key: refusal for place, refusal in wrong.items()}
    days = []
    for weekday in habits.weekdays():
        name = DAYS[weekday]
        mine = [row for row in rows if row.weekday == weekday]
        spans = []
        for row in mine:
            refusal, start, end = errors.get(row.key), as_read(row.start), as_read(row.end)
            spans.append(
                SpanShown(
                    key=row.key,
                    start=start,
                    end=end,
                    spoken=f"{name} {start} to {end}",
                    error=f"{refusal} Not counted until it is right." if refusal else "",
                    note="" if refusal else _joins(row, mine),
                    start_wrong=refusal is not None and refusal.field == "start",
                    end_wrong=refusal is not None and refusal.field == "end",
                )
            )
        bands = _bands([row for row in mine if row.key not in errors], saved)
        days.append(DayShown(weekday, name[:3], name, bool(mine), spans, bands))
    return days


def grid_shown(days: Sequence[DayShown]) -> GridShown:
    """From the first to the last open hour, at least 07:00 to 22:00."""
    bands = [band for day in days for band in day.bands]
    first = min([_USUAL_FROM, *(band.opens // 60 for band in bands)])
    last = max([_USUAL_TO, *(-(-band.closes // 60) for band in bands)])
    return GridShown(first, last - first, list(range(first, last, 2)))


def seen_days(times: TimesView, zone: ZoneInfo, mine: ZoneInfo) -> list[SeenDay]:
    """The times of a range by day on the clock of `zone`, at most a dozen a day, each on both clocks."""
    starts = sorted([(start, True) for start in times.free] + [(start, False) for start in times.booked])
    days = []
    for day, group in groupby(starts, key=lambda pair: pair[0].astimezone(zone).date()):
        slots = [
            SeenSlot(start_of(start), moments.clock(start, zone), moments.clock(start, mine), is_free)
            for start, is_free in group
        ]
        more = f"and {len(slots) - _MOST_A_DAY} more" if len(slots) > _MOST_A_DAY else ""
        count = f"{sum(slot.is_free for slot in slots)} free"
        days.append(SeenDay(f"{day:%a}", f"{day.day} {day:%b}", slots[:_MOST_A_DAY], count, more))
    return days


def changed_shown(days: ChangedDaysView, sessions: Sequence[date]) -> ChangedShown:
    """A change of single days; `sessions` are the dates of booked sessions on the mentor's clock."""
    staying = sum(days.first <= day <= days.last for day in sessions)
    kept = {0: "", 1: "One booked session stays"}.get(staying, f"{staying} booked sessions stay")
    span = ", ".join(f"{moments.time_of_day(opens)} to {moments.time_of_day(closes)}" for opens, closes in days.spans)
    first, last = days.first, days.last
    words = f"{first:%a} {first.day} {first:%B}" if first == last else f"{short_date(first)} to {short_date(last)}"
    return ChangedShown(first.isoformat(), last.isoformat(), words, kept, span or "Away", not days.spans)


def _bands(rows: Sequence[RowTyped], saved: Sequence[HoursRow]) -> list[BandShown]:
    kept = {(row.weekday, _minutes(row)) for row in saved}
    weekday = rows[0].weekday if rows else 0
    return [BandShown(*span, (weekday, span) not in kept) for span in united(map(_minutes, rows))]


def _joins(row: RowTyped, others: Sequence[RowTyped]) -> str:
    """What becomes of a row that overlaps or touches another."""
    try:
        mine = span_typed(row.start, row.end)
        spans = [span_typed(one.start, one.end) for one in others if one.key != row.key]
    except FieldError:
        return ""
    if not any(opens <= mine[1] and mine[0] <= closes for opens, closes in spans):
        return ""
    opens, closes = next(span for span in united([mine, *spans]) if span[0] <= mine[0] < span[1])
    return f"Joined into {moments.time_of_day(opens)} to {moments.time_of_day(closes)}."


def _minutes(row: RowTyped | HoursRow) -> tuple[int, int]:
    return minute_typed(row.start) or 0, minute_typed(row.end) or 24 * 60


def short_date(day: date) -> str:
    """Such as "24 December"."""
    return f"{day.day} {day:%B}"


def what_is_wrong(refusal: FieldError) -> str:
    """Why the week was not saved, in a sentence that says that nothing was."""
    if refusal.field == "week":
        return str(refusal)
    if refusal.field.startswith("row-"):
        return f"Nothing was saved yet. One row needs a look: {str(refusal)[0].lower()}{str(refusal)[1:]}"
    return f"Nothing was saved yet. {refusal}"


def days_typed(form: dict[str, Any]) -> tuple[date, date, Sequence[tuple[str, str]]]:
    """The dates and hours of a form; an empty last day is the first, empty hours a day off. Raises FieldError."""
    typed = {name: str(form.get(name, "")).strip()[:20] for name in ("first", "last", "start", "end")}
    dates = []
    for name in ("first", "last"):
        try:
            dates.append(date.fromisoformat(typed[name] or (typed["first"] if name == "last" else "")))
        except ValueError:
            raise FieldError(name, "Please choose a day.") from None
    spans = [(typed["start"], typed["end"])] if typed["start"] or typed["end"] else []
    return dates[0], dates[1], spans
