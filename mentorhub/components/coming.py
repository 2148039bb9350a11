"""Who said they are coming, in the day before a session."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.button import button
from mentorhub.components.icon import icon
from mentorhub.components.values import Flag, Handler, Text, when


def coming_line(*, other: Text, i_come: Flag, other_comes: Flag, on_say: Handler) -> rx.Component:
    """The tap that says one is coming, and what both have said; it is told to screen readers when it changes."""
    said = rx.el.span(icon("circle-check", "s"), "You said you are coming.", class_name="success-text row gap-2")
    theirs = rx.el.span(icon("circle-check", "s"), other, " is coming.", class_name="success-text row gap-2")
    waits = rx.el.span(other, " has not said so yet.", class_name="muted")
    return rx.el.div(
        when(i_come, rx.fragment(), button("I'm coming", kind="soft", icon_name="check", on_click=on_say)),
        rx.el.div(when(i_come, said), when(other_comes, theirs, waits), class_name="small row gap-4", role="status"),
        class_name="row gap-4",
    )
