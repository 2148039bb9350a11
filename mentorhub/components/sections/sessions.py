"""Sessions, coming and past, for both hats."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.badge import badge, booking_badge
from mentorhub.components.button import link_button
from mentorhub.components.empty import empty, skeleton
from mentorhub.components.field import has_words
from mentorhub.components.portrait import portrait
from mentorhub.components.values import Flag, Text, either, when


def session_row(
    *,
    href: Text,
    weekday: Text,
    day: Text,
    month: Text,
    title: Text,
    who: Text,
    portrait_source: Text,
    initials: Text,
    time: Text,
    their_time: Text,
    status: Text,
    is_open: Flag = False,
    has_new_time: Flag = False,
    room_href: Text = "",
    part: Text = "",
) -> rx.Component:
    """One session: day, what and with whom, both clocks, state; `is_open` shows the door of the room.

    `part` says which of a series it is, such as "2 of 6".
    """
    date = rx.el.div(weekday, rx.el.b(day), month, class_name="dateblock")
    face = when(has_words(initials), portrait(portrait_source, initials, size="xs"))
    what = rx.el.div(
        rx.el.h3(rx.el.a(title, href=href), class_name="session-title"),
        rx.el.p(face, who, class_name="session-who"),
        rx.el.p(time, rx.el.span(" ", their_time, class_name="muted"), class_name="small tabular"),
    )
    door = link_button("Join the room", href=room_href, kind="primary", icon_name="video")
    proposed = when(has_new_time, badge("New time proposed", "warning", "calendar-clock"))
    of_series = when(has_words(part), badge(part, "line", "repeat"))
    return rx.el.li(
        date,
        what,
        rx.el.div(booking_badge(status), of_series, proposed, when(is_open, door), class_name="session-end"),
        class_name="session",
    )


def session_list(title: Text, rows: rx.Component, *, is_empty: Flag, nothing: rx.Component, name: str) -> rx.Component:
    """Sessions under a heading, or what to do when there are none."""
    return rx.el.section(
        rx.el.h2(title, id=name),
        when(is_empty, nothing, rx.el.ul(rows, class_name="sessions")),
        class_name="stack gap-4",
        aria_labelledby=name,
    )


def no_sessions(hat: Text) -> rx.Component:
    """The first step, by hat."""
    mentee = empty(
        "No session ahead",
        "When you book a mentor the session shows here, with the room and your notes.",
        icon_name="calendar-plus",
        action=link_button("Find a mentor", href="/mentors", kind="primary"),
    )
    mentor = empty(
        "Nobody has booked yet",
        "People find you once your profile is open and hours are free.",
        icon_name="calendar-plus",
        action=link_button("Open your hours", href="/mentoring/hours", kind="primary"),
    )
    return when(hat == "mentor", mentor, mentee)


def sessions_skeleton() -> rx.Component:
    """Rows that are still on their way."""
    return rx.el.div(skeleton("block"), skeleton("block"), class_name="stack gap-4", aria_hidden="true")


def tabs(name: Text, items: list[tuple[str, str, Text]], *, current: Text) -> rx.Component:
    """Links between lists of the same kind; each item is its key, its words and its address."""
    links = [
        rx.el.a(words, href=href, aria_current=either(current == key, "page", "false")) for key, words, href in items
    ]
    return rx.el.nav(*links, class_name="tabs", aria_label=name)
