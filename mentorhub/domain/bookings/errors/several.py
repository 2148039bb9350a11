"""Refusals around a series of sessions, and around a session of several people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorhub.domain.common.errors import DomainError


@dataclass(frozen=True)
class Conflict:
    """One date of a series that cannot be had, why in a sentence, and the nearest free starts."""

    starts_at: datetime
    reason: str
    near: tuple[datetime, ...] = ()


class SeriesConflicts(DomainError):
    """Some dates of a series cannot be had, so none is held; `conflicts` are they."""

    message = "Some of these dates are not free any more, so none of them is held. Move them or leave them out."

    def __init__(self, conflicts: Sequence[Conflict] = ()) -> None:
        self.conflicts = tuple(conflicts)
        super().__init__()


class NoSeriesHere(DomainError):
    """Sessions the mentor answers for first, intro calls and groups do not repeat."""

    message = "This kind of session cannot be repeated. Please book each time by itself."


class BadSeries(DomainError):
    """A series is two to twelve different times of one offering."""

    message = "A series has two to twelve different times. To book a single one, choose it on the mentor's page."


class SeatsNotSold(DomainError):
    """The group session is called off, over, or begins within the hour."""

    message = "Seats in this session are no longer sold."


class NoSeatLeft(DomainError):
    """Somebody took the last seat."""

    message = "The last seat has just been taken. Nothing was charged."


class HasSeat(DomainError):
    """One seat a person a session."""

    message = "You have a seat in this session already."


class SeatNotYours(DomainError):
    """A mentor calls off the whole session; whoever has a seat gives it up alone."""

    message = "A seat is cancelled by whoever has it. To cancel for everybody, call the whole session off."
