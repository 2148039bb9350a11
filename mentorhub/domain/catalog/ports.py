"""What the catalog must be told by those above it: the least a paid session may cost."""

from datetime import date
from typing import Protocol

from mentorhub.domain.common.money import Money


class PriceFloor(Protocol):
    """The least a paid session may cost; `payments.rules.smallest_price` is the one in use."""

    def __call__(self, currency: str, *, on: date) -> Money:
        """The smallest price in `currency` on that day; raises a DomainError when it is not offered."""
        ...
