"""`/forgot`: a link for a new password, by mail."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.sections.entry import entry_narrow, forgot_form
from mentorhub.pages.frame import framed
from mentorhub.pages.route import Route
from mentorhub.state.entry import EntryState


def page() -> rx.Component:
    """The form; after it the same words for every address."""
    form = forgot_form(
        email=EntryState.kept["email"], email_error=EntryState.errors["email"], failure=EntryState.errors[""]
    )
    sent = banner(EntryState.notice, tone="success")
    return framed(
        entry_narrow(
            "Choose a new password",
            "Tell us your address and we mail you a link. It works for an hour.",
            rx.cond(EntryState.notice != "", sent, rx.fragment()),
            form,
            rx.el.p("Remembered it? ", rx.el.a("Sign in", href="/sign-in"), ".", class_name="small"),
        )
    )


ROUTE = Route(
    page=page,
    path="/forgot",
    title="Forgotten password | MentorHub",
    description="Get a link by mail to choose a new password for your MentorHub account.",
    on_load=(EntryState.load("forgot"),),
)
