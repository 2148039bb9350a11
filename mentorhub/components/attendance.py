"""Attendance as dots, never as a score, and never without its count in words."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.values import Text, Texts, each


def attendance_dots(recent: Texts, words: Text | rx.Component, spoken: Text = "Recent sessions") -> rx.Component:
    """The latest sessions, oldest first, each "attended", "absent" or "unknown"; `words` is the count."""

    def draw(outcome: Any) -> rx.Component:
        return rx.el.i(class_name=outcome)

    return rx.el.span(
        rx.el.span(each(recent, draw), class_name="dots", role="img", aria_label=spoken),
        rx.el.span(words),
        class_name="attendance",
    )
