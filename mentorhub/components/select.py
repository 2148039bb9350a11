"""A choice from a list, with the browser's own menu."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.field import described, framed
from mentorhub.components.values import Items, Text, each


def options(choices: Items) -> rx.Component:
    """Options from items with `value` and `label`, or from plain pairs of the two."""

    def draw(choice: Any) -> rx.Component:
        if isinstance(choice, tuple):
            return rx.el.option(choice[1], value=choice[0])
        return rx.el.option(choice.label, value=choice.value)

    return each(choices, draw)


def select(
    name: str,
    label: Text,
    choices: Items,
    *,
    hint: Text | None = None,
    error: Text = "",
    **attributes: Any,
) -> rx.Component:
    """A labelled select; `choices` are (value, label) pairs, or a var of items with both."""
    control = rx.el.select(
        options(choices),
        id=name,
        name=name,
        class_name="select",
        **described(name, hint, error),
        **attributes,
    )
    return framed(name, label, control, hint=hint, error=error, aside=None)


def small_select(spoken: Text, choices: Items, **attributes: Any) -> rx.Component:
    """A select in a bar, named for screen readers only."""
    return rx.el.select(options(choices), class_name="select input-small w-auto", aria_label=spoken, **attributes)
