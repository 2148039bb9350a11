"""`/room/{booking}`: the meeting itself, for its two people or its group."""

import reflex as rx

from mentorhub.components.button import link_button
from mentorhub.components.countdown import countdown
from mentorhub.components.empty import empty
from mentorhub.components.notepad import notepad
from mentorhub.components.room.video_room import video_room
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.room import RoomState


def _closed() -> rx.Component:
    return rx.el.div(
        empty(
            RoomState.closed_words,
            "A room is for the people of a session, from 15 minutes before it until 15 minutes after.",
            icon_name="video-off",
            is_page=True,
            action=link_button("Your sessions", href="/sessions", kind="primary"),
        ),
        class_name="page page-medium pt-10",
    )


def _early() -> rx.Component:
    clock = countdown(
        ends_at=RoomState.opens_at,
        server_now=RoomState.server_now,
        label="The room opens in",
        ended_label="The room is open",
        ring=False,
        on_end=RoomState.load,
    )
    return rx.el.div(
        empty(
            rx.fragment("The room opens ", RoomState.opens_words),
            "15 minutes before the start. This page lets you in by itself.",
            icon_name="clock",
            is_page=True,
            action=rx.el.div(clock, link_button("The session", href=RoomState.booking_path), class_name="stack gap-4"),
        ),
        class_name="page page-medium pt-10",
    )


def page() -> rx.Component:
    """The room, its closed door, or the wait before it."""
    room = rx.cond(RoomState.is_group, _room(), _room(notepad(sync_path=RoomState.sync_path)))
    door = rx.cond(RoomState.closed_words != "", _closed(), rx.cond(RoomState.early, _early(), rx.fragment()))
    return rx.cond(
        RoomState.token != "",
        framed(room, kind="room"),
        framed(loading(is_loaded=RoomState.loaded, content=door), kind="app", here="sessions"),
    )


def _room(*beside: rx.Component) -> rx.Component:
    """The room; a group has no notes beside it, which are of two people."""
    return video_room(
        *beside,
        token=RoomState.token,
        join_url=RoomState.join_url,
        title=RoomState.title,
        other_name=RoomState.other_name,
        starts_at=RoomState.starts_at,
        ends_at=RoomState.ends_at,
        server_now=RoomState.server_now,
        is_group=RoomState.is_group,
        places=RoomState.places,
        expected=RoomState.expected,
        on_status=RoomState.line,
    )


ROUTE = Route(
    page=page,
    path="/room/[booking_id]",
    title="The room | MentorHub",
    description="Meet in the browser: two-way video, shared notes, and the time that is left.",
    on_load=(RoomState.load,),
    access=Access.SIGNED_IN,
)
