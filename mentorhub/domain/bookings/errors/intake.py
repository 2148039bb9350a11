"""Refusals around an intake, each a sentence for a person."""

from mentorhub.domain.common.errors import DomainError
from mentorhub.domain.common.files import KINDS_TAKEN, LARGEST_FILE, size_words


class IntakeNotWhole(DomainError):
    """The mentor would not know yet what the session is about."""

    message = "Please say first what the session is about."


class FileNotTaken(DomainError):
    """The file is of a kind a mentor could not open, or should not."""

    message = f"This kind of file is not taken. Please send {KINDS_TAKEN}."


class FileTooLarge(DomainError):
    """The file is larger than one may be."""

    message = f"This file is larger than {size_words(LARGEST_FILE)}. Please make it smaller, or send a link to it."


class FileEmpty(DomainError):
    """Nothing is in the file."""

    message = "There is nothing in this file. Please choose another."


class TooManyAttached(DomainError):
    """Links and files together are as many as there may be."""

    message = "An intake has at most three links and files. Remove one to add another."


class TooMuchUnsent(DomainError):
    """What the person keeps for times that are not asked for or paid yet is as much as anybody may keep."""

    message = "Your files for times you have not booked yet are as much as we keep. Remove one to add another."
