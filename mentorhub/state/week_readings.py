"""One reading of a mentor's week for every tab that looks at it: a hundred open pages cost one query, not a hundred."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.queries import TimesView
from mentorhub.domain.common import habits
from mentorhub.state.base import read
from mentorhub.state.week import WeekShown, start_of, week_shown

_FRESH_FOR = timedelta(seconds=1)
_LOOKED_AHEAD = timedelta(days=92)
_KEEP = 2000

Key = tuple[UUID, date, str, int]
"""The offering, the first day of the reader's week, and what its times are written by: the zone, the clock's hours."""


@dataclass(frozen=True)
class WeekSeen:
    """A week as it is laid out, the starts that are free in it, and those that somebody has."""

    week: WeekShown
    free: frozenset[str]
    taken: frozenset[str]


def key_of(offering_id: UUID, first_day: date, zone: ZoneInfo) -> Key:
    """What decides how a week is laid out for the reader whose habits are in force."""
    return offering_id, first_day, zone.key, habits.current().clock_hours


def seen(times: TimesView | None, first_day: date, zone: ZoneInfo, *, now: datetime) -> WeekSeen:
    """A week laid out, with its free starts."""
    week = week_shown(times, first_day, zone, now=now)
    free = frozenset(slot.start for day in week.days for slot in day.slots if slot.is_free)
    return WeekSeen(week, free, frozenset(map(start_of, times.had if times else ())))


async def is_theirs_alone(viewer_id: UUID, offering_id: UUID, now: datetime) -> bool:
    """Whether a viewer sees other times than everybody: a hold of theirs is free, or they need not ask."""
    if await read(service.live_hold_of, mentee_id=viewer_id, now=now):
        return True
    return await read(bookings.need_not_ask, offering_id=offering_id, viewer_id=viewer_id)


async def first_free(
    mentor_id: UUID | None, offering_id: UUID | None, viewer_id: UUID | None, now: datetime
) -> datetime | None:
    """The soonest start of an offering within three months that is free for a viewer."""
    if mentor_id is None or offering_id is None:
        return None
    span = {"since": now, "until": now + _LOOKED_AHEAD, "now": now}
    asked = {"mentor_id": mentor_id, "offering_id": offering_id, "viewer_id": viewer_id}
    free = await read(bookings.free_starts, **asked, **span)
    return free[0] if free else None


@dataclass(frozen=True)
class _Kept:
    version: int
    at: datetime
    reading: asyncio.Future[WeekSeen]


class WeekReadings:
    """Readings in progress or just done; those who ask meanwhile wait for the same one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()

    async def of(self, key: Key, version: int, read: Callable[[], Awaitable[WeekSeen]], *, now: datetime) -> WeekSeen:
        """The week under `key`, read within a second of `now` and after the change that made `version`."""
        known = self._kept.get(key)
        if known is None or known.version != version or not _is_fresh(known, now):
            known = _Kept(version, now, asyncio.ensure_future(read()))
            self._kept[key] = known
            self._kept.move_to_end(key)
            while len(self._kept) > _KEEP:
                self._kept.popitem(last=False)
        return await asyncio.shield(known.reading)


def _is_fresh(kept: _Kept, now: datetime) -> bool:
    failed = kept.reading.done() and (kept.reading.cancelled() or kept.reading.exception() is not None)
    return abs(now - kept.at) < _FRESH_FOR and not failed
