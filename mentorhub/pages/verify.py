"""`/verify`: first "look into your mail", then, with the link's token, one button."""

import reflex as rx

from mentorhub.components.button import link_button
from mentorhub.components.sections.entry import entry_narrow, one_button_form
from mentorhub.pages.frame import framed
from mentorhub.pages.route import Route
from mentorhub.state.entry import EntryState
from mentorhub.state.viewer import ViewerState


def _with_link() -> rx.Component:
    form = one_button_form(
        act="Confirm my address",
        action="/auth/verify",
        hidden={"token": EntryState.token},
        failure=EntryState.errors[""],
    )
    fresh = rx.el.p(
        "The link is too old? Sign in, and ",
        rx.el.a("your account", href="/account"),
        " sends you a new one.",
        class_name="small",
    )
    return entry_narrow("Is this address yours?", "One press confirms it and signs you in here.", form, fresh)


def _look_into_your_mail() -> rx.Component:
    demo = link_button("Open the demo's mailbox", href="/mailbox", icon_name="mail")
    meanwhile = rx.el.p(
        "You can ",
        rx.el.a("sign in", href="/sign-in"),
        " meanwhile and hold a time; paying waits for the link.",
        class_name="small",
    )
    to = rx.cond(EntryState.kept["email"] != "", EntryState.kept["email"], "your address")
    return entry_narrow(
        "Look into your mail",
        rx.fragment("We sent a message to ", to, ". Its link confirms that the address is yours."),
        rx.cond(ViewerState.demo, demo, rx.fragment()),
        meanwhile,
    )


def page() -> rx.Component:
    """Which of the two it is, the address says."""
    return framed(rx.cond(EntryState.token != "", _with_link(), _look_into_your_mail()))


ROUTE = Route(
    page=page,
    path="/verify",
    title="Confirm your address | MentorHub",
    description="Confirm the address of your MentorHub account with the link from your mail.",
    on_load=(EntryState.load("verify"),),
)
