"""A modal dialog on the browser's own element: focus inside, Escape closes, focus returns."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.button import icon_button
from mentorhub.components.script import script
from mentorhub.components.values import Flag, Handler, Text

_SCRIPT = script("dialog.jsx")


class _ModalDialog(rx.Component):
    library = _SCRIPT
    tag = "ModalDialog"

    open: rx.Var[bool]
    labelledby: rx.Var[str]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


def dialog(
    *body: rx.Component,
    name: str,
    title: Text,
    is_open: Flag,
    on_close: Handler,
    actions: list[rx.Component],
    is_long: bool = False,
) -> rx.Component:
    """A question that must be answered before going on; the safe action comes first in `actions`.

    `on_close` runs for Escape, the cross and a press outside, and should clear what `is_open` shows. One that
    `is_long` keeps its actions in sight while the rest scrolls.
    """
    head = rx.el.div(
        rx.el.h2(title, id=f"{name}-title"),
        icon_button("x", "Close", on_click=on_close, class_name="dialog-close"),
        class_name="dialog-head",
    )
    return _ModalDialog.create(
        rx.el.div(head, *body, rx.el.div(*actions, class_name="dialog-foot"), class_name="dialog-body"),
        open=is_open,
        on_close=on_close,
        labelledby=f"{name}-title",
        class_name="dialog dialog-long" if is_long else "dialog",
    )
