"""The bell in the header: the way to what one was told, and how much of it is unread."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.field import has_words
from mentorhub.components.icon import icon
from mentorhub.components.values import Text, when


def bell(unread: Text) -> rx.Component:
    """A link to the notices; `unread` is a number in words such as "3" or "99+", empty when all is read."""
    news = rx.fragment(
        rx.el.span(unread, class_name="count", aria_hidden="true"),
        rx.el.span(", ", unread, " unread", class_name="hidden-text"),
    )
    return rx.el.a(
        icon("bell"),
        rx.el.span("Notices", class_name="hidden-text"),
        when(has_words(unread), news),
        href="/notices",
        class_name="button button-icon bell",
    )
