"""Refusals of the marketplace, each a sentence for a person."""

from collections.abc import Sequence

from mentorhub.domain.common.errors import DomainError, FieldError


class NotReadyToOpen(DomainError):
    """The tag stays off; `missing` names what has to be there first, in the order of the checklist."""

    message = "You cannot open for mentorship yet."

    def __init__(self, missing: Sequence[str] = ()) -> None:
        self.missing = tuple(missing)
        super().__init__(f"Before you open for mentorship, {_joined(missing)}." if missing else None)


class CurrencyInUse(FieldError):
    """A mentor who has sold a session keeps the currency."""

    def __init__(self) -> None:
        super().__init__("currency", "Your currency is settled with your first booking and cannot change now.")


def _joined(steps: Sequence[str]) -> str:
    if len(steps) == 1:
        return steps[0]
    return f"{', '.join(steps[:-1])} and {steps[-1]}"
