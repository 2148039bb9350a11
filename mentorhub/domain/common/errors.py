"""The one tree of refusals: each says, in a sentence for a person, why nothing was changed."""


class DomainError(Exception):
    """A refusal by the business. `message` is one sentence for a person and ends in a full stop."""

    message: str = "That did not work, and nothing was changed."

    def __init__(self, message: str | None = None) -> None:
        self.message = message if message is not None else type(self).message
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


class FieldError(DomainError):
    """A refusal that belongs beside one field of a form; `field` is the name of that field."""

    message = "Please check this field."

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class NotFound(DomainError):
    """What was asked for does not exist, or is not this person's: the two look the same on purpose."""

    message = "We could not find that."


class NotAllowed(DomainError):
    """The person may not do this."""

    message = "You cannot do that with this account."


class StoreAway(DomainError):
    """The store of files does not answer."""

    message = "Files cannot be reached right now. Please try again in a minute."
