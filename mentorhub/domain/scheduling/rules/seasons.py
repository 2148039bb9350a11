"""Clock changes after the last one listed for a zone: the yearly rule that ends a TZif file (RFC 9636)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE
EPOCH_DAY = date(1970, 1, 1).toordinal()

# The Gregorian calendar repeats itself, weekdays included, every 400 years.
_CYCLE_YEAR = 2000
_CYCLE_START = date(_CYCLE_YEAR, 1, 1)
_CYCLE_DAYS = 146_097

_NAME = r"(?:<[A-Za-z0-9+-]+>|[A-Za-z]+)"
_CLOCK = r"[+-]?[0-9]+(?::[0-9]{2}){0,2}"
_DATE = rf"M([0-9]+)\.([1-5])\.([0-6])(?:/({_CLOCK}))?"
_RULE = re.compile(rf"{_NAME}({_CLOCK})(?:{_NAME}({_CLOCK})?,{_DATE},{_DATE})?")


@dataclass(frozen=True, slots=True)
class YearlyDate:
    """The `week`-th (5 means last) `weekday` (0 = Sunday) of a month, `clock` after its local midnight."""

    month: int
    week: int
    weekday: int
    clock: int

    def local_time(self, year: int) -> int:
        """The local time this names in `year`, in microseconds since 1970-01-01T00:00 on the wall clock."""
        first = date(year, self.month, 1)
        to_weekday = (self.weekday - first.isoweekday()) % 7
        day = first + timedelta(days=to_weekday + 7 * (self.week - 1))
        if day.month != self.month:
            day -= timedelta(days=7)
        return (day.toordinal() - EPOCH_DAY) * DAY + self.clock


@dataclass(frozen=True, slots=True)
class Seasons:
    """Two offsets that alternate every year, each from its own date on."""

    winter: int
    summer: int
    summer_begins: YearlyDate
    summer_ends: YearlyDate

    def around(self, instant: int) -> list[tuple[int, int]]:
        """Changes, as (instant, offset from then on), of the year of `instant` and of both its neighbours."""
        cycle, day = divmod(instant // DAY + EPOCH_DAY - _CYCLE_START.toordinal(), _CYCLE_DAYS)
        year = (_CYCLE_START + timedelta(days=day)).year
        shift = cycle * _CYCLE_DAYS * DAY
        return [(at + shift, offset) for at, offset in _changes_around(self, year)]


@lru_cache(maxsize=8192)
def _changes_around(seasons: Seasons, year: int) -> tuple[tuple[int, int], ...]:
    changes = []
    for near in (year - 1, year, year + 1):
        changes.append((seasons.summer_begins.local_time(near) - seasons.winter, seasons.summer))
        changes.append((seasons.summer_ends.local_time(near) - seasons.summer, seasons.winter))
    return tuple(sorted(changes))


def parse_seasons(rule: str) -> Seasons | None:
    """Read the footer of a TZif file; None when it is one offset for ever, ValueError when it is no rule."""
    found = _RULE.fullmatch(rule)
    if found is None:
        raise ValueError("not a rule of clock changes")
    winter, summer, *dates = found.groups()
    if dates[0] is None:
        return None
    west = -_clock(winter)
    return Seasons(
        winter=west,
        summer=-_clock(summer) if summer else west + 60 * MINUTE,
        summer_begins=_yearly(*dates[:4]),
        summer_ends=_yearly(*dates[4:]),
    )


def _yearly(month: str, week: str, weekday: str, clock: str | None) -> YearlyDate:
    return YearlyDate(int(month), int(week), int(weekday), _clock(clock or "2"))


def _clock(text: str) -> int:
    """Signed `h[:mm[:ss]]` in microseconds."""
    hours, minutes, seconds = [*map(int, text.lstrip("+-").split(":")), 0, 0][:3]
    size = (hours * 60 + minutes) * MINUTE + seconds * SECOND
    return -size if text.startswith("-") else size
