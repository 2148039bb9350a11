"""Why a time is not offered: the first rule that stands against it, for whoever wonders about a calendar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mentorhub.domain.scheduling.rules.free_time import (
    candidates,
    free_spans,
    gaps,
    notice_ends,
    padded_bookings,
    padded_busy,
)
from mentorhub.domain.scheduling.rules.hours import OpenHours, open_spans, united
from mentorhub.domain.scheduling.rules.request import SlotRequest, Span, to_datetime, to_instant
from mentorhub.domain.scheduling.rules.seasons import DAY, MINUTE
from mentorhub.domain.scheduling.rules.slots import (
    FIRST_WRITABLE,
    LAST_WRITABLE,
    compute_slots,
    is_full,
    sessions_by_day,
    window_ends,
)
from mentorhub.domain.scheduling.rules.zones import zone_named

# Longer ranges are explained only as far as this, so that an answer stays of a readable size.
_MOST_DAYS = 366


class Rule(StrEnum):
    """What stands against a start; where several do, the first of these is told."""

    DAY_OFF = "day_off"
    OUTSIDE_HOURS = "outside_hours"
    HORIZON = "horizon"
    NOTICE = "notice"
    DAILY_CAP = "daily_cap"
    BOOKING = "booking"
    BOOKING_BUFFER = "booking_buffer"
    BUSY = "busy"
    BUSY_BUFFER = "busy_buffer"
    DOES_NOT_FIT = "does_not_fit"
    OFF_GRID = "off_grid"
    # What only the bookings know, after the pure function; `explain` never tells these two.
    WEEKLY_CAP = "weekly_cap"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class NotOffered:
    """A start that might be expected and is not offered, and the rule against it."""

    start: datetime
    rule: Rule


def explain(request: SlotRequest) -> list[NotOffered]:
    """Why times in the range are not offered, in order: at most the first 366 days of it.

    The times are those of each day's plain grid, as if the day were free, and of the grids that gaps start.
    """
    return list(_Reasons(request).not_offered())


def rule_against(request: SlotRequest, start: datetime) -> Rule | None:
    """Why one start is not offered, whatever range the request names; None exactly when it is offered."""
    at = to_instant(start)
    asked = replace(request, range_start=at, range_end=at + 1)
    return None if compute_slots(asked) else _Reasons(asked).rule(at)


class _Spans:
    """Separate spans in order, asked which of them holds an instant."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = united(spans)
        self._starts = [starts for starts, _ in self._spans]

    def end_at(self, instant: int) -> int | None:
        """When the span that holds `instant` ends; None when none does."""
        place = bisect_right(self._starts, instant)
        ends = self._spans[place - 1][1] if place else instant
        return ends if instant < ends else None

    def __contains__(self, instant: int) -> bool:
        return self.end_at(instant) is not None


class _Reasons:
    """One request, prepared so that each time costs a few look-ups."""

    def __init__(self, request: SlotRequest) -> None:
        begin = max(request.range_start, FIRST_WRITABLE)
        end = min(request.range_end, LAST_WRITABLE, begin + _MOST_DAYS * DAY)
        self._request = replace(request, range_start=begin, range_end=end)
        self._zone = zone_named(request.mentor_timezone)
        self._hours = hours = OpenHours(request)
        self._window_ends = window_ends(request, self._zone)
        self._sessions = sessions_by_day(request, self._zone)
        day = self._zone.day_of(begin)
        self._open = _Spans(open_spans(hours, self._zone, first_day=day, before=end, enough=end))
        self._free = _Spans(free_spans(request, hours, self._zone, first_day=day, before=end))
        self._bookings = _Spans(request.bookings), _Spans(padded_bookings(request))
        self._busy = _Spans(request.busy), _Spans(padded_busy(request))

    def not_offered(self) -> Iterator[NotOffered]:
        begin, end = self._request.range_start, self._request.range_end
        offered = set(map(to_instant, compute_slots(self._request)))
        for time in sorted({*self._plain_grid(), *self._gap_grids()} - offered):
            if begin <= time < end:
                yield NotOffered(to_datetime(time), self.rule(time))

    def _plain_grid(self) -> Iterator[int]:
        zone, begin, end = self._zone, self._request.range_start, self._request.range_end
        for day in range(zone.day_of(begin), zone.day_of(end) + 1):
            yield from candidates(self._request, zone, zone.day_start(day), zone.day_start(day + 1))

    def _gap_grids(self) -> Iterator[int]:
        begin, end = self._request.range_start, self._request.range_end
        for gap in gaps(self._request, self._hours, self._zone, range_start=begin, range_end=end):
            yield from candidates(self._request, self._zone, gap.begins, gap.ends)

    def rule(self, time: int) -> Rule:
        """The first rule that stands against a time of the range that is not offered."""
        day = self._zone.day_of(time)
        free_until = self._free.end_at(time)
        against = {
            Rule.DAY_OFF: self._hours.is_day_off(day),
            Rule.OUTSIDE_HOURS: time not in self._open,
            Rule.HORIZON: time >= self._window_ends,
            Rule.NOTICE: time < notice_ends(self._request),
            Rule.DAILY_CAP: is_full(self._request, self._sessions[day]),
            Rule.BOOKING: time in self._bookings[0],
            Rule.BOOKING_BUFFER: time in self._bookings[1],
            Rule.BUSY: time in self._busy[0],
            Rule.BUSY_BUFFER: time in self._busy[1],
            Rule.DOES_NOT_FIT: free_until is not None and free_until < time + self._request.session_minutes * MINUTE,
        }
        return next((rule for rule, holds in against.items() if holds), Rule.OFF_GRID)
