"""`/mentoring/offerings`: what a mentor offers, for how much, and where each price goes."""

from typing import Any

import reflex as rx

from mentorhub.components.button import button, link_button
from mentorhub.components.check import check
from mentorhub.components.empty import empty
from mentorhub.components.field import field
from mentorhub.components.sections import mentoring as section
from mentorhub.components.sections.account import concern, said
from mentorhub.components.select import select
from mentorhub.components.values import when
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.offerings import CURRENCIES, KINDS, LENGTHS, OfferingsState

_STATE = OfferingsState
_ERRORS = OfferingsState.errors


def _offering(one: Any) -> rx.Component:
    return section.own_offering(
        title=one.title,
        terms=one.terms,
        price_tag=one.price_tag,
        bring=one.bring,
        leave_with=one.leave_with,
        parts=one.parts,
        split=one.split,
        is_active=one.is_active,
        waiting=one.waiting,
        on_edit=_STATE.edit(one.offering_id),
        on_stop=_STATE.switch(one.offering_id, False),
        on_start=_STATE.switch(one.offering_id, True),
    )


def _list() -> rx.Component:
    nothing = empty(
        "Nothing to book yet",
        "Offer one thing you would gladly do twice a week. A free intro call beside it helps people decide.",
        icon_name="receipt",
        action=button("Add your first session", kind="primary", on_click=_STATE.add),
    )
    listed = rx.el.ul(rx.foreach(_STATE.offerings, _offering), class_name="stack gap-4")
    return when(_STATE.offerings.length() > 0, listed, when(_STATE.is_editing, rx.fragment(), nothing))


def _fields() -> list[rx.Component]:
    return [
        select("kind", "Kind", KINDS, default_value=_STATE.kind, error=_ERRORS["kind"]),
        field("title", "Title", default_value=_STATE.title, max_length=80, error=_ERRORS["title"]),
        select(
            "minutes",
            "Length",
            LENGTHS,
            default_value=_STATE.minutes,
            hint="An intro call lasts at most 20 minutes.",
            error=_ERRORS["minutes"],
        ),
        field(
            "price",
            rx.Var.create("Price in ") + _STATE.currency,
            default_value=_STATE.price,
            input_mode="decimal",
            auto_complete="off",
            hint="The whole price people pay. 0 makes it free.",
            on_blur=_STATE.show_split,
            error=_ERRORS["price"],
        ),
        when(_STATE.split != "", rx.el.p(_STATE.split, class_name="small tabular", role="status", id="split")),
        field(
            "send_before",
            "They send you before",
            default_value=_STATE.send_before,
            max_length=160,
            error=_ERRORS["send_before"],
        ),
        field(
            "leave_with",
            "They leave with",
            default_value=_STATE.leave_with,
            max_length=160,
            error=_ERRORS["leave_with"],
        ),
        _ways_to_book(),
    ]


def _ways_to_book() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("How it is booked", class_name="label"),
        check(
            "I answer each request first",
            name="needs_approval",
            default_checked=_STATE.needs_approval,
            aria_describedby="approval-hint",
        ),
        check(
            "People I have met book at once",
            name="met_book_instantly",
            default_checked=_STATE.met_book_instantly,
            aria_describedby="approval-hint",
        ),
        rx.el.p(
            "A request waits for you as long as your profile says, and the card is only charged when you accept. "
            "A change counts for new requests.",
            class_name="hint",
            id="approval-hint",
        ),
        class_name="stack gap-2",
    )


def _form() -> rx.Component:
    return concern(
        "session-form",
        _STATE.form_title,
        "A change counts for future bookings only.",
        rx.el.form(
            *_fields(),
            rx.el.div(
                button("Save session", kind="primary", submits=True),
                button("Cancel", kind="quiet", on_click=_STATE.close),
                class_name="row gap-3",
            ),
            on_submit=_STATE.save,
            class_name="stack gap-5",
            key=_STATE.form_resets.to_string(),
        ),
    )


def _currency() -> rx.Component:
    return concern(
        "currency-title",
        "Currency",
        "One for all your sessions; fixed once somebody has booked you.",
        select(
            "currency",
            "You price in",
            CURRENCIES,
            value=_STATE.currency,
            on_change=_STATE.set_currency,
            error=_ERRORS["currency"],
        ),
        rx.el.div(said(_STATE.currency_saved), aria_live="polite"),
    )


def _editor() -> rx.Component:
    has_some = (_STATE.offerings.length() > 0) & ~_STATE.is_editing
    main = [
        rx.el.div(said(_STATE.saved), aria_live="polite"),
        when(_STATE.is_editing, _form()),
        _list(),
        when(has_some, rx.el.div(button("Add a session", kind="primary", icon_name="plus", on_click=_STATE.add))),
    ]
    side = [
        _currency(),
        rx.el.p(
            "MentorHub keeps 10 % of a paid session and nothing of a free one. The card cost is what taking the "
            "payment costs, and is shown for every price.",
            class_name="small muted",
        ),
        link_button("Back to your profile", href="/mentoring/profile", wide=True),
    ]
    return section.mentoring_layout(
        "Sessions and prices", "What people can book with you, and what is left of each price.", main, side
    )


def _no_profile() -> rx.Component:
    return rx.el.div(
        empty(
            "You have no mentor profile yet",
            "Start it first; then say what people can book.",
            icon_name="user",
            is_page=True,
            action=link_button("To your mentor profile", href="/mentoring/profile", kind="primary"),
        ),
        class_name="page pt-10",
    )


def page() -> rx.Component:
    """The list with its form, or the way to a profile."""
    content = when(_STATE.has_profile, _editor(), _no_profile())
    return framed(loading(is_loaded=_STATE.loaded, content=content), here="profile", kind="app")


ROUTE = Route(
    page=page,
    path="mentoring/offerings",
    title="Sessions and prices | MentorHub",
    description="What people can book with you, for how long and how much, and where each price goes.",
    on_load=(OfferingsState.load,),
    access=Access.SIGNED_IN,
)
