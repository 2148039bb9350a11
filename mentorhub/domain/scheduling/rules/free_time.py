"""Free time: a mentor's open hours less what takes their time and the notice they need, cut into gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mentorhub.domain.scheduling.rules.hours import OpenHours, open_spans, united
from mentorhub.domain.scheduling.rules.request import SlotRequest, Span
from mentorhub.domain.scheduling.rules.seasons import MINUTE
from mentorhub.domain.scheduling.rules.zones import Zone

_GRIDS = (60, 30, 20, 15, 10, 5)


@dataclass(frozen=True, slots=True)
class Gap:
    """A maximal piece of free time inside one day; the free time it belongs to goes on until `free_until`."""

    day: int
    begins: int
    ends: int
    free_until: int


def padded_busy(request: SlotRequest) -> Iterator[Span]:
    """Events of the mentor's calendars, widened by the padding that a new session beside them needs."""
    before, after = request.buffer_before_minutes * MINUTE, request.buffer_after_minutes * MINUTE
    return ((starts - after, ends + before) for starts, ends in request.busy if starts < ends)


def padded_bookings(request: SlotRequest) -> Iterator[Span]:
    """The mentor's own sessions, widened by their padding and by that of a new session beside them."""
    padding = (request.buffer_before_minutes + request.buffer_after_minutes) * MINUTE
    return ((starts - padding, ends + padding) for starts, ends in request.bookings if starts < ends)


def notice_ends(request: SlotRequest) -> int:
    """The first instant that leaves the mentor enough notice."""
    return request.now + request.min_notice_minutes * MINUTE


def free_spans(request: SlotRequest, hours: OpenHours, zone: Zone, *, first_day: int, before: int) -> Iterator[Span]:
    """The maximal spans of free time from the start of `first_day` on, in order, as far as they decide.

    Those that begin before `before` are all told, and each far enough to see whether a session fits.
    """
    enough = before + request.session_minutes * MINUTE
    taken = united([*padded_busy(request), *padded_bookings(request)])
    earliest = notice_ends(request)
    place = 0
    for opens, closes in open_spans(hours, zone, first_day=first_day, before=before, enough=enough):
        free_from = max(opens, earliest)
        while place < len(taken) and taken[place][1] <= free_from:
            place += 1
        while free_from < closes:
            starts, ends = taken[place] if place < len(taken) else (closes, closes)
            if free_from < starts:
                yield free_from, min(starts, closes)
            free_from = max(ends, free_from)
            place += ends < closes


def gaps(request: SlotRequest, hours: OpenHours, zone: Zone, *, range_start: int, range_end: int) -> Iterator[Gap]:
    """The gaps of every day that `[range_start, range_end)` touches, whole also where the range cuts them."""
    day = zone.day_of(range_start)
    day_ends = zone.day_start(day + 1)
    for opens, closes in free_spans(request, hours, zone, first_day=day, before=range_end):
        begins = opens
        while begins < closes and begins < range_end:
            if begins >= day_ends:
                day = zone.day_of(begins)
                day_ends = zone.day_start(day + 1)
            yield Gap(day, begins, min(closes, day_ends), closes)
            begins = day_ends


def candidates(request: SlotRequest, zone: Zone, begins: int, ends: int) -> range:
    """A gap's own grid: its first minute on the mentor's clock's grid, then every step of elapsed time."""
    step = request.slot_step_minutes
    grid = next((size for size in _GRIDS if step % size == 0), 1)
    first = zone.first_on_grid(begins, grid_minutes=grid, until=ends)
    return range(first, max(first, ends), step * MINUTE)
