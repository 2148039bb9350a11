"""Ticking an action item outside the notes; its line in the notes is ticked with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pycrdt import Doc, Text
from sqlmodel import Session

from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.notes.errors import NotYourItem
from mentorhub.domain.notes.models import ActionItem
from mentorhub.domain.notes.queries.document import TEXT, lines_of, open_document, pieces_of, updates_after
from mentorhub.domain.notes.rules import locks_at
from mentorhub.domain.notes.service.updates import keep, lock, squash_above


def tick(db: Session, *, item_id: UUID, actor_id: UUID, is_done: bool, now: datetime) -> None:
    """Mark an action item as done or open again; doing it twice changes nothing.

    Raises NotFound for an item that is gone or concerns neither of the two, NotYourItem for the other person.
    """
    item = db.get(ActionItem, item_id)
    booking = lock(db, item.booking_id) if item is not None else None
    if item is None or booking is None or actor_id not in (booking.mentor_id, booking.mentee_id):
        raise NotFound
    db.refresh(item)
    if item.removed_at is not None:
        raise NotFound
    if item.owner_id != actor_id:
        raise NotYourItem
    if (item.done_at is not None) == is_done:
        return
    item.done_at = now if is_done else None
    if booking.status is not Status.CANCELLED and now < locks_at(booking.ends_at):
        _tick_line(db, booking, item, now)
    topics.announce(db, topics.booking(booking.id), topics.person(booking.mentor_id), topics.person(booking.mentee_id))


def _tick_line(db: Session, booking: Booking, item: ActionItem, now: datetime) -> None:
    kept = updates_after(db, booking_id=booking.id)
    doc = open_document(kept)
    line = next((line for line in lines_of(doc) if line.key == item.line_key), None)
    if line is None or line.wish.is_done == (item.done_at is not None):
        return
    added: list[bytes] = []
    watching = doc.observe(lambda event: added.append(event.update))
    _write_mark(doc, line.at, "x" if item.done_at is not None else " ")
    doc.unobserve(watching)
    keep(db, booking.id, item.owner_id, added[0], now=now)
    squash_above(db, booking.id, doc, len(kept) + 1, item.owner_id, now=now)


def _write_mark(doc: Doc[Any], bracket: int, mark: str) -> None:
    """Put `mark` between the brackets; in "[]" there is nothing to take away."""
    words, _ = pieces_of(doc)
    written, place = doc.get(TEXT, type=Text), len(words[: bracket + 1].encode())
    with doc.transaction():
        if words[bracket + 1] != "]":
            del written[place : place + 1]
        written.insert(place, mark)
