"""Files to choose or to drop, sent as they are chosen, with how far each is and why one was not taken."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.script import script
from mentorhub.components.values import Handler, Items, Number, Text
from mentorhub.domain.bookings.errors import FileEmpty, FileNotTaken, FileTooLarge, TooManyAttached
from mentorhub.domain.common.files import ENDINGS_TAKEN, KINDS_TAKEN, LARGEST_FILE, size_words

_SCRIPT = script("file_field.jsx")


class _FileField(rx.Component):
    library = _SCRIPT
    tag = "FileField"

    name: rx.Var[str]
    label: rx.Var[str]
    note: rx.Var[str]
    hint: rx.Var[str]
    files: rx.Var[list]
    room: rx.Var[int]
    address: rx.Var[str]
    largest: rx.Var[int]
    endings: rx.Var[list]
    empty: rx.Var[str]
    too_large: rx.Var[str]
    wrong_kind: rx.Var[str]
    too_many: rx.Var[str]
    on_sent: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]
    on_remove: rx.EventHandler[rx.event.passthrough_event_spec(str)]  # type: ignore[type-arg, valid-type]


def file_field(
    name: str,
    label: Text,
    *,
    note: Text,
    files: Items,
    room: Number,
    address: Text,
    on_sent: Handler,
    on_remove: Handler,
) -> rx.Component:
    """Up to `room` more files are posted to `address`; each of `files` has `file_id`, `name`, `words`, `is_picture`.

    `on_sent` runs after each that was sent, taken or not; `on_remove` is called with the id of one.
    """
    return _FileField.create(
        name=name,
        label=label,
        note=note,
        hint=f"{KINDS_TAKEN}, {size_words(LARGEST_FILE)} at most.",
        files=files,
        room=room,
        address=address,
        largest=LARGEST_FILE,
        endings=list(ENDINGS_TAKEN),
        empty=FileEmpty.message,
        too_large=FileTooLarge.message,
        wrong_kind=FileNotTaken.message,
        too_many=TooManyAttached.message,
        on_sent=on_sent,
        on_remove=on_remove,
    )
