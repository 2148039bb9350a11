"""The page for addresses that lead nowhere."""

import reflex as rx

from mentorhub.components.button import link_button
from mentorhub.components.icon import icon
from mentorhub.pages.frame import framed
from mentorhub.pages.route import Route


def page() -> rx.Component:
    """A friendly dead end with a way on."""
    return framed(
        rx.el.div(
            rx.el.div(
                rx.el.span(icon("compass", "l"), class_name="brand-text"),
                rx.el.h1("There is no page here"),
                rx.el.p(
                    "The address may be old or mistyped. Nothing of yours is lost.", class_name="muted empty-words"
                ),
                link_button("Find a mentor", href="/mentors", kind="primary"),
                class_name="empty",
            ),
            class_name="page page-medium pt-10",
        )
    )


ROUTE = Route(
    page=page,
    path="404",
    title="No page here | MentorHub",
    description="This address leads nowhere on MentorHub.",
)
