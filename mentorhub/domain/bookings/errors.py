"""Refusals of the bookings, each a sentence for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mentorhub.domain.common.errors import DomainError


class SlotTaken(DomainError):
    """Somebody else was faster; `alternatives` are the nearest free starts."""

    message = "Someone has just taken that time. Please choose another."

    def __init__(self, alternatives: Sequence[datetime] = ()) -> None:
        self.alternatives = tuple(alternatives)
        super().__init__()


class SlotNotOffered(SlotTaken):
    """The start is not one the mentor offers now, nor one offered to this person a moment ago."""

    message = "That time is not offered any more. Please choose another."


class AlreadyBusyThen(DomainError):
    """The mentee has another session at that time; `other` is whom they have then."""

    def __init__(self, other: str) -> None:
        super().__init__(f"You already have {other} then.")


class OwnOffering(DomainError):
    """A mentor tried to book their own time."""

    message = "This is your own time; you cannot book yourself."


class MentorNotOpen(DomainError):
    """The mentor takes no new sessions."""

    message = "This mentor is not taking new sessions right now."


class AlreadyMetForIntro(DomainError):
    """An intro call is once per pair of people, for life."""

    message = "You already met, or have an intro call agreed. There is one for each pair; see the sessions instead."


class IntrosFull(DomainError):
    """The mentor gives no more free intro calls in the week of that start."""

    message = "This mentor gives no more free intro calls that week. Please choose another week."


class CheckoutInProgress(DomainError):
    """Another time is being paid for; one checkout at a time."""

    message = "You are paying for another time right now. Finish that payment or give that time back first."


class HoldOver(DomainError):
    """The hold ended before this was asked for."""

    message = "The time is no longer held for you. Choose it again to go on; nothing was charged."


class HeldTooLong(DomainError):
    """One checkout after the other was opened, and the time cannot be kept any longer."""

    message = "This time was kept for you as long as we keep one. Give it back and choose it again if it is still free."


class HeldTooOften(DomainError):
    """The same person let the same time go again and again."""

    message = "You have held this time several times today without booking it. Please choose another one."


class CalledOffTooOften(DomainError):
    """The mentee booked free sessions with this mentor and called them off, again and again."""

    message = (
        "You called off two free sessions with this mentor within 24 hours. "
        "Please wait a day before you book another one."
    )


class IntakeNotWhole(DomainError):
    """The mentor would not know yet what the session is about."""

    message = "Please say first what the session is about."


class VerifyFirst(DomainError):
    """An account without a verified address may hold, not pay."""

    message = "Please confirm your e-mail address first; the link is in the mail we sent you."


class NotCancellable(DomainError):
    """The booking has moved on since the page was shown."""

    message = "This session can no longer be cancelled."


class RefundHasChanged(DomainError):
    """A deadline of the policy passed while the dialog was open, so the sum shown was no longer true."""

    message = "The refund has changed since you opened this. Please look at the new sum before you decide."


class NotTheDayBefore(DomainError):
    """Somebody says they are coming to a session that is further away, over, or no longer agreed."""

    message = "That can be said in the 24 hours before a session."


class TooManyRequests(DomainError):
    """Three requests wait for an answer already; `oldest` is the booking to withdraw first."""

    message = "You have three open requests already. Withdraw one of them, or wait for an answer."

    def __init__(self, oldest: UUID | None = None, *, mentor: str = "") -> None:
        self.oldest = oldest
        super().__init__(
            f"You have three open requests already; the oldest is the one to {mentor}. Withdraw one, or wait."
            if mentor
            else None
        )


class AlreadyAsking(DomainError):
    """One open request a mentor; `booking_id` is that one."""

    message = "You have an open request with this mentor already."

    def __init__(self, booking_id: UUID | None = None) -> None:
        self.booking_id = booking_id
        super().__init__()


class TooManyRequestsThisWeek(DomainError):
    """Ten requests within seven days."""

    message = "You have sent ten requests within a week; that is as many as one may. Please wait a few days."


class MentorHasEnoughRequests(DomainError):
    """The mentor's own cap of requests a week is reached."""

    message = "This mentor takes no more requests this week. Please come back in a few days."


class NeedsAnswer(DomainError):
    """A time the mentor is to be asked for cannot be booked at once."""

    message = "This mentor answers requests first, so this time cannot be booked at once."


class AlreadyAnswered(DomainError):
    """The request was answered before, and otherwise than now."""

    message = "This request is already answered."


class RequestOver(DomainError):
    """The request lapsed or was withdrawn."""

    message = "This request is over; the time is free again."


class AlreadyAskedBack(DomainError):
    """One question a request."""

    message = "You have already asked a question about this request. Accept or decline it next."


class NothingAsked(DomainError):
    """There is no question to reply to, or the reply was sent before."""

    message = "There is no open question to reply to."


class RoomClosed(DomainError):
    """The room is not open now, or not for this person."""

    message = "There is no such room."


class NotMovable(DomainError):
    """The session is over, called off, begins too soon, or is a seat among several."""

    message = "The time of this session can no longer be changed."


class TooLateToMove(NotMovable):
    """Less than two hours are left before the start."""

    message = "A new time can be proposed until two hours before the start. You can still cancel."


class NoMovesLeft(DomainError):
    """This side has proposed as many accepted moves as there are."""

    def __init__(self, moves: int) -> None:
        super().__init__(f"This session has moved {moves} times on this side already, which is all there are.")


class OtherSideProposed(DomainError):
    """There is an open proposal of the other side to answer first."""

    message = "There is a proposal for you to answer first."


class ProposalOver(DomainError):
    """The proposal was answered, withdrawn, replaced, or ran out."""

    message = "This proposal is no longer open. The session keeps its present time."


class MoveTimeTaken(DomainError):
    """The proposed time is not free any more; the session stays where it is."""

    message = "That time is no longer free, so the session keeps its present time. Please choose another one."


class BadProposal(DomainError):
    """The proposal names no time, too many, or one that is not free."""

    message = "Please choose one to three times that are free."


class TooManyLines(DomainError):
    """Five lines at once."""

    message = "You wait for five offerings already. Leave one of those lines to join this one."


class OfferAwaitsYou(DomainError):
    """A time is kept for this person right now."""

    message = "A time is kept for you right now. Book it or give it back first."


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
