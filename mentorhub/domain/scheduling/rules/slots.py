"""The starts a mentor offers, as SCHEDULING.md part A defines them, and whether one start still holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from mentorhub.domain.scheduling.rules.free_time import candidates, free_spans, gaps, notice_ends
from mentorhub.domain.scheduling.rules.hours import LAST_DAY, OpenHours
from mentorhub.domain.scheduling.rules.request import SlotRequest, to_datetime, to_instant
from mentorhub.domain.scheduling.rules.seasons import MINUTE
from mentorhub.domain.scheduling.rules.zones import Zone, zone_named

# A start that a year of four digits cannot write is not offered.
FIRST_WRITABLE = to_instant(datetime.min.replace(tzinfo=UTC))
LAST_WRITABLE = to_instant(datetime.max.replace(tzinfo=UTC))


def compute_slots(request: SlotRequest) -> list[datetime]:
    """The bookable starts in the request's range: in UTC, ascending, each once."""
    zone = zone_named(request.mentor_timezone)
    begin = max(request.range_start, notice_ends(request), FIRST_WRITABLE)
    end = min(request.range_end, window_ends(request, zone), LAST_WRITABLE)
    if begin >= end or request.max_per_day == 0:
        return []
    sessions = sessions_by_day(request, zone)
    starts: list[int] = []
    for gap in gaps(request, OpenHours(request), zone, range_start=begin, range_end=end):
        if not is_full(request, sessions[gap.day]):
            grid = candidates(request, zone, gap.begins, gap.ends)
            skipped = max(0, -((grid.start - begin) // grid.step))
            last = min(end, grid.stop, gap.free_until - request.session_minutes * MINUTE + 1)
            starts.extend(range(grid.start + skipped * grid.step, last, grid.step))
    return [to_datetime(start) for start in starts]


def format_slots(starts: Iterable[datetime]) -> list[str]:
    """Each start as `YYYY-MM-DDTHH:MM:SSZ`."""
    return [start.replace(tzinfo=None).isoformat() + "Z" for start in starts]


def fits(request: SlotRequest, start: datetime) -> bool:
    """Whether a session from `start` on lies in the free time, with horizon and cap satisfied.

    Range and grid do not matter: a start offered a moment ago may be on a grid that has moved since.
    """
    zone = zone_named(request.mentor_timezone)
    begin = to_instant(start)
    day = zone.day_of(begin)
    if begin >= window_ends(request, zone) or is_full(request, sessions_by_day(request, zone)[day]):
        return False
    end = begin + request.session_minutes * MINUTE
    spans = free_spans(request, OpenHours(request), zone, first_day=day, before=begin + 1)
    return any(opens <= begin and end <= closes for opens, closes in spans)


def window_ends(request: SlotRequest, zone: Zone) -> int:
    """The first instant after the last local day that the horizon allows."""
    if request.horizon_days is None:
        return LAST_WRITABLE
    last_day = min(zone.day_of(request.now) + request.horizon_days, LAST_DAY)
    return zone.day_start(last_day + 1)


def last_day_ends(request: SlotRequest) -> datetime:
    """When the last day one can book is over on the mentor's clock: no start is offered from then on."""
    return to_datetime(min(window_ends(request, zone_named(request.mentor_timezone)), LAST_WRITABLE))


def sessions_by_day(request: SlotRequest, zone: Zone) -> Counter[int]:
    """How many of the mentor's own sessions start on each local day; those of no length do not count."""
    return Counter(zone.day_of(starts) for starts, ends in request.bookings if starts < ends)


def is_full(request: SlotRequest, sessions: int) -> bool:
    """Whether a day with that many sessions has reached the cap."""
    return request.max_per_day is not None and sessions >= request.max_per_day
