"""Zones of the IANA database as arithmetic on integers, read from the pinned `tzdata` package.

An instant and a local time are whole microseconds since 1970-01-01T00:00, in UTC and on the wall clock; a
day is the number of days since 1970-01-01. The operating system's copy of the database is never asked, so
the same request gives the same starts on every machine, and nothing overflows in the years 1 and 9999.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from mentorhub.domain.common.zones import zone_names
from mentorhub.domain.scheduling.rules.seasons import DAY, MINUTE, SECOND, Seasons, parse_seasons

_FOR_EVER = 10**18
# Alaska and Manila once changed by a whole day: this near to a change, a local day may repeat or be missing.
_REACH = 2 * DAY
_HEADER = struct.Struct(">4sc15x6L")


class Stretch(NamedTuple):
    """Instants from `begins` up to `ends` during which local time is UTC plus `offset` microseconds."""

    begins: int
    ends: int
    offset: int

    def plain_days(self) -> range:
        """Days so far from any change that each begins at its midnight and lasts 24 hours at this offset."""
        first = -((-self.begins - self.offset - _REACH) // DAY)
        return range(first, (self.ends + self.offset - _REACH) // DAY)


@dataclass(frozen=True, slots=True)
class Changes:
    """The clock of one zone: `offsets[i]` holds up to `instants[i]`; after the last, its seasons go on."""

    instants: tuple[int, ...]
    offsets: tuple[int, ...]
    seasons: Seasons | None

    def stretch(self, instant: int) -> Stretch:
        """The stretch of one offset that contains `instant`."""
        instants, offsets = self.instants, self.offsets
        if self.seasons is not None and instant >= instants[-1]:
            later = [change for change in self.seasons.around(instant) if change[0] > instants[-1]]
            instants = (instants[-1], *(at for at, _ in later))
            offsets = (offsets[-2], offsets[-1], *(offset for _, offset in later))
        place = bisect_right(instants, instant)
        begins = instants[place - 1] if place > 0 else -_FOR_EVER
        ends = instants[place] if place < len(instants) else _FOR_EVER
        return Stretch(begins, ends, offsets[place])


class Zone:
    """The local times and days of one zone; it remembers the last stretch, as questions go in order."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._here = changes.stretch(0)

    def stretch(self, instant: int) -> Stretch:
        """The stretch of one offset that contains `instant`."""
        here = self._here
        if not here.begins <= instant < here.ends:
            self._here = here = self._changes.stretch(instant)
        return here

    def instant_of(self, local: int) -> int:
        """The instant of a local time as in RFC 5545 section 3.3.5.

        A time that occurs twice is the first of the two; a time the clock skips is read with the offset in
        force before the jump.
        """
        before = self.stretch(local - _REACH)
        while local - before.offset >= before.ends:
            after = self.stretch(before.ends)
            if local - after.offset < after.begins:
                break
            before = after
        return local - before.offset

    def day_start(self, day: int) -> int:
        """The first instant whose local date is `day` or later; the span of a day runs to the next one's."""
        midnight = day * DAY
        here = self.stretch(midnight - _REACH)
        while midnight - here.offset >= here.ends:
            here = self.stretch(here.ends)
        return max(here.begins, midnight - here.offset)

    def day_of(self, instant: int) -> int:
        """The day whose span contains `instant`: the latest one that its clock has reached by then."""
        here = self.stretch(instant)
        day = (instant + here.offset) // DAY
        while here.begins > instant - _REACH:
            here = self.stretch(here.begins - 1)
            day = max(day, (here.ends - 1 + here.offset) // DAY)
        return day

    def first_on_grid(self, instant: int, *, grid_minutes: int, until: int) -> int:
        """The first whole minute from `instant` on whose minute on this clock is a multiple of the grid.

        `grid_minutes` divides 60. Any instant from `until` on stands for "none before `until`".
        """
        minute = _whole_minute(instant)
        while minute < until:
            here = self.stretch(minute)
            on_grid = minute - (minute + here.offset) // MINUTE % -grid_minutes * MINUTE
            if on_grid < here.ends:
                return on_grid
            minute = _whole_minute(here.ends)
        return minute


def _whole_minute(instant: int) -> int:
    return -(-instant // MINUTE) * MINUTE


def zone_named(name: str) -> Zone:
    """The zone of that name; ValueError when the IANA database has none."""
    return Zone(_changes_of(name))


@cache
def _changes_of(name: str) -> Changes:
    if name not in zone_names():
        raise ValueError("not a zone of the IANA database")
    return _parse(resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes())


def _parse(data: bytes) -> Changes:
    """Read the 64-bit part and the footer of a TZif file (RFC 9636 section 3)."""
    marks, standards, leaps, times, types, letters = _HEADER.unpack_from(data)[2:]
    at = _HEADER.size + times * 5 + types * 6 + letters + leaps * 8 + standards + marks
    marks, standards, leaps, times, types, letters = _HEADER.unpack_from(data, at)[2:]
    at += _HEADER.size
    instants = struct.unpack_from(f">{times}q", data, at)
    at += times * 8
    kinds = data[at : at + times]
    at += times
    seconds = [offset for offset, _, _ in struct.iter_unpack(">l?B", data[at : at + types * 6])]
    at += types * 6 + letters + leaps * 12 + standards + marks
    return Changes(
        instants=tuple(instant * SECOND for instant in instants),
        offsets=tuple(seconds[kind] * SECOND for kind in b"\0" + kinds),
        seasons=parse_seasons(data[at:].decode("ascii").strip()),
    )
