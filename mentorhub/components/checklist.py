"""Action items: what to do next, from which meeting, until when."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Flag, Handler, Text, given


def due_mark(words: Text, tone: Literal["plain", "today", "late"] = "plain") -> rx.Component:
    """Until when something is due; today and late have an icon beside their colour."""
    classes = {"plain": "due", "today": "due due-today", "late": "due due-late"}
    icons = {"plain": "", "today": "clock", "late": "circle-alert"}
    return rx.el.span(icon(icons[tone]) if icons[tone] else "", words, class_name=classes[tone])


def action_item(
    *,
    item_id: Text,
    title: Text,
    source: Text,
    due: Text | rx.Component,
    is_done: Flag,
    on_toggle: Handler | None = None,
    disabled: Flag = False,
    **attributes: Any,
) -> rx.Component:
    """One thing to do with its box; `source` says where it comes from, `due` is a word or `due_mark`."""
    name = f"item-{item_id}"
    box = rx.el.input(
        type="checkbox",
        id=name,
        checked=is_done,
        disabled=disabled,
        **given(on_change=on_toggle),
        **attributes,
    )
    return rx.el.li(
        box,
        rx.el.label(title, html_for=name),
        due if isinstance(due, rx.Component) else rx.el.span(due, class_name="due"),
        rx.el.span(source, class_name="from"),
    )


def action_list(*items: rx.Component) -> rx.Component:
    """A list of action items."""
    return rx.el.ul(*items, class_name="todo")
