"""Lines for freed times: the way into one below the times, and those one stands in."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.button import button, link_button, text_button
from mentorhub.components.field import error_line, has_words
from mentorhub.components.icon import icon
from mentorhub.components.values import Handler, Items, Text, each, when


def wait_for_time(*, place: Text, kept_href: Text, error: Text, on_join: Handler, on_leave: Handler) -> rx.Component:
    """Below the times of an offering: join its line, or one's place in it and the way out or to the kept time."""
    outside = rx.fragment(
        rx.el.p(
            rx.el.b("None of these suits you? "),
            "When somebody gives up a time we offer it in turn and keep it for up to two hours. Nothing is charged "
            "unless you book it.",
            class_name="small muted",
        ),
        rx.el.div(button("Tell me when a time opens", kind="soft", on_click=on_join)),
    )
    inside = rx.el.div(
        rx.el.p(icon("clock", "s"), rx.el.span(place), class_name="small strong tabular row gap-2 flex-nowrap"),
        when(
            has_words(kept_href),
            link_button("Look at the time", href=kept_href, kind="soft"),
            text_button("Leave the line", on_click=on_leave),
        ),
        class_name="spread",
    )
    return rx.el.div(
        rx.el.div(when(has_words(place), inside, outside), class_name="stack gap-3", aria_live="polite"),
        error_line("line", error),
        class_name="stack gap-2",
        role="group",
        aria_label="Wait for a time",
    )


def lines_waited_in(lines: Items, *, on_leave: Any) -> rx.Component:
    """The lines one stands in; each has `key`, `title`, `who`, `href`, `place` and `kept_href`."""

    def draw(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.h3(rx.el.a(one.title, href=one.href), class_name="session-title"),
                rx.el.p(one.who, class_name="small muted"),
                rx.el.p(one.place, class_name="small tabular"),
                class_name="stack gap-1 grow",
            ),
            when(
                has_words(one.kept_href),
                link_button("Look at the time", href=one.kept_href, kind="primary"),
                text_button(
                    "Leave the line",
                    rx.el.span(" of ", one.title, class_name="hidden-text"),
                    on_click=on_leave(one.key),
                ),
            ),
            class_name="card card-flat card-tight spread",
        )

    return rx.el.section(
        rx.el.h2("Waiting for a time", id="waiting"),
        rx.el.ul(each(lines, draw), class_name="stack gap-3"),
        class_name="stack gap-4",
        aria_labelledby="waiting",
    )
