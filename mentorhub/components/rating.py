"""Ratings, always with the number of reviews they rest on."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.values import Number, Text, either

_STAR = "M12 2.6l2.9 6 6.5.9-4.7 4.6 1.1 6.5L12 17.5l-5.8 3.1 1.1-6.5L2.6 9.5l6.5-.9z"


def star(class_name: Text = "") -> rx.Component:
    """One star, decorative."""
    return rx.el.svg(rx.el.path(d=_STAR), view_box="0 0 24 24", aria_hidden="true", class_name=class_name)


def rating(average: Text, count: Text) -> rx.Component:
    """The average with the number of reviews it rests on, such as 4.9 (64)."""
    return rx.el.span(
        star(),
        rx.el.span("Rated ", class_name="hidden-text"),
        average,
        rx.el.span(" (", count, rx.el.span(" reviews", class_name="hidden-text"), ")", class_name="count"),
        class_name="rating",
    )


def stars(given: Number) -> rx.Component:
    """Five stars of which `given`, 1 to 5, are full."""
    shapes = [star(either(given >= place, "", "star-off")) for place in range(1, 6)]
    return rx.el.span(*shapes, class_name="rating", role="img", aria_label=f"{given} of 5 stars")
