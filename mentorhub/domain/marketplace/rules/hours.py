"""Free time as one number, a bit for each quarter of an hour: "free on a weekend" is then one "and".

Quarters are counted from midnight UTC of an anchor day. The offset of every zone of today is a whole number
of quarters, so a viewer's evening is a set of quarters too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
REACHABLE_WITHIN = timedelta(days=14)
EVENING_FROM = 17
_DAY = 24 * 4
_QUARTER = 900


@dataclass(frozen=True)
class Free:
    """The free starts of one mentor, ascending, in seconds since the epoch, and the same as quarters."""

    starts: tuple[int, ...]
    quarters: int
    anchor: int

    def seen_from(self, anchor: int) -> int:
        """The quarters counted from a later anchor day; what lies before it is gone."""
        return self.quarters >> ((anchor - self.anchor) * _DAY)

    def next_after(self, now: datetime) -> int | None:
        """The first start that is not over, in seconds since the epoch."""
        present = int(now.timestamp())
        return next((start for start in self.starts if start >= present), None)


@dataclass(frozen=True)
class ViewerHours:
    """Which quarters of the coming two weeks count, as the viewer's clock sees them."""

    anchor: int
    soon: int
    this_week: int
    evenings: int
    weekend: int


def anchor_of(now: datetime) -> int:
    """The day, counted from the epoch in UTC, from which quarters are counted."""
    return int(now.timestamp()) // 86_400


def free_from(starts: Iterable[datetime], now: datetime) -> Free:
    """Free starts as a mentor's `Free`."""
    seconds = tuple(sorted(int(start.timestamp()) for start in starts))
    anchor, quarters = anchor_of(now), 0
    for start in seconds:
        quarters |= 1 << ((start - anchor * 86_400) // _QUARTER)
    return Free(seconds, quarters, anchor)


def viewer_hours(zone: str, now: datetime) -> ViewerHours:
    """The viewer's evenings (from 17:00), weekends, next seven days and next fourteen."""
    first = -(-int(now.timestamp()) // _QUARTER) - anchor_of(now) * _DAY
    soon = _between(first, first + int(REACHABLE_WITHIN.total_seconds()) // _QUARTER)
    this_week = _between(first, first + int(WEEK.total_seconds()) // _QUARTER)
    evenings, weekend = _clock_masks(zone, anchor_of(now))
    return ViewerHours(anchor_of(now), soon, this_week, evenings & soon, weekend & soon)


@lru_cache(maxsize=512)
def _clock_masks(zone: str, anchor: int) -> tuple[int, int]:
    there, midnight = ZoneInfo(zone), datetime.fromtimestamp(anchor * 86_400, UTC)
    evenings = weekend = 0
    for quarter in range(_DAY * 16):
        local = (midnight + timedelta(seconds=quarter * _QUARTER)).astimezone(there)
        evenings |= (local.hour >= EVENING_FROM) << quarter
        weekend |= (local.weekday() >= 5) << quarter
    return evenings, weekend


def _between(first: int, end: int) -> int:
    return ((1 << (end - first)) - 1) << first
