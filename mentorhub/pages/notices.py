"""`/notices`: what one was told, newest first."""

import reflex as rx

from mentorhub.components.button import button, text_link
from mentorhub.components.more import show_more
from mentorhub.components.sections.notices import no_notices, notice_row, notices_skeleton
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.notices import NoticeShown, NoticesState


def _row(notice: rx.Var[NoticeShown]) -> rx.Component:
    return notice_row(
        text=notice.text,
        told=notice.told,
        href=notice.href,
        is_read=notice.is_read,
        on_open=NoticesState.open(notice.notice_id).prevent_default,
    )


def page() -> rx.Component:
    """The list, or that there is nothing in it."""
    many = rx.el.div(
        rx.el.ul(rx.foreach(NoticesState.notices, _row), class_name="notices"),
        show_more("Show older ones", "", has_more=NoticesState.has_more, on_more=NoticesState.more),
        class_name="stack gap-6",
    )
    head = rx.el.div(
        rx.el.h1("Notices"),
        rx.el.div(
            rx.cond(
                NoticesState.unread > 0,
                button("Mark all as read", kind="quiet", icon_name="check", on_click=NoticesState.read_all),
                rx.fragment(),
            ),
            text_link("Switches and quiet hours", href="/account/notices", icon_name="settings-2"),
            class_name="row gap-4",
        ),
        class_name="spread",
    )
    content = rx.cond(NoticesState.notices.length() > 0, many, no_notices())
    body = rx.el.div(
        head,
        loading(is_loaded=NoticesState.loaded, content=content, waiting=notices_skeleton()),
        class_name="page page-narrow stack gap-6 pt-8",
    )
    return framed(body, here="notices", kind="app")


ROUTE = Route(
    page=page,
    path="/notices",
    title="Notices | MentorHub",
    description="What happened to your sessions, and what you have not read yet.",
    on_load=(NoticesState.load,),
    access=Access.SIGNED_IN,
)
