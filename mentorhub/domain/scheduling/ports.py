"""The calendars of others as scheduling needs them: a copy by address, or a sentence why there is none."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class CalendarCopy:
    """What an address answered; `content` is `None` when nothing changed since `mark` was given out."""

    content: bytes | None
    mark: str


class CalendarFetcher(Protocol):
    """Fetches a calendar from a public address, and from nowhere inside our own network."""

    def fetch(self, address: str, *, mark: str = "") -> CalendarCopy:
        """The calendar at `address`, unless it is the one `mark` stands for; raises CalendarUnreadable."""
        ...
