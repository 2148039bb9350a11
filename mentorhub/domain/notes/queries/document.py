"""The shared document of a booking, put together from its updates."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pycrdt import Doc, Map, Text
from sqlmodel import Session, col, select

from mentorhub.domain.notes.models import NoteUpdate
from mentorhub.domain.notes.rules import Line, read_lines

TEXT = "notes"
AUTHORS = "authors"
ITEM = "item"
SERVER = 1
"""The server's own client number: it writes only while it holds the booking's lock, so the number is never
used twice at once."""
_ONE_BYTE = "\x1a"


@dataclass(frozen=True)
class UpdateView:
    """One kept update: its place in the order of arrival, and its bytes."""

    id: int
    content: bytes


def updates_after(db: Session, *, booking_id: UUID, after: int = 0) -> tuple[UpdateView, ...]:
    """The updates of a booking that were kept after the one numbered `after`."""
    rows = db.exec(
        select(NoteUpdate)
        .where(NoteUpdate.booking_id == booking_id, col(NoteUpdate.id) > after)
        .order_by(col(NoteUpdate.id))
    )
    return tuple(UpdateView(row.id or 0, row.content) for row in rows)


def open_document(updates: tuple[UpdateView, ...]) -> Doc[Any]:
    """A document with `updates` in it, ready for the server to write in."""
    doc: Doc[Any] = Doc(client_id=SERVER)
    doc.get(TEXT, type=Text)
    doc.get(AUTHORS, type=Map)
    with doc.transaction():
        for update in updates:
            doc.apply_update(update.content)
    return doc


def document(db: Session, *, booking_id: UUID) -> bytes:
    """Everything in the notes of a booking as one update; an empty document when nothing was written."""
    return open_document(updates_after(db, booking_id=booking_id)).get_update()


def text(db: Session, *, booking_id: UUID) -> str:
    """The words of the notes of a booking."""
    return pieces_of(open_document(updates_after(db, booking_id=booking_id)))[0]


def pieces_of(doc: Doc[Any]) -> tuple[str, dict[int, str]]:
    """The words of a document, and the names of action items by the position of the bracket that bears them.

    What is no text (a crafted embed) stands as one character, so that positions stay true.
    """
    words: list[str] = []
    keys: dict[int, str] = {}
    at = 0
    for piece, marks in doc.get(TEXT, type=Text).diff():
        part = piece if isinstance(piece, str) else _ONE_BYTE
        key = (marks or {}).get(ITEM)
        if isinstance(key, str):
            keys[at] = key
        words.append(part)
        at += len(part)
    return "".join(words), keys


def lines_of(doc: Doc[Any]) -> list[Line]:
    """The asking lines of a document, each with the name of its action item when it has one."""
    return read_lines(*pieces_of(doc))
