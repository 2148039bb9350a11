"""The two homes: the next session first, then what is worth doing, each with its next step."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.button import link_button, text_link
from mentorhub.components.field import has_words
from mentorhub.components.icon import icon
from mentorhub.components.portrait import portrait
from mentorhub.components.reasons import reasons as reason_list
from mentorhub.components.search import search_field
from mentorhub.components.values import Flag, Items, Text, Texts, each, either, when


def greeting(words: Text, now_words: Text) -> rx.Component:
    """Good morning by name, and what time it is where."""
    return rx.el.div(rx.el.h1(words), rx.el.p(now_words, class_name="tabular"), class_name="greeting")


def presence(others: Items) -> rx.Component:
    """Who is in the room: each has `words` and `is_here`."""

    def draw(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.i(aria_hidden="true"),
            rx.el.span(one.words),
            class_name=either(one.is_here, "here", ""),
        )

    return rx.el.ul(each(others, draw), class_name="presence", aria_label="Who is in the room")


def _door(words: Text, is_open: Flag, clock: rx.Component | None) -> rx.Component:
    waits = rx.el.p(icon("clock", "s"), rx.el.span(words), clock or "", class_name="row gap-2 small strong tabular")
    return when(is_open, rx.el.p(words, class_name="live"), waits)


def _ways_in(is_open: Flag, room_href: Text, booking_href: Text) -> rx.Component:
    """One primary way: the room while it is open, else the session's page."""
    inside = rx.fragment(
        link_button("Join the room", href=room_href, kind="primary", large=True, icon_name="video"),
        link_button("Open the session", href=booking_href, large=True, kind="quiet"),
    )
    return when(is_open, inside, link_button("Open the session", href=booking_href, large=True))


def next_session(
    *,
    title: Text,
    who: Text,
    portrait_source: Text,
    initials: Text,
    state_words: Text,
    is_open: Flag,
    clock: rx.Component | None,
    ask: Text,
    asked_by: Text,
    people: Items,
    meeting: rx.Component,
    facts: Items,
    room_href: Text,
    booking_href: Text,
) -> rx.Component:
    """The one large thing of a home page; `state_words` says when the room opens or that it is open.

    `clock` counts down to the opening; each of `facts` has `label` and `words`.
    """
    what = rx.el.div(
        _door(state_words, is_open, clock),
        rx.el.div(
            portrait(portrait_source, initials, size="l"),
            rx.el.div(rx.el.h2(title, id="next-title"), rx.el.p(who, class_name="person-role")),
            class_name="person",
        ),
        when(has_words(ask), rx.el.p(rx.el.b(asked_by), "“", ask, "”", class_name="next-ask")),
        when(is_open & (people.length() > 0) if isinstance(people, rx.Var) else is_open, presence(people)),
        rx.el.div(
            _ways_in(is_open, room_href, booking_href),
            class_name="row mt-auto",
        ),
        class_name="next-what",
    )
    told = rx.el.dl(
        each(facts, lambda fact: rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.words))), class_name="factlist"
    )
    return rx.el.section(
        what,
        rx.el.div(meeting, told, class_name="next-when"),
        class_name="card next",
        aria_labelledby="next-title",
    )


def first_step(*, title: Text, words: Text, label: str = "Show who can help") -> rx.Component:
    """What stands first while nothing is booked: one question."""
    return rx.el.section(
        rx.el.div(rx.el.h2(title, class_name="text-h2"), rx.el.p(words, class_name="lead"), class_name="stack gap-2"),
        rx.el.div(
            rx.el.label("I want to", html_for="q", class_name="label"),
            search_field(label=label, large=True, spoken=None, placeholder="move from testing into a product job"),
            class_name="stack gap-2",
        ),
        class_name="card card-pop stack gap-6",
        aria_label="First step",
    )


def person_to_meet(
    *,
    name: Text,
    role: Text,
    href: Text,
    portrait_source: Text,
    initials: Text,
    reasons: Texts,
    missing: Text,
    next_free: Text,
    terms: Text,
) -> rx.Component:
    """A mentor in a short row: why, the gap, when free and for how much."""
    return rx.el.article(
        rx.el.div(
            portrait(portrait_source, initials),
            rx.el.div(
                rx.el.h3(rx.el.a(name, href=href), class_name="person-name"),
                rx.el.p(role, class_name="person-role"),
            ),
            class_name="person",
        ),
        reason_list(reasons, missing),
        rx.el.div(
            rx.el.p(rx.el.b("Free ", next_free), terms, class_name="note tabular"),
            link_button("See times", rx.el.span(" with ", name, class_name="hidden-text"), href=href),
            class_name="match-foot",
        ),
        class_name="match",
    )


def people_to_meet(rows: rx.Component, *, all_label: Text, title: Text = "People to meet") -> rx.Component:
    """Three mentors who have time soon."""
    return part(title, rx.el.div(rows, class_name="thirds"), name="people", aside=text_link(all_label, href="/mentors"))


def part(
    title: Text, *content: rx.Component, name: str, aside: rx.Component | None = None, class_name: str = ""
) -> rx.Component:
    """A part of a home page under its heading; `aside` stands at the heading's end."""
    return rx.el.section(
        rx.el.div(rx.el.h2(title, id=name), aside if aside is not None else "", class_name="part-head"),
        *content,
        class_name=class_name,
        aria_labelledby=name,
    )


def steps_to_be_found(steps: Items, *, in_words: Text, share: Any) -> rx.Component:
    """The checklist before opening, as the one large thing; a step has `label`, `href` and `is_done`.

    `share` is how much is done, in percent.
    """

    def draw(step: Any) -> rx.Component:
        done = rx.el.li(
            icon("circle-check"),
            rx.el.span(rx.el.span("Done: ", class_name="hidden-text"), step.label, class_name="what"),
            class_name="done",
        )
        ahead = rx.el.li(icon("circle"), rx.el.a(step.label, href=step.href, class_name="what strong"))
        return when(step.is_done, done, ahead)

    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2("Five steps to being found", class_name="text-h2", id="steps-title"),
                rx.el.p("Nobody sees you before you say so. You can stop at any step.", class_name="muted"),
            ),
            rx.el.p(in_words, class_name="small strong tabular"),
            class_name="spread",
        ),
        rx.el.span(rx.el.i(style={"--v": f"{share}%"}), class_name="meter block", aria_hidden="true"),
        rx.el.ul(each(steps, draw), class_name="checklist"),
        class_name="card card-pop stack gap-4",
        aria_labelledby="steps-title",
    )


def figure(label: Text, value: Text, note: Text) -> rx.Component:
    """A sum with what happens to it next."""
    return rx.el.div(
        rx.el.span(label, class_name="stat-label"),
        rx.el.span(value, class_name="stat-value text-h3"),
        rx.el.span(note, class_name="stat-note"),
        class_name="stat",
    )


def facts(rows: Items) -> rx.Component:
    """What is set up, each with the way to change it: `label`, `words`, `href`."""

    def draw(row: Any) -> rx.Component:
        return rx.el.div(
            rx.el.dt(row.label),
            rx.el.dd(rx.el.a(row.words, rx.el.span(", ", row.label, class_name="hidden-text"), href=row.href)),
        )

    return rx.el.dl(each(rows, draw), class_name="factlist")
