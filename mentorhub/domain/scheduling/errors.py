"""Refusals about a mentor's time."""

from mentorhub.domain.common.errors import DomainError


class InvalidSlotRequest(DomainError):
    """A question for start times that is malformed anywhere, also in parts its range would never touch."""

    message = "This question for start times is not valid."


class CalendarUnreadable(DomainError):
    """A calendar elsewhere could not be read; the message says why, to the mentor who added it."""

    message = "The calendar could not be read."
