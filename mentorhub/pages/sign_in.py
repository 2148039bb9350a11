"""`/sign-in`: address, password, and back to where one was."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.sections.entry import entry_narrow, sign_in_form
from mentorhub.pages.frame import framed
from mentorhub.pages.route import Route
from mentorhub.state.entry import EntryState


def _said() -> rx.Component:
    return rx.cond(EntryState.notice != "", banner(EntryState.notice, tone="success"), rx.fragment())


def page() -> rx.Component:
    """The form and the way to an account."""
    form = sign_in_form(email=EntryState.kept["email"], failure=EntryState.errors[""], hidden={"next": EntryState.next})
    sign_up = rx.cond(EntryState.next != "", f"/sign-up?next={EntryState.quoted_next}", "/sign-up")
    lead = rx.cond(EntryState.next != "", "You come straight back to where you were.", "Good to see you again.")
    return framed(
        entry_narrow(
            "Sign in",
            lead,
            _said(),
            form,
            rx.el.p("New here? ", rx.el.a("Create an account", href=sign_up), ".", class_name="small"),
        )
    )


ROUTE = Route(
    page=page,
    path="/sign-in",
    title="Sign in | MentorHub",
    description="Sign in to MentorHub to hold a time, join a session or see how far your goals have come.",
    on_load=(EntryState.load("sign-in"),),
)
