"""A request: what is asked, the facts about who asks, the clock, and the answers of both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from mentorhub.components.button import button
from mentorhub.components.check import choice
from mentorhub.components.field import error_line, has_words, text_area
from mentorhub.components.icon import icon
from mentorhub.components.portrait import portrait
from mentorhub.components.values import Flag, Handler, Items, Text, each, either, when


def timer(words: Text, *, is_soon: Flag, is_paused: Flag, clock: rx.Component) -> rx.Component:
    """By when who answers, with the time left; no clock runs while it is paused."""
    return rx.el.div(
        rx.el.p(
            icon("clock", "s"),
            rx.el.span(words),
            class_name=either(is_soon, "timer timer-soon wrap", "timer wrap"),
        ),
        when(is_paused, "", clock),
        class_name="stack gap-2",
    )


def facts_list(facts: Items, name: str, note: Text | rx.Component) -> rx.Component:
    """Facts, not a score; a fact has `label` and `words`."""

    def draw(fact: Any) -> rx.Component:
        return rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.words))

    return rx.el.aside(
        rx.el.h3("Facts, not a score", class_name="text-lead"),
        rx.el.dl(each(facts, draw), class_name="factlist"),
        rx.el.p(note, class_name="note muted"),
        class_name="stack gap-3",
        aria_label=name,
    )


def exchange(asked_by: Text, question: Text, replied_by: Text, reply: Text) -> rx.Component:
    """The one question of the mentor and the mentee's reply."""
    return when(
        has_words(question),
        rx.el.dl(
            rx.el.div(
                rx.el.dt(asked_by, class_name="small muted"), rx.el.dd(question, class_name="whitespace-pre-line")
            ),
            when(
                has_words(reply),
                rx.el.div(
                    rx.el.dt(replied_by, class_name="small muted"), rx.el.dd(reply, class_name="whitespace-pre-line")
                ),
            ),
            class_name="stack gap-3",
        ),
    )


def request_head(
    name: Text, source: Text, initials: Text, title: Text, terms: Text, clock: rx.Component
) -> rx.Component:
    """Who asks for what, and until when an answer is due."""
    who = rx.el.div(
        portrait(source, initials),
        rx.el.div(
            rx.el.h2(name, class_name="text-title"),
            rx.el.p(rx.el.b(title), ", ", terms, class_name="small"),
        ),
        class_name="person",
    )
    return rx.el.header(who, clock, class_name="spread items-start gap-4")


def _answer(icon_name: str, label: str, note: str, *content: rx.Component) -> rx.Component:
    summary = rx.el.summary(
        icon(icon_name),
        rx.el.span(rx.el.b(label), rx.el.span(note, class_name="muted")),
        icon("chevron-down"),
    )
    return rx.el.details(summary, rx.el.div(*content, class_name="inner"), class_name="answer")


def ask_form(booking_id: Text, *, error: Text, busy: Flag, on_ask: Handler) -> rx.Component:
    """One question back, which lets the clock stand still."""
    form = rx.el.form(
        rx.el.input(type="hidden", name="booking", value=booking_id),
        rx.el.label(
            "Your question",
            rx.el.textarea(name="question", rows=3, class_name="textarea", max_length=1000),
            class_name="field label",
        ),
        error_line("question", error),
        rx.el.div(button("Send the question", submits=True, busy=busy)),
        on_submit=on_ask,
        class_name="stack gap-4",
    )
    return _answer("message-circle", "Ask a question", "The clock stands still until the reply, 48 h at most", form)


def decline_form(
    booking_id: Text, *, reasons: Sequence[tuple[str, str]], error: Text, busy: Flag, on_decline: Handler
) -> rx.Component:
    """A reason that is only counted, and words the mentee will read."""
    form = rx.el.form(
        rx.el.input(type="hidden", name="booking", value=booking_id),
        rx.el.fieldset(
            rx.el.legend("Reason", class_name="label"),
            rx.el.div(
                *(choice(label, group="reason", value=value) for value, label in reasons), class_name="row gap-2"
            ),
            error_line("reason", error),
        ),
        rx.el.label(
            "A word of your own, which they will read",
            rx.el.textarea(name="note", rows=3, class_name="textarea", max_length=1000),
            class_name="field label",
        ),
        rx.el.div(
            button("Send and decline", submits=True, busy=busy),
            rx.el.span("They get up to three mentors who have time, and pay nothing.", class_name="note muted"),
            class_name="row gap-3",
        ),
        on_submit=on_decline,
        class_name="stack gap-4",
    )
    return _answer("x", "Decline", "With a reason; the time is free again", form)


def reply_form(first: Text, *, error: Text, busy: Flag, on_reply: Handler) -> rx.Component:
    """The mentee's reply to the question."""
    return rx.el.form(
        text_area("reply", rx.fragment("Your reply to ", first), rows=4, error=error, max_length=1000),
        rx.el.div(button("Send the reply", kind="primary", submits=True, busy=busy)),
        on_submit=on_reply,
        class_name="stack gap-4",
    )


def lapsed_list(lapsed: Items) -> rx.Component:
    """Requests that ended by the clock; one has href, name, title, ended and words."""

    def draw(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.p(rx.el.a(one.title, href=one.href), ", ", one.name),
            rx.el.p(rx.el.span(one.ended, class_name="tabular"), ". ", one.words, class_name="small muted"),
        )

    return rx.el.section(
        rx.el.h2("Ended by the clock", id="lapsed"),
        rx.el.p("In the last 30 days.", class_name="small muted"),
        rx.el.ul(each(lapsed, draw), class_name="stack gap-4"),
        class_name="stack gap-3",
        aria_labelledby="lapsed",
    )


def fits_list(fits: Items) -> rx.Component:
    """Up to three others who have time; a fit has name, role, href, portrait, initials and free."""

    def draw(fit: Any) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                portrait(fit.portrait, fit.initials),
                rx.el.div(
                    rx.el.a(fit.name, href=fit.href, class_name="person-name"),
                    rx.el.p(fit.role, class_name="person-role"),
                    rx.el.p("Free ", fit.free, class_name="note tabular"),
                ),
                class_name="person",
            )
        )

    return rx.el.section(
        rx.el.h3("Others who have time"),
        rx.el.ul(each(fits, draw), class_name="stack gap-4"),
        class_name="stack gap-3",
    )
