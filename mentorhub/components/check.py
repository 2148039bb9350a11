"""Boxes to tick, switches, and choices that are pressed as a whole."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.values import Flag, Handler, Text, either, given


def check(
    label: Text | rx.Component,
    *,
    checked: Flag | None = None,
    on_change: Handler | None = None,
    count: Any | None = None,
    name: str | None = None,
    class_name: str = "",
    **attributes: Any,
) -> rx.Component:
    """A box to tick; `count` is how many results it would leave, shown at the end of the line."""
    return rx.el.label(
        rx.el.input(type="checkbox", **given(checked=checked, on_change=on_change, name=name), **attributes),
        label,
        rx.el.span(count, class_name="count") if count is not None else "",
        class_name=f"check {class_name}".strip(),
    )


def switch(
    label: Text | rx.Component,
    *,
    checked: Flag | None = None,
    on_change: Handler | None = None,
    name: str | None = None,
    **attributes: Any,
) -> rx.Component:
    """A switch that acts at once, unlike a box that waits for the form."""
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            role="switch",
            aria_checked=either(checked, "true", "false") if checked is not None else None,
            **given(checked=checked, on_change=on_change, name=name),
            **attributes,
        ),
        label,
        class_name="switch",
    )


def choice(
    label: Text,
    note: Text | None = None,
    *,
    group: str,
    value: Text,
    checked: Flag | None = None,
    on_change: Handler | None = None,
    **attributes: Any,
) -> rx.Component:
    """One of several answers, of which exactly one holds; the whole panel can be pressed."""
    return rx.el.label(
        rx.el.input(type="radio", name=group, value=value, **given(checked=checked, on_change=on_change), **attributes),
        rx.el.span(
            rx.el.b(label, class_name="strong"),
            rx.el.span(note, class_name="note muted block") if note is not None else "",
            class_name="small",
        ),
        class_name="choice",
    )
