"""`/mentoring/groups`: a mentor's group sessions, and the form that publishes one."""

import reflex as rx

from mentorhub.components.button import button, link_button
from mentorhub.components.empty import empty, skeleton
from mentorhub.components.field import field
from mentorhub.components.sections.account import concern, said
from mentorhub.components.sections.groups import own_groups
from mentorhub.components.select import select
from mentorhub.components.values import when
from mentorhub.domain.bookings.service import FEWEST_SEATS, MOST_SEATS
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.groups import DECISIONS, GroupsState

_ERRORS = GroupsState.errors


def _form() -> rx.Component:
    seats = {"input_mode": "numeric", "auto_complete": "off", "max_length": 2}
    return concern(
        "publish",
        "Publish a group session",
        rx.fragment("Times in ", GroupsState.zone_words, ". Length and price come from the offering."),
        rx.el.form(
            select("offering", "What", GroupsState.offerings, error=_ERRORS["offering"]),
            rx.el.div(
                field("day", "Day", kind="date", required=True, error=_ERRORS["day"]),
                field("starts_at", "Start", kind="time", step=300, required=True, error=_ERRORS["starts_at"]),
                class_name="grid gap-5 sm:grid-cols-2 sm:gap-4",
            ),
            rx.el.div(
                field(
                    "seats",
                    "Seats",
                    default_value="8",
                    hint=f"{FEWEST_SEATS} to {MOST_SEATS}.",
                    error=_ERRORS["seats"],
                    **seats,
                ),
                field(
                    "seats_needed",
                    "It takes at least",
                    default_value="3",
                    hint="People. With fewer it is called off, and everybody gets everything back.",
                    error=_ERRORS["seats_needed"],
                    **seats,
                ),
                select("decide_by", "Decided", DECISIONS, default_value="24", error=_ERRORS["decide_by"]),
                class_name="grid gap-5 items-start sm:grid-cols-3 sm:gap-4",
            ),
            rx.el.div(button("Publish", kind="primary", submits=True)),
            on_submit=GroupsState.publish,
            class_name="stack gap-5",
            key=GroupsState.form_resets.to_string(),
        ),
    )


def _no_offering() -> rx.Component:
    return empty(
        "First, a group offering",
        "Add a session of the kind “Group session” with its length and its price a seat. Then publish a time for it.",
        icon_name="users",
        action=link_button("Add a group offering", href="/mentoring/offerings", kind="primary"),
    )


def page() -> rx.Component:
    """What is published, and the form."""
    nothing = rx.el.p("Nothing is published yet.", class_name="muted")
    listed = rx.fragment(
        rx.el.div(said(GroupsState.saved), aria_live="polite"),
        when(
            GroupsState.groups.length() > 0,
            own_groups(GroupsState.groups),
            when(GroupsState.offerings.length() > 0, nothing),
        ),
        when(GroupsState.offerings.length() > 0, _form(), _no_offering()),
    )
    body = rx.el.div(
        rx.el.h1("Group sessions"),
        loading(is_loaded=GroupsState.loaded, content=listed, waiting=skeleton("block", "block")),
        class_name="page page-medium stack gap-8 pt-8",
    )
    return framed(body, here="sessions", kind="app")


ROUTE = Route(
    page=page,
    path="/mentoring/groups",
    title="Your group sessions | MentorHub",
    description="Publish a time for several people at once, and see how many seats are taken.",
    on_load=(GroupsState.load,),
    access=Access.SIGNED_IN,
)
