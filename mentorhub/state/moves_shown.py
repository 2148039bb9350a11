"""Moves of a session in words: the times of a proposal, what is left, and what a move does to a refund."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mentorhub.domain.bookings.models import MoveState
from mentorhub.domain.bookings.queries import BookingView, MovesView
from mentorhub.domain.common import moments
from mentorhub.state.week import start_of


@dataclass(frozen=True)
class TimeShown:
    """One time of a proposal; `start` is its id, as in the week grid."""

    start: str
    mine: str
    theirs: str
    is_free: bool = True


def time_shown(start: datetime, booking: BookingView, zone: ZoneInfo, *, is_free: bool = True) -> TimeShown:
    """A start as both see it, each on their own clock."""
    theirs = moments.zone_of(booking.other.zone)
    end = start + (booking.ends_at - booking.starts_at)
    return TimeShown(
        start=start_of(start),
        mine=f"{moments.span(start, end, zone)} in {moments.place_of(zone)}",
        theirs=f"{moments.when(start, theirs)} in {moments.place_then(theirs, start)}",
        is_free=is_free,
    )


def left_in_words(moves: MovesView, theirs: str) -> str:
    """How many moves each side has left; `theirs` is the other's first name."""
    mine = f"You have {moves.mine_left} of 2 moves left" if moves.mine_left else "You have no moves left"
    return f"{mine}, {theirs} has {moves.theirs_left}."


def effect_in_words(moves: MovesView, zone: ZoneInfo) -> str:
    """What a move does to what comes back, in words with dates."""
    if not moves.is_paid:
        return "There is nothing to pay, so a move costs nothing."
    if moves.deadlines_move:
        return f"Agreed until {moments.when(moves.full_until, zone)}, the refund deadlines move with the session."
    return (
        f"Free cancellation ended {moments.when(moves.full_until, zone)}. A move does not bring it back: half back "
        f"until {moments.when(moves.half_until, zone)}, then nothing."
    )


def last_in_words(moves: MovesView, theirs: str) -> str:
    """How the last proposal ended, unless one is open."""
    if moves.proposal is not None or moves.last is None:
        return ""
    if moves.last is MoveState.ACCEPTED:
        return "The time was changed as proposed."
    if moves.last is MoveState.DECLINED:
        return f"{theirs} keeps the present time." if moves.last_by_me else "You kept the present time."
    if moves.last is MoveState.LAPSED:
        return "Nobody took up the proposal in time, so the present time stays."
    return ""
