"""Refusals about a mentor's time."""

from mentorhub.domain.common.errors import DomainError


class InvalidSlotRequest(DomainError):
    """A question for start times that is malformed anywhere, also in parts its range would never touch."""

    message = "This question for start times is not valid."
