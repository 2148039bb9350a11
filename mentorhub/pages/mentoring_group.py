"""`/mentoring/groups/{group}`: one group session of the mentor's, with who comes."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, link_button
from mentorhub.components.dialog import dialog
from mentorhub.components.empty import empty
from mentorhub.components.field import has_words
from mentorhub.components.sections.groups import attendees, call_off_actions, group_badge, group_facts
from mentorhub.components.sections.profile import crumb
from mentorhub.components.values import when
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.groups import GroupState

_GROUP = GroupState.group


def _calling_off() -> rx.Component:
    asking = dialog(
        rx.el.p(_GROUP.call_off_words),
        when(GroupState.refused != "", banner(GroupState.refused, tone="danger", urgent=True)),
        name="call-off",
        title="Call this session off?",
        is_open=GroupState.is_asking,
        on_close=GroupState.keep,
        actions=call_off_actions(
            _GROUP.call_off_label, on_keep=GroupState.keep, on_call_off=GroupState.call_off, busy=GroupState.busy
        ),
    )
    return when(
        _GROUP.may_call_off,
        rx.fragment(
            rx.el.div(button("Call off", kind="quiet-danger", class_name="-ml-4", on_click=GroupState.ask)), asking
        ),
    )


def _group() -> rx.Component:
    who = attendees(
        _GROUP.attendees,
        nothing="Nobody has a seat yet.",
        note="Only you and those with a seat see these names. Each leads to your notes with that person.",
    )
    return rx.el.div(
        crumb("Group sessions", "/mentoring/groups"),
        rx.el.div(
            rx.el.h1(_GROUP.title),
            rx.el.div(group_badge(_GROUP.state, _GROUP.taken), aria_live="polite"),
            class_name="stack gap-2",
        ),
        group_facts(_GROUP),
        when(
            has_words(_GROUP.room_href),
            rx.el.div(link_button("Join the room", href=_GROUP.room_href, kind="primary", icon_name="video")),
        ),
        when(_GROUP.state != "cancelled", who),
        _calling_off(),
        class_name="page page-medium stack gap-8 pt-4",
    )


def page() -> rx.Component:
    """The session, or a friendly dead end."""
    missing = rx.el.div(
        empty(
            "There is no such group session",
            "It may belong to another account, or the address is mistyped.",
            icon_name="search",
            is_page=True,
            action=link_button("Your group sessions", href="/mentoring/groups", kind="primary"),
        ),
        class_name="page page-medium pt-10",
    )
    content = rx.cond(GroupState.missing, missing, _group())
    return framed(loading(is_loaded=GroupState.loaded, content=content), here="sessions", kind="app")


ROUTE = Route(
    page=page,
    path="/mentoring/groups/[group_id]",
    title="Your group session | MentorHub",
    description="One of your group sessions: its seats, who comes, and how to call it off.",
    on_load=(GroupState.load,),
    access=Access.SIGNED_IN,
)
