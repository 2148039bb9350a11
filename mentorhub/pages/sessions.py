"""`/sessions`: coming and past sessions of the hat one wears."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.sections.sessions import no_sessions, session_list, session_row, sessions_skeleton
from mentorhub.components.sections.waiting import lines_waited_in
from mentorhub.components.values import when
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.sessions import SessionShown, SessionsState
from mentorhub.state.viewer import ViewerState


def _row(row: rx.Var[SessionShown]) -> rx.Component:
    return session_row(
        href=row.href,
        weekday=row.weekday,
        day=row.day,
        month=row.month,
        title=row.title,
        who=row.who,
        portrait_source=row.portrait,
        initials=row.initials,
        time=row.time,
        their_time=row.their_time,
        status=row.status,
        is_open=row.is_open,
        has_new_time=row.has_new_time,
        room_href=row.room_href,
        part=row.part,
    )


def page() -> rx.Component:
    """Both lists."""
    lists = rx.fragment(
        when(SessionsState.lines.length() > 0, lines_waited_in(SessionsState.lines, on_leave=SessionsState.leave_line)),
        session_list(
            "Coming",
            rx.foreach(SessionsState.coming, _row),
            is_empty=SessionsState.coming.length() == 0,
            nothing=no_sessions(ViewerState.me.hat),
            name="coming",
        ),
        session_list(
            "Past and called off",
            rx.foreach(SessionsState.past, _row),
            is_empty=SessionsState.past.length() == 0,
            nothing=rx.el.p("Sessions you had will stand here.", class_name="muted"),
            name="past",
        ),
    )
    head = rx.el.div(
        rx.el.h1("Sessions"),
        rx.el.p(
            when(SessionsState.loaded, rx.fragment("Times in ", SessionsState.zone_words), "Loading"),
            class_name="small muted",
        ),
        when(SessionsState.clock_note != "", banner(SessionsState.clock_note)),
        when(
            ViewerState.me.hat == "mentee",
            rx.el.p(rx.el.a("What mentors see of you", href="/what-mentors-see"), class_name="small"),
            rx.el.p(rx.el.a("Group sessions", href="/mentoring/groups"), class_name="small"),
        ),
        class_name="stack gap-2",
    )
    body = rx.el.div(
        head,
        loading(is_loaded=SessionsState.loaded, content=lists, waiting=sessions_skeleton()),
        class_name="page page-medium stack gap-8 pt-8",
    )
    return framed(body, here="sessions", kind="app")


ROUTE = Route(
    page=page,
    path="/sessions",
    title="Your sessions | MentorHub",
    description="Your coming and past sessions on MentorHub, on your own clock and theirs.",
    on_load=(SessionsState.load,),
    access=Access.SIGNED_IN,
)
