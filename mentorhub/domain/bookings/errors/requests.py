"""Refusals around a request and its answer, each a sentence for a person."""

from uuid import UUID

from mentorhub.domain.common.errors import DomainError


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
