"""Reads of the notes: the document, what a notepad may show of it, and action items."""

from mentorhub.domain.notes.queries.document import (
    UpdateView,
    document,
    lines_of,
    open_document,
    text,
    updates_after,
)
from mentorhub.domain.notes.queries.items import (
    ItemView,
    SessionItemsView,
    items_by_session,
    items_kept,
    items_of_booking,
    open_items_of,
)
from mentorhub.domain.notes.queries.notepad import NotepadView, notepad

__all__ = [
    "ItemView",
    "NotepadView",
    "SessionItemsView",
    "UpdateView",
    "document",
    "items_by_session",
    "items_kept",
    "items_of_booking",
    "lines_of",
    "notepad",
    "open_document",
    "open_items_of",
    "text",
    "updates_after",
]
