"""Why a mentor fits, and the one honest gap, in the same size."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.field import has_words
from mentorhub.components.icon import icon
from mentorhub.components.values import Text, Texts, each, when


def reason(words: Text | rx.Component) -> rx.Component:
    """One fact that speaks for the match."""
    return rx.el.li(icon("check"), rx.el.span(words), class_name="reason")


def gap(words: Text | rx.Component) -> rx.Component:
    """One fact that speaks against it, or what is not known."""
    return rx.el.li(
        icon("circle-dashed"),
        rx.el.span(rx.el.span("Gap: ", class_name="hidden-text"), words),
        class_name="gap",
    )


def reasons(facts: Texts, missing: Text = "", *, class_name: str = "stack gap-2") -> rx.Component:
    """The reasons of a match followed by its gap; the gap is left out only when nothing is known of one."""

    def draw(words: Any) -> rx.Component:
        return reason(words)

    return rx.el.ul(
        each(facts, draw),
        when(has_words(missing), gap(missing)),
        class_name=class_name,
        aria_label="Why you match",
    )
