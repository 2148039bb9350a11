"""Where one stands in a few steps."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Text


def trail(steps: Sequence[Text], current: int) -> rx.Component:
    """Named steps of which the first `current` are done; `current` equal to their number means all are."""

    def step(place: int, words: Text) -> rx.Component:
        if place < current:
            done = rx.el.span("Done: ", class_name="hidden-text")
            return rx.el.li(rx.el.span(icon("check", "s")), done, words, class_name="done")
        here = {"aria_current": "step"} if place == current else {}
        return rx.el.li(rx.el.span(str(place + 1)), words, **here)

    return rx.el.ol(*(step(place, words) for place, words in enumerate(steps)), class_name="trail", aria_label="Steps")


def progress_steps(done: int, total: int) -> rx.Component:
    """How many of a few questions are answered."""
    return rx.el.div(
        rx.el.div(
            *(rx.el.i(class_name="done" if place < done else "") for place in range(total)),
            class_name="steps",
            role="img",
            aria_label=f"Question {done} of {total}",
        ),
        rx.el.p(f"Question {done} of {total}", class_name="note muted tabular"),
        class_name="ask-steps",
    )
