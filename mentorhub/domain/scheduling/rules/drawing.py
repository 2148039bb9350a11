"""Hours drawn on the week: a span put down, moved or taken away, joined with what it touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling.rules.editing import DAY_ENDS, STEP

_LONGEST_DRAWN = 2 * DAY_ENDS


@dataclass(frozen=True)
class Drawn:
    """A span on one weekday, in minutes after its midnight; an end past 1440 goes on into the next day."""

    weekday: int
    opens: int
    closes: int


def checked_drawn(span: Drawn) -> Drawn:
    """The span, if hours can be drawn like that; raises FieldError."""
    if span.weekday not in range(7) or not 0 <= span.opens < DAY_ENDS or span.closes > _LONGEST_DRAWN:
        raise FieldError("start", "Those hours are not within the week.")
    if span.closes <= span.opens:
        raise FieldError("end", "The end is before the start.")
    if span.opens % STEP or span.closes % STEP:
        raise FieldError("start", f"Times come in steps of {STEP} minutes.")
    return span


def by_day(span: Drawn) -> tuple[Drawn, ...]:
    """The span as it lies on single days: one over midnight is two."""
    if span.closes <= DAY_ENDS:
        return (span,)
    rest = Drawn((span.weekday + 1) % 7, 0, span.closes - DAY_ENDS)
    return Drawn(span.weekday, span.opens, DAY_ENDS), rest


def is_within(span: Drawn, other: Drawn) -> bool:
    """Whether `span` lies wholly in `other`, on the same day."""
    return span.weekday == other.weekday and other.opens <= span.opens and span.closes <= other.closes


def joined(span: Drawn, others: Iterable[Drawn]) -> tuple[Drawn, tuple[Drawn, ...]]:
    """The span grown over all of its day that it overlaps or touches, and the others it leaves alone."""
    touching: list[Drawn] = []
    apart: list[Drawn] = []
    for other in sorted(others, key=lambda one: (one.weekday, one.opens, one.closes)):
        meet = other.weekday == span.weekday and other.opens <= span.closes and span.opens <= other.closes
        (touching if meet else apart).append(other)
    if not touching:
        return span, tuple(apart)
    opens = min(one.opens for one in (span, *touching))
    closes = max(one.closes for one in (span, *touching))
    return joined(Drawn(span.weekday, opens, closes), apart)
