"""Verbs of the feeds: each person decides whether theirs can be read, and where."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.scheduling.models import CalendarFeed, FeedKind


def renew_feed(db: Session, *, user_id: UUID, kind: FeedKind, now: datetime) -> None:
    """Give the feed an address no one knows yet; the address before it answers nothing any more."""
    feed = db.get(CalendarFeed, (user_id, kind), with_for_update=True)
    if feed is None:
        db.add(CalendarFeed(user_id=user_id, kind=kind, created_at=now))
        return
    feed.generation += 1
    feed.is_on = True
    feed.created_at = now


def close_feed(db: Session, *, user_id: UUID, kind: FeedKind) -> None:
    """Make the feed's address answer nothing; the next one will be another."""
    feed = db.get(CalendarFeed, (user_id, kind), with_for_update=True)
    if feed is not None:
        feed.is_on = False
