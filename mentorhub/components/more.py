"""The way to the rest of a long list."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.button import button
from mentorhub.components.values import Flag, Handler, Text, when


def show_more(label: Text, shown: Text, *, has_more: Flag, on_more: Handler, busy: Flag = False) -> rx.Component:
    """A button that adds the next page under the list, and how much is shown so far."""
    return rx.el.div(
        when(has_more, button(label, on_click=on_more, busy=busy)),
        rx.el.p(shown, class_name="note muted", role="status"),
        class_name="stack gap-2 items-center",
    )
