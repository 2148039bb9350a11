"""`/account/calendars`: one's sessions in other calendars, and other calendars in one's hours."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button
from mentorhub.components.field import field
from mentorhub.components.sections.account import concern, said
from mentorhub.components.sections.calendars import feed_card, import_row, no_imports
from mentorhub.components.sections.profile import crumb
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.calendars import CalendarsState, FeedShown, ImportShown


def _feed(feed: rx.Var[FeedShown]) -> rx.Component:
    return feed_card(
        feed,
        is_asked=CalendarsState.sure == feed.kind,
        on_copy=rx.set_clipboard(feed.address),
        on_ask=CalendarsState.ask_sure(feed.kind),
        on_keep=CalendarsState.keep_address,
        on_renew=CalendarsState.renew(feed.kind),
        on_close=CalendarsState.close(feed.kind),
    )


def _feeds() -> rx.Component:
    lead = "Subscribe to an address in your calendar program: it asks for news by itself, without a sign-in."
    rows = rx.el.ul(rx.foreach(CalendarsState.feeds, _feed), class_name="stack gap-6")
    return concern("feeds", "MentorHub in your calendar", lead, rows)


def _import(one: rx.Var[ImportShown]) -> rx.Component:
    return import_row(
        one, on_read=CalendarsState.read_now(one.import_id), on_remove=CalendarsState.remove(one.import_id)
    )


def _imports() -> rx.Component:
    errors = CalendarsState.errors
    form = rx.el.form(
        field(
            "address",
            "Secret address of the calendar",
            default_value=CalendarsState.typed_address,
            required=True,
            auto_complete="off",
            hint="Begins with https:// or webcal:// and often ends in .ics.",
            error=errors["address"],
        ),
        field(
            "label",
            "What you call it",
            default_value=CalendarsState.typed_label,
            max_length=80,
            auto_complete="off",
            hint="Such as Work. Only you see it.",
            error=errors["label"],
        ),
        rx.el.div(
            button("Connect the calendar", kind="primary", submits=True),
            rx.el.div(said(CalendarsState.added), aria_live="polite"),
            class_name="row gap-4",
        ),
        key=CalendarsState.form_number,
        on_submit=CalendarsState.add,
        class_name="stack gap-5",
    )
    rows = rx.el.ul(rx.foreach(CalendarsState.imports, _import), class_name="stack gap-6")
    lead = (
        "When you are busy there, you cannot be booked here. We read it every ten minutes and keep only from when to "
        "when you are busy, nothing else."
    )
    listed = rx.cond(CalendarsState.imports.length() > 0, rows, no_imports())
    return concern("elsewhere", "Your other calendars", lead, listed, form)


def _down() -> rx.Component:
    return banner(
        rx.el.b(CalendarsState.down),
        " could not be read for over an hour. What it said last still counts, and new appointments there may be "
        "missing here.",
        tone="warning",
    )


def page() -> rx.Component:
    """Feeds for everyone, connected calendars for mentors."""
    cards = rx.el.div(rx.cond(CalendarsState.is_mentor, _imports(), rx.fragment()), _feeds(), class_name="stack gap-6")
    body = rx.el.div(
        crumb("Account", "/account"),
        rx.el.h1("Calendars"),
        rx.cond(CalendarsState.down != "", _down(), rx.fragment()),
        loading(is_loaded=CalendarsState.loaded, content=cards),
        class_name="page page-narrow stack gap-6 pt-8",
    )
    return framed(body, here="account", kind="app")


ROUTE = Route(
    page=page,
    path="/account/calendars",
    title="Calendars | MentorHub",
    description="Your sessions in your own calendar, and your other calendars in your hours.",
    on_load=(CalendarsState.load,),
    access=Access.SIGNED_IN,
)
