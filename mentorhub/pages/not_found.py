"""The page for addresses that lead nowhere."""

import reflex as rx

from mentorhub.pages.route import Route


def page() -> rx.Component:
    """A friendly dead end with a way on."""
    return rx.el.main(
        rx.el.h1("There is no page here"),
        rx.el.p("The address may be old or mistyped. Nothing of yours is lost."),
        rx.el.a("Find a mentor", href="/mentors"),
    )


ROUTE = Route(
    page=page,
    path="404",
    title="No page here | MentorHub",
    description="This address leads nowhere on MentorHub.",
)
