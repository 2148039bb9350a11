"""Saying what a session was like: one to five stars and a few sentences."""

from __future__ import annotations

from typing import Final

import reflex as rx

from mentorhub.components.button import button
from mentorhub.components.field import error_line, text_area
from mentorhub.components.mark import seal
from mentorhub.components.rating import star
from mentorhub.components.values import Flag, Handler, Text

_WORDS: Final = ("Poor", "Fair", "Good", "Very good", "Excellent")


def star_pick(name: str, legend: Text, *, error: Text = "") -> rx.Component:
    """Five stars to choose from, each a radio of its own, so that arrow keys work."""

    def one(value: int) -> rx.Component:
        spoken = f"{value} {'star' if value == 1 else 'stars'}, {_WORDS[value - 1].lower()}"
        return rx.el.label(
            rx.el.input(type="radio", name=name, value=str(value), required=True),
            star(),
            rx.el.span(spoken, class_name="hidden-text"),
        )

    return rx.el.fieldset(
        rx.el.legend(legend, class_name="label"),
        rx.el.div(*(one(value) for value in range(1, 6)), class_name="starpick"),
        error_line(name, error),
    )


def review_form(
    *,
    mentor: Text,
    met: Text,
    on_submit: Handler,
    stars_error: Text = "",
    text_error: Text = "",
    busy: Flag = False,
) -> rx.Component:
    """The form of a review; `met` ("Met 31 min of 30") is the seal it will bear."""
    return rx.el.section(
        rx.el.div(rx.el.h2("How was it with ", mentor, "?", id="review-title"), seal(met), class_name="spread"),
        rx.el.form(
            star_pick("stars", "Your stars", error=stars_error),
            text_area(
                "text",
                "What would you tell someone who is thinking of booking?",
                rows=4,
                hint="20 to 2,000 characters. It stands on the profile under your name.",
                error=text_error,
                max_length=2000,
            ),
            rx.el.div(button("Publish the review", kind="primary", submits=True, busy=busy)),
            class_name="stack gap-6",
            on_submit=on_submit,
            no_validate=True,
        ),
        class_name="card stack gap-6",
        aria_labelledby="review-title",
    )
