"""What the next clock change on either side does to a start that two people keep."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mentorhub.domain.common import moments
from mentorhub.domain.scheduling.rules.editing import HoursRow, minute_typed
from mentorhub.state.hours_shown import DAYS, short_date

_LOOK_AHEAD = 300


@dataclass(frozen=True)
class ClockChangeShown:
    """What one start becomes when a clock changes; empty `title` when none does soon."""

    title: str = ""
    start: str = ""
    until: str = ""
    since: str = ""
    yours: str = ""
    your_zone: str = ""
    your_new: str = ""
    their_name: str = ""
    theirs: str = ""
    their_zone: str = ""
    their_new: str = ""
    their_change: str = ""


def clock_change(row: HoursRow | None, mine: ZoneInfo, theirs: ZoneInfo, now: datetime) -> ClockChangeShown:
    """What the next clock change on either side does to the first start of the week."""
    minute = minute_typed(row.start) if row else None
    today = now.astimezone(mine).date()
    change = next((day for day in _coming(today) if _apart(day, mine, theirs) != _apart(today, mine, theirs)), None)
    if row is None or minute is None or minute >= 24 * 60 or change is None:
        return ClockChangeShown()
    moved = mine if _noon(change, mine).utcoffset() != _noon(today, mine).utcoffset() else theirs
    forward = (_noon(change, moved).utcoffset() or timedelta()) > (_noon(today, moved).utcoffset() or timedelta())
    before, after = _start(change - timedelta(days=1), minute, mine), _start(change, minute, mine)
    shift = _apart(change, mine, theirs) - _apart(today, mine, theirs)
    length, direction = moments.how_long(timedelta(minutes=abs(shift))), "forward" if forward else "back"
    return ClockChangeShown(
        title=f"{moments.place_of(moved)} goes {direction} on {change:%A} {short_date(change)} {change.year}",
        start=f"Your {DAYS[row.weekday]} {moments.time_of_day(minute)}",
        until=f"Until {short_date(change - timedelta(days=1))}",
        since=f"From {short_date(change)}",
        yours=moments.time_of_day(minute),
        your_zone=moments.offset(mine, before),
        your_new=moments.offset(mine, after),
        their_name=moments.place_of(theirs),
        theirs=moments.clock(before, theirs),
        their_zone=moments.offset(theirs, before),
        their_new=moments.clock(after, theirs),
        their_change=f"{moments.offset(theirs, after)}, {length} {'later' if shift > 0 else 'earlier'}",
    )


def _coming(today: date) -> list[date]:
    return [today + timedelta(days=number) for number in range(1, _LOOK_AHEAD)]


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone)


def _apart(day: date, mine: ZoneInfo, theirs: ZoneInfo) -> int:
    """How many minutes their clock is ahead of mine at noon of a day."""
    ahead, behind = (_noon(day, zone).utcoffset() or timedelta() for zone in (theirs, mine))
    return int((ahead - behind).total_seconds()) // 60


def _start(day: date, minute: int, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
