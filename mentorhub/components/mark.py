"""The two rings that overlap: our mark, and the seal where two people met."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.values import Text


def mark() -> rx.Component:
    """The mark alone, decorative."""
    return rx.el.svg(
        rx.el.path(class_name="lens", d="M17 3.5A9.3 9.3 0 0 1 17 18.5 9.3 9.3 0 0 1 17 3.5Z"),
        rx.el.circle(class_name="ring", cx="11.5", cy="11", r="9.3"),
        rx.el.circle(class_name="ring", cx="22.5", cy="11", r="9.3"),
        class_name="brand-mark",
        view_box="0 0 34 22",
        aria_hidden="true",
    )


def brand() -> rx.Component:
    """The mark with our name, leading to the first page."""
    return rx.el.a(mark(), "MentorHub", class_name="brand", href="/")


def seal(words: Text) -> rx.Component:
    """The seal of a meeting that took place, with the fact in words, such as "Met 31 min of 30"."""
    return rx.el.span(
        rx.el.svg(
            rx.el.path(class_name="lens", d="M13 1.94a7 7 0 0 1 0 12.12 7 7 0 0 1 0-12.12Z"),
            rx.el.circle(class_name="ring", cx="9.5", cy="8", r="7"),
            rx.el.circle(class_name="ring", cx="16.5", cy="8", r="7"),
            view_box="0 0 26 16",
            aria_hidden="true",
        ),
        words,
        class_name="seal",
    )
