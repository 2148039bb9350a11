"""One session as a calendar feed tells it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class FeedEntry:
    """`status` is "CONFIRMED", "TENTATIVE" for a request, or "CANCELLED"; `uid` never changes, `sequence` rises.

    `page` and `room` are paths.
    """

    booking_id: UUID
    uid: str
    sequence: int
    title: str
    status: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    page: str
    room: str
