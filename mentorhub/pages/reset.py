"""`/reset?token=`: the page a reset link leads to."""

import reflex as rx

from mentorhub.components.sections.entry import entry_narrow, reset_form
from mentorhub.pages.frame import framed
from mentorhub.pages.route import Route
from mentorhub.state.entry import EntryState


def page() -> rx.Component:
    """A new password, or the way to a fresh link."""
    form = reset_form(
        token=EntryState.token,
        password_error=EntryState.errors["password"],
        failure=EntryState.errors[""],
    )
    again = rx.el.p("The link is too old? ", rx.el.a("Ask for a new one", href="/forgot"), ".", class_name="small")
    return framed(
        entry_narrow(
            "Choose a new password",
            "Every browser that is signed in to your account is signed out then.",
            form,
            again,
        )
    )


ROUTE = Route(
    page=page,
    path="/reset",
    title="New password | MentorHub",
    description="Choose a new password for your MentorHub account with the link from your mail.",
    on_load=(EntryState.load("reset"),),
)
