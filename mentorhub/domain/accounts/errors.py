"""Refusals of the accounts."""

from mentorhub.domain.common.errors import DomainError


class WrongCredentials(DomainError):
    """E-mail and password do not belong together; which of the two is wrong is never said."""

    message = "That email and password do not match an account."


class LinkSpent(DomainError):
    """A one-time link is unknown, was used before, or is too old."""

    message = "This link was used before or is too old. Please ask for a new one."


class AddressTaken(DomainError):
    """An address was taken by another account between the request and its confirmation."""

    message = "That address belongs to another account now, so yours stays as it is."


class TooManyTries(DomainError):
    """Something was tried too often; `minutes` says, rounded up, when to try again."""

    message = "That was tried too often. Please try again in a few minutes."

    def __init__(self, minutes: int = 0) -> None:
        self.minutes = minutes
        if minutes < 1:
            super().__init__()
            return
        unit = "minute" if minutes == 1 else "minutes"
        super().__init__(f"That was tried too often. Please try again in {minutes} {unit}.")
