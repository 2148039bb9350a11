"""`/account/notices`: which kinds of notices one wants, by which way, and when not."""

import reflex as rx

from mentorhub.components.button import button, text_link
from mentorhub.components.field import field
from mentorhub.components.sections.account import concern, said
from mentorhub.components.sections.notices import switch_table
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.notice_switches import NoticeSwitchesState


def _end(words: str, saved: rx.Var[str], *, is_main: bool = False) -> rx.Component:
    return rx.el.div(
        button(words, kind="primary" if is_main else "plain", submits=True),
        rx.el.div(said(saved), aria_live="polite"),
        class_name="row gap-4",
    )


def _switches() -> rx.Component:
    form = rx.el.form(
        switch_table(NoticeSwitchesState.switches),
        _end("Save the switches", NoticeSwitchesState.switches_saved, is_main=True),
        on_submit=NoticeSwitchesState.save_switches,
        class_name="stack gap-5",
    )
    lead = "Mails about your password and address always come, since they keep your account yours."
    return concern("switches", "What you are told", lead, form)


def _quiet_hours() -> rx.Component:
    errors = NoticeSwitchesState.errors
    form = rx.el.form(
        rx.el.div(
            field(
                "quiet_from",
                "From",
                kind="time",
                default_value=NoticeSwitchesState.quiet_from,
                error=errors["quiet_from"],
            ),
            field(
                "quiet_to", "Until", kind="time", default_value=NoticeSwitchesState.quiet_to, error=errors["quiet_to"]
            ),
            class_name="quiet-ends",
        ),
        _end("Save the quiet hours", NoticeSwitchesState.quiet_saved),
        on_submit=NoticeSwitchesState.save_quiet_hours,
        class_name="stack gap-4",
    )
    lead = rx.fragment(
        "On your own clock, ",
        NoticeSwitchesState.zone_words,
        ". Mails that can wait come at their end. What is about a session within the next hour, a cancellation or a "
        "new time comes at once.",
    )
    return concern("quiet", "Quiet hours", lead, form)


def page() -> rx.Component:
    """Both cards."""
    cards = rx.el.div(_switches(), _quiet_hours(), class_name="stack gap-6")
    body = rx.el.div(
        rx.el.div(
            text_link("Account", href="/account", icon_name="arrow-left"),
            rx.el.h1("Notices and quiet hours"),
            class_name="stack gap-2",
        ),
        loading(is_loaded=NoticeSwitchesState.loaded, content=cards),
        class_name="page page-narrow stack gap-6 pt-8",
    )
    return framed(body, here="account", kind="app")


ROUTE = Route(
    page=page,
    path="/account/notices",
    title="Notices and quiet hours | MentorHub",
    description="Which notices you get in the product and by mail, and when mails wait.",
    on_load=(NoticeSwitchesState.load,),
    access=Access.SIGNED_IN,
)
