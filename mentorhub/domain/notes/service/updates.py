"""Keeping what a page typed: one update in, the document and its action items up to date.

The server writes in the document too: it names the bracket of each action item, so that the line keeps its
item while it is edited, and notes which person each browser belongs to.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from pycrdt import Decoder, Doc, Map, Text, get_update, merge_updates
from sqlmodel import Session, col, delete, func, select

from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.notes.errors import BrokenUpdate, MissingParts, NotesLocked, NotesNotOpen, NotesTooLong
from mentorhub.domain.notes.models import NoteUpdate
from mentorhub.domain.notes.queries.document import (
    AUTHORS,
    ITEM,
    SERVER,
    TEXT,
    lines_of,
    open_document,
    pieces_of,
    updates_after,
)
from mentorhub.domain.notes.queries.notepad import has_notes
from mentorhub.domain.notes.rules import LARGEST_DOCUMENT, LARGEST_UPDATE, SQUASH_ABOVE, locks_at
from mentorhub.domain.notes.service.reconcile import reconcile


def apply_update(db: Session, *, booking_id: UUID, author_id: UUID, update: bytes, now: datetime) -> None:
    """Keep one update of a booking's notes and bring its action items in line.

    An update that holds nothing new changes nothing. Raises NotFound for anyone but the two people,
    NotesLocked, NotesNotOpen, BrokenUpdate, MissingParts or NotesTooLong; none of these changes anything.
    """
    booking = _writable(db, booking_id, author_id, now)
    if len(update) > LARGEST_UPDATE:
        raise NotesTooLong
    kept = updates_after(db, booking_id=booking_id)
    doc = open_document(kept)
    before, was, known = doc.get_update(), lines_of(doc), state_of(doc)
    authors: dict[str, Any] = doc.get(AUTHORS, type=Map).to_py() or {}
    _merge(doc, update)
    if doc.get_update() == before:
        return
    added: list[bytes] = []
    watching = doc.observe(lambda event: added.append(event.update))
    with doc.transaction():
        _sign(doc, authors, known, author_id)
        names, changed = reconcile(db, booking, was, lines_of(doc), now=now)
        _name_lines(doc, names)
    doc.unobserve(watching)
    if len(doc.get_update()) > LARGEST_DOCUMENT:
        raise NotesTooLong
    keep(db, booking_id, author_id, merge_updates(update, *added), now=now)
    squash_above(db, booking_id, doc, len(kept) + 1, author_id, now=now)
    if changed:
        topics.announce(
            db, topics.booking(booking_id), topics.person(booking.mentor_id), topics.person(booking.mentee_id)
        )


def _writable(db: Session, booking_id: UUID, author_id: UUID, now: datetime) -> Booking:
    booking = lock(db, booking_id)
    if booking is None or author_id not in (booking.mentor_id, booking.mentee_id) or not has_notes(booking):
        raise NotFound
    if booking.status is Status.CANCELLED:
        raise NotesNotOpen
    if now >= locks_at(booking.ends_at):
        raise NotesLocked
    return booking


def lock(db: Session, booking_id: UUID) -> Booking | None:
    """The booking, locked until the transaction ends: one writer of its notes at a time."""
    return db.exec(select(Booking).where(Booking.id == booking_id).with_for_update()).first()


def _merge(doc: Doc[Any], update: bytes) -> None:
    try:
        doc.apply_update(update)
        doc.get_update()
    except ValueError:
        raise BrokenUpdate from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise BrokenUpdate from None
    if not _is_whole(doc, update):
        raise MissingParts


def _is_whole(doc: Doc[Any], update: bytes) -> bool:
    """Whether all of `update` found its place: a document leaves out what it cannot place when it is kept.

    What is left of the update beyond the document's state must be no insertion, and no deletion of unknown
    text (the update format of Yjs, version 1: insertions by client, then ranges deleted by client).
    """
    state, left = state_of(doc), Decoder(get_update(update, doc.get_state()))
    if left.read_var_uint() != 0:
        return False
    for _ in range(left.read_var_uint()):
        known = state.get(left.read_var_uint(), 0)
        for _ in range(left.read_var_uint()):
            if left.read_var_uint() + left.read_var_uint() > known:
                return False
    return True


def state_of(doc: Doc[Any]) -> dict[int, int]:
    """How much of each browser's writing a document holds, by the browser's client number."""
    state = Decoder(doc.get_state())
    return {state.read_var_uint(): state.read_var_uint() for _ in range(state.read_var_uint())}


def _sign(doc: Doc[Any], authors: dict[str, Any], known: dict[int, int], author_id: UUID) -> None:
    """Who wrote what is the server's word: new browsers are the sender's, and older entries stay."""
    signed = doc.get(AUTHORS, type=Map)
    right = authors | {str(client): str(author_id) for client in state_of(doc).keys() - known - {SERVER}}
    now_there: dict[str, Any] = signed.to_py() or {}
    for client, person in right.items():
        if now_there.get(client) != person:
            signed[client] = person


def _name_lines(doc: Doc[Any], names: dict[int, str]) -> None:
    if not names:
        return
    written = doc.get(TEXT, type=Text)
    words, _ = pieces_of(doc)
    for at, key in names.items():
        place = len(words[:at].encode())
        written.format(place, place + 1, {ITEM: key})


def keep(db: Session, booking_id: UUID, author_id: UUID, content: bytes, *, now: datetime) -> None:
    """Add one update to a booking's notes, and tell the open notepads once it is kept."""
    db.add(NoteUpdate(booking_id=booking_id, author_id=author_id, content=content, at=now))
    db.flush()
    topics.announce(db, topics.notes_of(booking_id))


def squash_above(db: Session, booking_id: UUID, doc: Doc[Any], rows: int, author_id: UUID, *, now: datetime) -> None:
    """Put all updates of a booking's notes into one row once there are more than SQUASH_ABOVE.

    Whoever reads after any older row finds everything in the new one.
    """
    if rows <= SQUASH_ABOVE:
        return
    keep(db, booking_id, author_id, doc.get_update(), now=now)
    newest = db.exec(select(func.max(NoteUpdate.id)).where(NoteUpdate.booking_id == booking_id)).one()
    db.exec(delete(NoteUpdate).where(col(NoteUpdate.booking_id) == booking_id, col(NoteUpdate.id) < newest))
