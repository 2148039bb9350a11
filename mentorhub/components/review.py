"""A review of a meeting that took place, sealed by the minutes both were there."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.field import has_words
from mentorhub.components.mark import seal
from mentorhub.components.portrait import person
from mentorhub.components.rating import stars as star_row
from mentorhub.components.values import Number, Text, when


def review(
    *,
    author: Text,
    about_author: Text,
    portrait_source: Text,
    initials: Text,
    stars: Number,
    words: Text,
    met: Text,
    written: Text,
    reply_from: Text = "",
    reply: Text = "",
) -> rx.Component:
    """One review; `met` is "Met 31 min of 30", `written` a date; the reply is left out when empty."""
    answer = rx.el.div(rx.el.p(rx.el.span(reply_from, " replied", class_name="strong"), " ", reply), class_name="reply")
    return rx.el.li(
        rx.el.div(
            person(author, about_author, source=portrait_source, initials=initials, size="s"),
            star_row(stars),
            class_name="spread",
        ),
        rx.el.p(words, class_name="prose review-words"),
        rx.el.div(seal(met), rx.el.span(written, class_name="note muted"), class_name="row gap-4"),
        when(has_words(reply), answer),
        class_name="review",
    )
