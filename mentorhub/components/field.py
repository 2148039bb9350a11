"""A labelled input with its hint and, beside it, what is wrong."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Flag, Text, either, when


def has_words(text: Text) -> Flag:
    """Whether a text says anything, as a flag for both kinds of value."""
    return text != "" if isinstance(text, rx.Var) else bool(text)


def error_line(name: str, error: Text) -> rx.Component:
    """What is wrong, under its field and announced when it appears."""
    return rx.el.div(
        when(
            has_words(error),
            rx.el.p(icon("circle-alert", "s"), rx.el.span(error), class_name="error", id=f"{name}-error"),
        ),
        aria_live="polite",
    )


def described(name: str, hint: Text | None, error: Text) -> dict[str, Any]:
    """The attributes that tie an input to its hint and error."""
    hint_id = f"{name}-hint " if hint is not None else ""
    wrong = has_words(error)
    return {
        "aria_invalid": either(wrong, "true", "false"),
        "aria_describedby": either(wrong, f"{hint_id}{name}-error", hint_id.strip()),
    }


def framed(
    name: str,
    label: Text,
    control: rx.Component,
    *,
    hint: Text | None,
    error: Text,
    aside: rx.Component | None,
) -> rx.Component:
    """Label above, control, hint and error under it; `aside` stands at the end of the label's line."""
    head = rx.el.label(label, class_name="label", html_for=name)
    return rx.el.div(
        rx.el.div(head, aside, class_name="spread") if aside is not None else head,
        control,
        rx.el.p(hint, class_name="hint", id=f"{name}-hint") if hint is not None else "",
        error_line(name, error),
        class_name="field",
    )


def field(
    name: str,
    label: Text,
    *,
    kind: str = "text",
    hint: Text | None = None,
    error: Text = "",
    aside: rx.Component | None = None,
    **attributes: Any,
) -> rx.Component:
    """One line of text; `name` is both id and form name, `attributes` go to the input.

    Uncontrolled by default (`default_value`, `on_blur`), so that what was typed stays after a refusal.
    """
    control = rx.el.input(
        id=name, name=name, type=kind, class_name="input", **described(name, hint, error), **attributes
    )
    return framed(name, label, control, hint=hint, error=error, aside=aside)


def text_area(
    name: str,
    label: Text,
    *,
    rows: int = 3,
    hint: Text | None = None,
    error: Text = "",
    aside: rx.Component | None = None,
    **attributes: Any,
) -> rx.Component:
    """Several lines of text that grow with what is written."""
    control = rx.el.textarea(
        id=name, name=name, rows=rows, class_name="textarea", **described(name, hint, error), **attributes
    )
    return framed(name, label, control, hint=hint, error=error, aside=aside)
