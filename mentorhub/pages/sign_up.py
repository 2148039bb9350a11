"""`/sign-up`: one account to find mentors and to be one."""

import reflex as rx

from mentorhub.components.sections.entry import entry_wide, sign_up_form, why_join
from mentorhub.pages.frame import framed
from mentorhub.pages.route import Route
from mentorhub.state.entry import EntryState
from mentorhub.state.viewer import ViewerState


def page() -> rx.Component:
    """The form, and beside it why people join."""
    form = sign_up_form(
        name=EntryState.kept["name"],
        email=EntryState.kept["email"],
        name_error=EntryState.errors["name"],
        email_error=EntryState.errors["email"],
        password_error=EntryState.errors["password"],
        failure=EntryState.errors[""],
        hidden={"next": EntryState.next, "as": EntryState.hat, "zone": ViewerState.zone},
    )
    sign_in = rx.cond(EntryState.next != "", f"/sign-in?next={EntryState.quoted_next}", "/sign-in")
    return framed(
        entry_wide(
            "Create your account",
            "One account to find mentors and to be one. Looking around stays free.",
            form,
            rx.el.p("Have an account? ", rx.el.a("Sign in", href=sign_in), ".", class_name="small"),
            side=why_join(),
        )
    )


ROUTE = Route(
    page=page,
    path="/sign-up",
    title="Create your account | MentorHub",
    description="One MentorHub account to meet people who took the step before you, and to be that person for others.",
    on_load=(EntryState.load("sign-up"),),
)
