"""What a mentor offers: title, length, price, what to bring and what one leaves with."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.field import has_words
from mentorhub.components.icon import icon
from mentorhub.components.price import price
from mentorhub.components.values import Flag, Handler, Text, either, given, when


def _term(label: str, words: Text) -> rx.Component:
    return when(has_words(words), rx.el.div(rx.el.dt(label), rx.el.dd(words)))


def offering_card(
    *,
    title: Text,
    terms: Text,
    price_tag: Text,
    bring: Text = "",
    leave_with: Text = "",
    is_chosen: Flag = False,
    action: rx.Component | None = None,
) -> rx.Component:
    """One offering; `terms` is its length and how it is confirmed, such as "30 min, books instantly"."""
    head = rx.el.div(
        rx.el.span(icon("video"), class_name="offering-icon"),
        rx.el.div(rx.el.h3(title), rx.el.p(terms, class_name="small muted"), class_name="grow"),
        price(price_tag),
        class_name="offering-head",
    )
    return rx.el.li(
        head,
        rx.el.dl(_term("You send before", bring), _term("You leave with", leave_with), class_name="offering-terms"),
        action if action is not None else "",
        class_name=either(is_chosen, "card card-flat offering offering-on", "card card-flat offering"),
    )


def offering_pick(
    *, title: Text, terms: Text, value: Text, is_chosen: Flag, on_choose: Handler | None = None
) -> rx.Component:
    """One offering as a small radio, above the times it changes."""
    return rx.el.label(
        rx.el.input(type="radio", name="offering", value=value, checked=is_chosen, **given(on_change=on_choose)),
        rx.el.span(rx.el.b(title), rx.el.span(terms)),
        class_name="pick-item",
    )
