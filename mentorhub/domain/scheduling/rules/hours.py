"""Open hours on the wall clock, turned into instants date by date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from mentorhub.domain.scheduling.rules.request import SlotRequest, Span, to_day
from mentorhub.domain.scheduling.rules.seasons import DAY, MINUTE
from mentorhub.domain.scheduling.rules.zones import Zone

# Dates have four digits: no hours lie before the year 1 or after the year 9999.
FIRST_DAY = to_day(date.min)
LAST_DAY = to_day(date.max)
# Day 0, 1970-01-01, was a Thursday.
_WEEKDAY_OF_DAY_0 = 3


def united(spans: Iterable[Span]) -> list[Span]:
    """The same time as separate spans in order: empty ones dropped, overlapping and touching ones joined."""
    joined: list[Span] = []
    for starts, ends in sorted(spans):
        if joined and starts <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(ends, joined[-1][1])
        elif starts < ends:
            joined.append((starts, ends))
    return joined


class OpenHours:
    """The minutes a mentor opens on each date: the hours of its weekday, or its overrides alone."""

    def __init__(self, request: SlotRequest) -> None:
        weekly: list[list[Span]] = [[] for _ in range(7)]
        for rule in request.weekly_rules:
            weekly[rule.weekday].append((rule.start_minute, rule.end_minute))
        by_day: dict[int, list[Span]] = {}
        for override in request.overrides:
            by_day.setdefault(override.day, []).extend(override.minutes)
        self._weekly = [_nonempty(hours) for hours in weekly]
        self._by_day = {day: _nonempty(hours) for day, hours in by_day.items()}

    def is_day_off(self, day: int) -> bool:
        """Whether overrides close that date."""
        return self._by_day.get(day) == []

    def minutes(self, day: int) -> list[Span]:
        """The open minutes of that date, as they were given."""
        return self._by_day.get(day, self._weekly[(day + _WEEKDAY_OF_DAY_0) % 7])

    def days_from(self, first_day: int) -> Iterable[int]:
        """The dates from `first_day` on that may have hours, in order."""
        if any(self._weekly):
            return range(max(first_day, FIRST_DAY), LAST_DAY + 1)
        return sorted(day for day in self._by_day if day >= first_day)


def open_spans(hours: OpenHours, zone: Zone, *, first_day: int, before: int, enough: int) -> Iterator[Span]:
    """The open spans from the start of `first_day` on that begin before `before`, in order.

    Touching spans are one, also past midnight. One that reaches `enough` may in truth be longer.
    """
    opens = closes = -1
    for starts, ends in _daily_spans(hours, zone, first_day):
        if starts != closes:
            if opens < closes:
                yield opens, closes
            opens = starts
        closes = ends
        if opens >= before or closes >= enough:
            break
    if opens < closes and opens < before:
        yield opens, closes


def _daily_spans(hours: OpenHours, zone: Zone, first_day: int) -> Iterator[Span]:
    plain, offset = range(0), 0
    for day in hours.days_from(first_day):
        minutes = hours.minutes(day)
        if not minutes:
            continue
        if day not in plain:
            here = zone.stretch(day * DAY)
            plain, offset = here.plain_days(), here.offset
        if day in plain:
            midnight = day * DAY - offset
            for starts, ends in minutes if len(minutes) == 1 else united(minutes):
                yield midnight + starts * MINUTE, midnight + ends * MINUTE
        else:
            yield from _spans_near_a_change(minutes, zone, day)


def _spans_near_a_change(minutes: list[Span], zone: Zone, day: int) -> list[Span]:
    """Each interval on its own: a jump may turn one around, and what is turned around adds nothing."""
    first, last = zone.day_start(day), zone.day_start(day + 1)
    return united(
        (
            max(first, zone.instant_of(day * DAY + starts * MINUTE)),
            min(last, zone.instant_of(day * DAY + ends * MINUTE)),
        )
        for starts, ends in minutes
    )


def _nonempty(minutes: list[Span]) -> list[Span]:
    return [(starts, ends) for starts, ends in minutes if starts < ends]
