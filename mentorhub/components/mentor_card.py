"""A mentor among others: who, why, the gap, proof, when, how much, do, always in this order."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.attendance import attendance_dots
from mentorhub.components.badge import badge, tag
from mentorhub.components.button import link_button
from mentorhub.components.field import has_words
from mentorhub.components.icon import icon
from mentorhub.components.portrait import portrait
from mentorhub.components.price import price
from mentorhub.components.rating import rating as rating_mark
from mentorhub.components.reasons import reasons as reason_list
from mentorhub.components.values import Flag, Text, Texts, when


def _proof(rating: Text, reviews: Text, answered: Text, recent: Texts, attended: Text) -> rx.Component:
    rated = when(
        has_words(rating),
        rating_mark(rating, reviews),
        rx.el.span(
            badge("New", "line"),
            rx.el.span(when(has_words(reviews), reviews, "no reviews yet"), class_name="small muted"),
            class_name="row gap-2",
        ),
    )
    quick = rx.el.span(rx.el.span(icon("reply"), answered), class_name="facts")
    came = rx.el.div(attendance_dots(recent, attended), class_name="facts")
    return rx.el.div(
        rx.el.div(rated, when(has_words(answered), quick), class_name="row gap-3"),
        when(has_words(attended), came),
        class_name="mentor-proof",
    )


def _foot(next_free: Text, price_tag: Text, minutes: Text, hint: Text) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.p("Next free, your time", class_name="note muted"),
            rx.el.p(
                when(has_words(next_free), rx.el.span(next_free), rx.el.span("No free time yet")),
                class_name="mentor-next",
            ),
        ),
        rx.el.div(rx.el.p(minutes, class_name="note muted"), price(price_tag), class_name="mentor-price"),
        when(has_words(hint), rx.el.p(hint, class_name="note muted mentor-hint")),
        class_name="mentor-foot",
    )


def mentor_card(
    *,
    name: Text,
    headline: Text,
    href: Text,
    portrait_source: Text,
    initials: Text,
    place: Text,
    is_open: Flag,
    reasons: Texts,
    missing: Text,
    rating: Text,
    reviews: Text,
    answered: Text,
    recent: Texts,
    attended: Text,
    next_free: Text,
    price_tag: Text,
    minutes: Text,
    hint: Text = "",
) -> rx.Component:
    """One mentor as a card; every part keeps its height, so that rows line up across cards.

    Texts arrive formatted: `next_free` "Tue 24 Nov, 14:30" in the reader's zone, `price_tag` "₹1,200",
    `minutes` "30 min", `answered` "41 of 43 answered", `attended` "212 of 214 attended", `hint` "all in".
    An empty `rating` means too few reviews for one, and `reviews` then says how many in words;
    an empty text leaves its part out.
    """
    who = rx.el.div(
        portrait(portrait_source, initials),
        rx.el.div(
            rx.el.h3(rx.el.a(name, href=href), class_name="person-name"),
            rx.el.p(headline, class_name="person-role"),
        ),
        class_name="person",
    )
    meta = rx.el.div(
        when(is_open, tag("Open to mentorship"), tag("Not taking people now", "paused")),
        rx.el.span(place, class_name="note muted"),
        class_name="mentor-meta",
    )
    see = link_button("See times", rx.el.span(" with ", name, class_name="hidden-text"), href=href, kind="soft")
    return rx.el.article(
        who,
        meta,
        reason_list(reasons, missing, class_name="stack gap-2 mentor-why"),
        _proof(rating, reviews, answered, recent, attended),
        _foot(next_free, price_tag, minutes, hint),
        rx.el.div(see, class_name="mentor-act"),
        class_name="card mentor-card",
    )
