"""Refusals of the notifications."""

from mentorhub.domain.common.errors import DomainError


class MailNotSent(DomainError):
    """The mail server did not take a mail; nothing says it never will."""

    message = "The mail could not be sent just now. We keep trying."


class KindIsRequired(DomainError):
    """Somebody tries to switch off what must reach them."""

    message = "This kind cannot be switched off."
