"""From a held time to the payment: the question, what is held, the bill, and the way to the provider."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, text_button
from mentorhub.components.field import has_words
from mentorhub.components.portrait import person, portrait
from mentorhub.components.price import policy_window, price, price_lines
from mentorhub.components.trail import trail
from mentorhub.components.values import Flag, Handler, Items, Text, given, when

STEPS = ("Your question", "Payment", "Confirmed")


def steps_bar(current: int, steps: Sequence[str] = STEPS) -> rx.Component:
    """Where one stands between question, payment and confirmation."""
    return rx.el.div(trail(steps, current), class_name="page pt-6")


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
) -> rx.Component:
    """What is held: offering and mentor, both clocks, the price; `meeting` is a ribbon."""
    return rx.el.div(
        person(title, terms, source=portrait_source, initials=initials, heading="h2"),
        meeting,
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


def payment_panel(
    *,
    clock: rx.Component,
    lines: Items,
    pay_label: Text,
    split_words: Text,
    on_pay: Handler | None = None,
    on_give_back: Handler | None = None,
    busy: Flag = False,
    is_blocked: Flag = False,
    blocked_words: Text = "",
    refused: Text = "",
    paid_to: Text = "Pay leads to the payment page of our provider; no card number reaches us.",
) -> rx.Component:
    """The bill and the one button; `refused` says why the last try failed and what is still safe.

    `is_blocked` turns the button off and `blocked_words` says what opens it, such as a verified address.
    """
    refusal = banner(rx.el.b("The card was refused. "), refused, tone="danger", urgent=True)
    pay = button(
        pay_label,
        kind="primary",
        large=True,
        wide=True,
        icon_name="lock",
        busy=busy,
        disabled=is_blocked,
        class_name="tabular",
        **given(on_click=on_pay),
    )
    return rx.el.div(
        when(has_words(refused), refusal),
        clock,
        price_lines(lines),
        when(is_blocked, banner(blocked_words, tone="warning")),
        rx.el.div(pay, rx.el.p(split_words, class_name="note muted text-center"), class_name="stack gap-3"),
        rx.el.p(paid_to, class_name="note muted"),
        text_button("Give this time back", **given(on_click=on_give_back)),
        class_name="till-inner stack gap-6",
    )


def checkout_layout(
    *, back: rx.Component, title: Text, total: Text, session: rx.Component, terms: Items, panel: rx.Component
) -> rx.Component:
    """Two columns: what, when and under which terms; and paying."""
    plans = rx.el.div(
        rx.el.h2("If plans change", class_name="text-body"),
        policy_window(terms),
        rx.el.p(
            "Back to the same card. These dates are copied onto your booking and cannot change later.",
            class_name="note muted",
        ),
        class_name="stack gap-3",
    )
    side = rx.el.div(
        back,
        rx.el.div(
            rx.el.p(title, class_name="muted"),
            rx.el.h1(total, class_name="till-sum tabular"),
            class_name="stack gap-2",
        ),
        session,
        plans,
        class_name="till-inner stack gap-6",
    )
    return rx.el.div(
        rx.el.section(side, class_name="till-side", aria_label="What you pay for"),
        rx.el.section(panel, class_name="till-main", aria_label="Payment"),
        class_name="till",
    )
