"""From a held time to the payment: the question, what is held, the bill, and the way to the provider."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.button import text_button
from mentorhub.components.field import has_words
from mentorhub.components.portrait import person, portrait
from mentorhub.components.price import policy_window, price
from mentorhub.components.trail import trail
from mentorhub.components.values import Handler, Items, Text, given, when


def steps_bar(*steps: Text) -> rx.Component:
    """That one stands at the first of the steps that lead to a session."""
    return rx.el.div(trail(steps, 0), class_name="page pt-6")


def hold_clock(clock: rx.Component, until: Text, note: Text = "Others see this time as taken.") -> rx.Component:
    """The countdown of a hold with its deadline in words; `clock` is a countdown."""
    return rx.el.div(
        clock,
        rx.el.p(
            "Held for you until ",
            rx.el.b(until),
            ".",
            rx.el.br(),
            rx.el.span(note, class_name="muted"),
            class_name="small",
        ),
        class_name="hold-clock",
    )


def hold_strip(clock: rx.Component, when_words: Text, until: Text) -> rx.Component:
    """The same on a phone, kept at the top while one writes."""
    return rx.el.div(
        clock,
        rx.el.p(
            rx.el.b(when_words),
            rx.el.br(),
            rx.el.span("held for you until ", until, class_name="muted"),
            class_name="note",
        ),
        class_name="hold-strip phone-only",
    )


def held_session(
    *,
    title: Text,
    terms: Text,
    portrait_source: Text,
    initials: Text,
    meeting: rx.Component,
    price_tag: Text,
    price_note: Text = "Whole price",
    series_note: Text = "",
) -> rx.Component:
    """What is held: offering and mentor, both clocks, the price; `meeting` is a ribbon.

    `series_note` says how the sessions of a series hang together.
    """
    return rx.el.div(
        person(title, terms, source=portrait_source, initials=initials, heading="h2"),
        meeting,
        when(has_words(series_note), rx.el.p(series_note, class_name="small muted")),
        rx.el.hr(),
        rx.el.div(rx.el.span(price_note, class_name="small"), price(price_tag), class_name="spread"),
        class_name="card stack gap-4",
    )


def terms_card(terms: Items) -> rx.Component:
    """What comes back until when, as `policy_window`, kept apart on a quiet ground."""
    return rx.el.div(policy_window(terms), class_name="card card-sunken card-tight")


def question_nudge(face: Text, initials: Text, lead: Text, words: Text, example: Text) -> rx.Component:
    """A hint with an example while a question is too short to be answered well."""
    return rx.el.div(
        portrait(face, initials, size="s"),
        rx.el.div(
            rx.el.p(rx.el.b(lead), " ", words, class_name="small"),
            when(has_words(example), rx.el.p("For example: ", example, class_name="small muted nudge-example")),
            class_name="stack gap-2",
        ),
        class_name="nudge",
        role="status",
    )


def hold_layout(
    *,
    title: Text,
    lead: Text,
    form: rx.Component,
    clock: rx.Component,
    until: Text,
    when_words: Text,
    session: rx.Component,
    terms: Items,
    on_give_back: Handler | None = None,
    phone_clock: rx.Component | None = None,
) -> rx.Component:
    """The page of a hold: the form with the question on one side, what is held on the other."""
    side = rx.el.aside(
        rx.el.div(hold_clock(clock, until), class_name="wide-only"),
        session,
        terms_card(terms),
        text_button("Give this time back", **given(on_click=on_give_back)),
        class_name="stack gap-4 pinned",
        aria_label="Your session",
    )
    main = rx.el.div(
        rx.el.div(rx.el.h1(title), rx.el.p(lead, class_name="muted"), class_name="stack gap-2"),
        form,
        class_name="stack gap-8",
    )
    return rx.fragment(
        hold_strip(phone_clock, when_words, until) if phone_clock is not None else "",
        rx.el.div(main, side, class_name="page columns pt-8"),
    )
