"""A week of times as the grid shows it: rows on the mentor's clock, cells on the reader's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mentorhub.domain.bookings.queries import TimesView
from mentorhub.domain.common import habits, moments

_MOST_ROWS = 18
_ALWAYS_SHOWN = 3
_STEPS = (5, 10, 15, 20, 30, 60, 120)


@dataclass(frozen=True)
class SlotShown:
    """One time in the grid; `start` is its id, ISO 8601 in UTC."""

    start: str
    time: str
    their_time: str
    row: int
    is_free: bool
    spoken: str


@dataclass(frozen=True)
class DayShown:
    """One column of the grid."""

    key: str
    weekday: str
    number: str
    is_off: bool
    spoken: str
    slots: list[SlotShown] = field(default_factory=list)


@dataclass(frozen=True)
class WeekShown:
    """Seven days of the reader, with the hours of the mentor down the side."""

    label: str = ""
    gutter: list[str] = field(default_factory=list)
    days: list[DayShown] = field(default_factory=list)
    first_free_day: str = ""
    is_first: bool = True
    is_last: bool = False
    is_empty: bool = True


def start_of(moment: datetime) -> str:
    """The id of a time in the grid."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def instant_of(start: str) -> datetime:
    """The instant an id of the grid names; raises ValueError for anything else, and for other millennia.

    At the ends of the calendar a week, or another zone's clock, is more than a date can hold.
    """
    instant = datetime.strptime(start, "%Y-%m-%dT%H:%M:%S%z")
    if not 2000 <= instant.year < 3000:
        raise ValueError("no session begins then")
    return instant


def week_bounds(first_day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants a reader's week begins and ends."""
    begin = datetime.combine(first_day, datetime.min.time(), tzinfo=zone)
    end = datetime.combine(first_day + timedelta(days=7), datetime.min.time(), tzinfo=zone)
    return begin, end


def week_of(moment: datetime, zone: ZoneInfo) -> date:
    """The first day of the week an instant lies in, as the reader counts weeks."""
    local = moment.astimezone(zone).date()
    return local - timedelta(days=habits.place_in_week(local.weekday()))


def week_shown(times: TimesView | None, first_day: date, zone: ZoneInfo, *, now: datetime) -> WeekShown:
    """Lay a week out. A mentor with very many times is thinned to a coarser step, the very next starts kept."""
    label = _label(first_day)
    is_first = first_day <= now.astimezone(zone).date()
    if times is None:
        days = _days(first_day, [], [], ZoneInfo("UTC"), zone)
        return WeekShown(label=label, is_first=is_first, is_last=True, days=days)
    theirs = ZoneInfo(times.mentor_zone)
    free, booked = _thinned(times.free, times.booked, theirs)
    minutes = sorted({_minute(start, theirs) for start in (*free, *booked)})
    days = _days(first_day, free, booked, theirs, zone, minutes)
    open_days = [day.key for day in days if any(slot.is_free for slot in day.slots)]
    return WeekShown(
        label=label,
        gutter=[moments.time_of_day(minute) for minute in minutes],
        days=days,
        first_free_day=open_days[0] if open_days else "",
        is_first=is_first,
        is_last=week_bounds(first_day, zone)[1] >= times.last_day_ends,
        is_empty=not open_days,
    )


def _days(
    first_day: date,
    free: Sequence[datetime],
    booked: Sequence[datetime],
    theirs: ZoneInfo,
    zone: ZoneInfo,
    minutes: Sequence[int] = (),
) -> list[DayShown]:
    rows = {minute: number for number, minute in enumerate(minutes, start=1)}
    starts = sorted([(start, True) for start in free] + [(start, False) for start in booked])
    days = []
    for number in range(7):
        day = first_day + timedelta(days=number)
        mine = [(start, is_free) for start, is_free in starts if start.astimezone(zone).date() == day]
        days.append(
            DayShown(
                key=day.isoformat(),
                weekday=f"{day:%a}",
                number=str(day.day),
                is_off=not any(is_free for _, is_free in mine),
                spoken=f"{day:%A} {day.day} {day:%B}",
                slots=[_slot(start, is_free, theirs, zone, rows) for start, is_free in mine],
            )
        )
    return days


def _slot(start: datetime, is_free: bool, theirs: ZoneInfo, zone: ZoneInfo, rows: dict[int, int]) -> SlotShown:
    their_clock, their_place = moments.clock(start, theirs), moments.place_then(theirs, start)
    return SlotShown(
        start=start_of(start),
        time=moments.clock(start, zone),
        their_time=f"{their_clock} {their_place}",
        row=rows[_minute(start, theirs)],
        is_free=is_free,
        spoken=f"{moments.when(start, zone)}, {their_clock} in {their_place}",
    )


def _thinned(
    free: Sequence[datetime], booked: Sequence[datetime], theirs: ZoneInfo
) -> tuple[list[datetime], list[datetime]]:
    for step in _STEPS:
        kept_free, kept_booked = _on_step(free, step, theirs), _on_step(booked, step, theirs)
        if len({_minute(start, theirs) for start in (*kept_free, *kept_booked)}) <= _MOST_ROWS:
            break
    soonest = [start for start in free[:_ALWAYS_SHOWN] if start not in kept_free]
    return sorted([*kept_free, *soonest]), kept_booked


def _on_step(starts: Iterable[datetime], step: int, theirs: ZoneInfo) -> list[datetime]:
    if step == _STEPS[0]:
        return list(starts)
    return [start for start in starts if _minute(start, theirs) % step == 0]


def _minute(start: datetime, theirs: ZoneInfo) -> int:
    local = start.astimezone(theirs)
    return local.hour * 60 + local.minute


def _label(first_day: date) -> str:
    last_day = first_day + timedelta(days=6)
    first = f"{first_day.day} {first_day:%b}" if first_day.month != last_day.month else f"{first_day.day}"
    return f"{first} to {last_day.day} {last_day:%b}"
