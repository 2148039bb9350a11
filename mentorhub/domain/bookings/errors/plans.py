"""Refusals around an agreed session: calling it off, moving it, coming to it, waiting for one."""

from mentorhub.domain.common.errors import DomainError


class NotCancellable(DomainError):
    """The booking has moved on since the page was shown."""

    message = "This session can no longer be cancelled."


class RefundHasChanged(DomainError):
    """A deadline of the policy passed while the dialog was open, so the sum shown was no longer true."""

    message = "The refund has changed since you opened this. Please look at the new sum before you decide."


class NotTheDayBefore(DomainError):
    """Somebody says they are coming to a session that is further away, over, or no longer agreed."""

    message = "That can be said in the 24 hours before a session."


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
