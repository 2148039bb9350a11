"""Refusals around a held time and its payment, each a sentence for a person."""

from collections.abc import Sequence
from datetime import datetime

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


class VerifyFirst(DomainError):
    """An account without a verified address may hold, not pay."""

    message = "Please confirm your e-mail address first; the link is in the mail we sent you."
