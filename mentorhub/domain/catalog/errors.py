"""Refusals of the catalog, each a sentence for a person."""

from collections.abc import Sequence

from mentorhub.domain.common.errors import DomainError, FieldError


class NotAMentor(DomainError):
    """The account has no mentor profile yet."""

    message = "Start your mentor profile first."


class UnknownExpertise(FieldError):
    """A word outside the vocabulary; `nearest` are up to three names that are in it."""

    def __init__(self, word: str, nearest: Sequence[str]) -> None:
        self.word = word
        self.nearest = tuple(nearest)
        hint = f" Did you mean {_listed(nearest)}?" if nearest else " Try a shorter or more common word."
        super().__init__("expertise", f"We do not know “{word}” as an area yet.{hint}")


class TooManyOfferings(DomainError):
    """A mentor may keep only so many active offerings."""

    message = "You have twelve active offerings, the most we show. Switch one off first."


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
