"""When the room of a session lets people in, and when they can say that they come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

DOORS_OPEN_BEFORE = timedelta(minutes=15)
DOORS_CLOSE_AFTER = timedelta(minutes=15)
COMING_IS_ASKED_BEFORE = timedelta(hours=24)


@dataclass(frozen=True)
class Door:
    """When the room lets its two people in."""

    opens_at: datetime
    closes_at: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether one may go in at `now`; the closing instant is already too late."""
        return self.opens_at <= now < self.closes_at


def door(starts_at: datetime, ends_at: datetime) -> Door:
    """The room opens 15 minutes before the start and closes 15 after the end (PRODUCT.md E1)."""
    return Door(starts_at - DOORS_OPEN_BEFORE, ends_at + DOORS_CLOSE_AFTER)


def may_say_coming(starts_at: datetime, now: datetime) -> bool:
    """Whether "I'm coming" can be said: from 24 hours before the start until the start (PRODUCT.md D20)."""
    return starts_at - COMING_IS_ASKED_BEFORE <= now < starts_at
