"""The frame of every page, bound to who is looking."""

import reflex as rx

from mentorhub.components.button import button
from mentorhub.components.day_turn import day_turn
from mentorhub.components.empty import skeleton
from mentorhub.components.shell import Kind, demo_banner, shell
from mentorhub.state.viewer import ViewerState


def _demo() -> rx.Component:
    return rx.cond(
        ViewerState.demo,
        demo_banner(
            "A demo with invented people and test money.",
            rx.el.a("Mailbox", href="/mailbox", class_name="link"),
            button("+15 min", kind="quiet", on_click=ViewerState.move_clock(15), spoken="Move the clock 15 minutes on"),
            button(
                "+1 day", kind="quiet", on_click=ViewerState.move_clock(60 * 24), spoken="Move the clock one day on"
            ),
        ),
        rx.fragment(),
    )


def framed(*content: rx.Component, here: str = "", kind: Kind = "public") -> rx.Component:
    """A page's content within header, menus and footer."""
    me = ViewerState.me
    turn = day_turn(ViewerState.turns_at, server_now=ViewerState.server_now, on_turn=ViewerState.turn)
    return shell(
        turn,
        *content,
        here=here,
        kind=kind,
        is_known=ViewerState.ready,
        is_signed_in=me.signed_in,
        hat=me.hat,
        name=me.name,
        portrait_source=me.portrait,
        initials=me.initials,
        unread=ViewerState.unread,
        requests=ViewerState.requests,
        on_hat=ViewerState.wear,
        banner=_demo(),
    )


def loading(*, is_loaded: rx.Var[bool], content: rx.Component, waiting: rx.Component | None = None) -> rx.Component:
    """The content once it is there; until then something that keeps the footer where it will be, out of sight."""
    shape = rx.el.div(skeleton("block", "block"), class_name="page pt-8")
    told = rx.el.p("Loading", class_name="hidden-text", role="status")
    return rx.cond(is_loaded, content, rx.el.div(told, waiting or shape, class_name="min-h-screen"))
