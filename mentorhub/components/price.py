"""Sums of money: a price tag, the lines of a bill, where a price goes, and the terms as dates."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.field import has_words
from mentorhub.components.icon import icon
from mentorhub.components.values import Items, Text, each, either, is_empty, when


def price(amount: Text, *, large: bool = False) -> rx.Component:
    """A price tag, already formatted, such as ₹1,200; "Free" when nothing is asked."""
    return rx.el.p(amount, class_name="price price-l" if large else "price")


def price_lines(lines: Items) -> rx.Component:
    """The lines of a bill; each has `label`, `amount` and `is_total`, sums with their decimals."""

    def draw(line: Any) -> rx.Component:
        return rx.el.div(rx.el.dt(line.label), rx.el.dd(line.amount), class_name=either(line.is_total, "total", ""))

    return rx.el.dl(each(lines, draw), class_name="lines")


def price_split(parts: Items) -> rx.Component:
    """Where a price goes, as a bar and in words; a part has `label`, `amount` and `minor`, mentor first."""

    def piece(part: Any) -> rx.Component:
        return rx.el.i(style={"--n": f"{part.minor}"})

    def words(part: Any) -> rx.Component:
        return rx.el.span(part.label, " ", part.amount)

    return rx.el.div(
        rx.el.div(each(parts, piece), class_name="split-bar", aria_hidden="true"),
        rx.el.p(each(parts, words), class_name="split-key tabular"),
        class_name="stack gap-3",
    )


def policy_line(*words: Text | rx.Component) -> rx.Component:
    """The terms in one sentence with their dates, beside the button they concern."""
    return rx.el.p(icon("shield-check"), rx.el.span(*words), class_name="policy")


def policy_window(terms: Items, *, now: Text | None = None) -> rx.Component:
    """What comes back until when; a term has `share` and `until` in words; best first, at most three.

    Without terms there was nothing to pay, and that is said.
    """

    def draw(term: Any) -> rx.Component:
        return rx.el.div(rx.el.dt(term.share), rx.el.dd(term.until))

    def piece(_: Any) -> rx.Component:
        return rx.el.i()

    nothing = rx.el.p("There is nothing to pay, so you may call off any time before the start.", class_name="small")
    window = rx.el.div(
        rx.el.p(rx.el.span(now), class_name="window-now") if now is not None else "",
        rx.el.div(each(terms, piece), class_name="window-bar", aria_hidden="true"),
        rx.el.dl(each(terms, draw)),
        class_name="window",
    )
    return when(is_empty(terms), nothing, window)


def refund_sum(refund: Any) -> rx.Component:
    """What a cancellation gives back, the sum first; `refund` has `label`, `amount`, `words` and `gives_back`.

    Of what was free there is neither label nor amount.
    """
    money = rx.fragment(
        rx.el.p(refund.label, class_name="small muted"), rx.el.p(refund.amount, class_name="refund-sum tabular")
    )
    return rx.el.div(
        when(has_words(refund.amount), money),
        rx.el.p(refund.words, class_name="small"),
        class_name=either(refund.gives_back, "refund", "refund refund-none"),
    )
