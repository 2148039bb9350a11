"""Named refusals of the notes."""

from mentorhub.domain.common.errors import DomainError, NotAllowed


class NotesLocked(DomainError):
    """Seven days after the session its notes stay as they are (PRODUCT.md E3)."""

    message = "These notes were locked seven days after the session and can still be read."


class NotesNotOpen(DomainError):
    """The booking was called off, so its notes are only read."""

    message = "This session was called off, so its notes can only be read."


class BrokenUpdate(DomainError):
    """What a page sent is not an update of a shared document."""

    message = "That change to the notes could not be read, so nothing was changed."


class MissingParts(BrokenUpdate):
    """An update builds on one that never came; whoever sent it must send all it has."""

    message = "That change builds on one that has not arrived, so nothing was changed."


class NotesTooLong(DomainError):
    """An update or the whole document is larger than what notes may hold."""

    message = "These notes are full, so the last change was not saved."


class NotYourItem(NotAllowed):
    """Only the person an action item names ticks it outside the notes."""

    message = "Only the person this item is for can tick it."
