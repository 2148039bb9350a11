"""Chips: a filter that is on, a suggestion, a plain fact."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Handler, Text


def chip(label: Text) -> rx.Component:
    """A fact that belongs to a person or a thing."""
    return rx.el.span(label, class_name="chip")


def chip_link(label: Text, href: Text) -> rx.Component:
    """A suggestion that leads somewhere."""
    return rx.el.a(label, href=href, class_name="chip chip-plain")


def filter_chip(label: Text, on_remove: Handler) -> rx.Component:
    """A filter that is on, with the button that takes it off."""
    return rx.el.span(
        label,
        rx.el.button(
            icon("x", "s"),
            rx.el.span("Remove filter: ", label, class_name="hidden-text"),
            type="button",
            on_click=on_remove,
        ),
        class_name="chip chip-close",
    )
