"""`/confirm-email?token=`: the new address says yes, or the old one is put back."""

import reflex as rx

from mentorhub.components.sections.entry import entry_narrow, one_button_form
from mentorhub.pages.frame import framed
from mentorhub.pages.route import Route
from mentorhub.state.entry import EntryState


def page() -> rx.Component:
    """One button."""
    form = one_button_form(
        act="Use this address",
        action="/auth/confirm-email",
        hidden={"token": EntryState.token},
        failure=EntryState.errors[""],
    )
    return framed(
        entry_narrow("Use this address for your account?", "We write to the address of this mail from then on.", form)
    )


ROUTE = Route(
    page=page,
    path="/confirm-email",
    title="Confirm your new address | MentorHub",
    description="Confirm the new address of your MentorHub account with the link from your mail.",
    on_load=(EntryState.load("confirm-email"),),
)
