"""A week of times as the grid shows it: rows on the mentor's clock, cells on the reader's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mentorhub.domain.bookings.queries import TimesView
from mentorhub.domain.common import moments

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


def week_bounds(monday: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants a reader's week begins and ends."""
    begin = datetime.combine(monday, datetime.min.time(), tzinfo=zone)
    end = datetime.combine(monday + timedelta(days=7), datetime.min.time(), tzinfo=zone)
    return begin, end


def monday_of(moment: datetime, zone: ZoneInfo) -> date:
    """The Monday of the reader's week an instant lies in."""
    local = moment.astimezone(zone).date()
    return local - timedelta(days=local.weekday())


def week_shown(times: TimesView | None, monday: date, zone: ZoneInfo, *, now: datetime) -> WeekShown:
    """Lay a week out. A mentor with very many times is thinned to a coarser step, the very next starts kept."""
    label = _label(monday)
    first = monday <= monday_of(now, zone)
    if times is None:
        return WeekShown(label=label, is_first=first, is_last=True, days=_days(monday, [], [], ZoneInfo("UTC"), zone))
    theirs = ZoneInfo(times.mentor_zone)
    free, booked = _thinned(times.free, times.booked, theirs)
    gutter = sorted({moments.clock(start, theirs) for start in (*free, *booked)})
    days = _days(monday, free, booked, theirs, zone, gutter)
    open_days = [day.key for day in days if any(slot.is_free for slot in day.slots)]
    return WeekShown(
        label=label,
        gutter=gutter,
        days=days,
        first_free_day=open_days[0] if open_days else "",
        is_first=first,
        is_last=week_bounds(monday, zone)[1] >= times.last_day_ends,
        is_empty=not open_days,
    )


def _days(
    monday: date,
    free: Sequence[datetime],
    booked: Sequence[datetime],
    theirs: ZoneInfo,
    zone: ZoneInfo,
    gutter: Sequence[str] = (),
) -> list[DayShown]:
    rows = {words: number for number, words in enumerate(gutter, start=1)}
    starts = sorted([(start, True) for start in free] + [(start, False) for start in booked])
    days = []
    for number in range(7):
        day = monday + timedelta(days=number)
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


def _slot(start: datetime, is_free: bool, theirs: ZoneInfo, zone: ZoneInfo, rows: dict[str, int]) -> SlotShown:
    their_clock, their_place = moments.clock(start, theirs), moments.place_then(theirs, start)
    return SlotShown(
        start=start_of(start),
        time=moments.clock(start, zone),
        their_time=f"{their_clock} {their_place}",
        row=rows[their_clock],
        is_free=is_free,
        spoken=f"{moments.when(start, zone)}, {their_clock} in {their_place}",
    )


def _thinned(
    free: Sequence[datetime], booked: Sequence[datetime], theirs: ZoneInfo
) -> tuple[list[datetime], list[datetime]]:
    for step in _STEPS:
        kept_free, kept_booked = _on_step(free, step, theirs), _on_step(booked, step, theirs)
        if len({moments.clock(start, theirs) for start in (*kept_free, *kept_booked)}) <= _MOST_ROWS:
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


def _label(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    first = f"{monday.day} {monday:%b}" if monday.month != sunday.month else f"{monday.day}"
    return f"{first} to {sunday.day} {sunday:%b}"
