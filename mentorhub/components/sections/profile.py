"""A mentor's profile: who, proof, fit, about, what to book, reviews, and the card that books."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.attendance import attendance_dots
from mentorhub.components.badge import tag
from mentorhub.components.button import button, link_button
from mentorhub.components.chip import chip
from mentorhub.components.field import has_words
from mentorhub.components.histogram import histogram
from mentorhub.components.icon import icon
from mentorhub.components.portrait import portrait
from mentorhub.components.price import price
from mentorhub.components.rating import star, stars
from mentorhub.components.reasons import reasons as reason_list
from mentorhub.components.values import Flag, Handler, Items, Number, Text, Texts, each, given, when


def crumb(label: Text, href: Text) -> rx.Component:
    """The way back to the list one came from."""
    return rx.el.div(rx.el.a(icon("arrow-left", "s"), label, href=href, class_name="crumb"), class_name="page pt-4")


def profile_head(
    *,
    name: Text,
    headline: Text,
    portrait_source: Text,
    initials: Text,
    is_open: Flag,
    open_words: Text = "Open to mentorship",
    place: Text = "",
    languages: Text = "",
    spoken_portrait: Text = "",
) -> rx.Component:
    """Name, face, one sentence, and whether this person takes people now."""
    facts = rx.el.div(
        when(has_words(place), rx.el.span(icon("map-pin"), place)),
        when(has_words(languages), rx.el.span(icon("languages"), languages)),
        class_name="facts",
    )
    words = rx.el.div(
        when(is_open, tag(open_words), tag("Not taking people now", "paused")),
        rx.el.h1(name),
        rx.el.p(headline, class_name="lead"),
        facts,
        class_name="stack gap-2",
    )
    face = portrait(portrait_source, initials, size="xl", spoken=spoken_portrait)
    return rx.el.div(face, words, class_name="profile-id")


def fact(label: str, value: Text | rx.Component, note: Text | rx.Component = "") -> rx.Component:
    """One figure of the proof row with its note."""
    return rx.el.div(rx.el.dt(label), rx.el.dd(value), rx.el.dd(note, class_name="note muted"))


def proof(
    *,
    rating: Text,
    reviews: Text,
    attended: Text,
    recent: Texts,
    answered: Text = "",
    booked: Text = "",
    booked_note: Text = "",
) -> rx.Component:
    """Figures in a row; an empty one is left out and the row closes up. `reviews` is "64 reviews"."""
    rated = when(
        has_words(rating),
        rx.fragment(fact("Rating", rx.fragment(star(), rating), rx.el.a(reviews, href="#reviews"))),
        rx.fragment(fact("Rating", "New", "no reviews yet")),
    )
    return rx.el.dl(
        rated,
        when(has_words(attended), fact("Attended", _figure(attended), _doubt(attended, attendance_dots(recent, "")))),
        when(has_words(answered), fact("Requests answered", _figure(answered), _doubt(answered))),
        when(has_words(booked), fact("Sessions", booked, booked_note)),
        class_name="proof",
    )


def _figure(words: Text) -> Text:
    """ "49 of 50" whole, and "2 sessions" of "2 sessions, not enough data"."""
    return words.split(", ")[0]


def _doubt(words: Text, *more: rx.Component) -> rx.Component:
    doubtful = words.contains(", ") if isinstance(words, rx.Var) else ", " in words
    return rx.fragment(when(doubtful, rx.el.span("not enough data ")), *more)


def fit(name: Text, facts: Texts, missing: Text, drawing: rx.Component | None = None) -> rx.Component:
    """Why this mentor fits the reader; without a shared path the reasons stand alone."""
    body = reason_list(facts, missing, class_name="stack gap-3")
    card = (
        rx.el.div(drawing, body, class_name="card card-flat fit")
        if drawing is not None
        else rx.el.div(body, class_name="card card-flat card-tight")
    )
    return rx.el.section(
        rx.el.h2("Why ", name, " fits you", id="why"), card, class_name="stack gap-3", aria_labelledby="why"
    )


def about(paragraphs: Texts, topics: Texts) -> rx.Component:
    """The mentor's own words and fields."""

    def paragraph(words: Any) -> rx.Component:
        return rx.el.p(words)

    def topic(words: Any) -> rx.Component:
        return chip(words)

    return rx.el.section(
        rx.el.h2("About", id="about"),
        rx.el.div(each(paragraphs, paragraph), class_name="prose"),
        rx.el.div(each(topics, topic), class_name="row gap-2"),
        class_name="stack gap-4",
        aria_labelledby="about",
    )


def offerings(cards: rx.Component) -> rx.Component:
    """What can be booked; `cards` are `offering_card`s."""
    return rx.el.section(
        rx.el.h2("What you can book", id="offerings"),
        rx.el.ul(cards, class_name="stack gap-3"),
        class_name="stack gap-4",
        aria_labelledby="offerings",
    )


def reviews(
    rows: rx.Component,
    *,
    average: Text,
    rounded: Number,
    count: Text,
    bars: Items,
    note: Text,
    has_any: Flag,
    more: rx.Component | None = None,
) -> rx.Component:
    """How people who met this mentor rated it; `rounded` is the average as whole stars, `count` in words."""
    score = rx.el.div(
        rx.el.div(
            rx.el.p(average, class_name="score-value tabular"),
            stars(rounded),
            rx.el.p(count, class_name="note muted"),
            class_name="stack gap-1",
        ),
        histogram(bars),
        rx.el.p(note, class_name="note muted score-how"),
        class_name="score",
    )
    none = rx.el.p("No reviews yet. They appear once two people have met and both have written.", class_name="muted")
    return rx.el.section(
        rx.el.h2("Reviews", id="reviews-title"),
        when(has_any, rx.fragment(score, rx.el.ul(rows)), none),
        more if more is not None else "",
        class_name="stack gap-4",
        id="reviews",
        aria_labelledby="reviews-title",
    )


def booking_card(
    *,
    picks: rx.Component,
    pager: rx.Component,
    zone_name: Text,
    zone_note: Text,
    zone_control: rx.Component | None,
    grid: rx.Component,
    days: rx.Component,
    notice: Text,
    is_chosen: Flag,
    meeting: rx.Component,
    price_tag: Text,
    price_note: Text,
    hold_label: Text,
    terms: rx.Component,
    line: rx.Component | None = None,
    on_hold: Handler | None = None,
    busy: Flag = False,
    error: Text = "",
) -> rx.Component:
    """The card that books: offering, week, chosen time on both clocks, price, one button, terms as dates.

    `line` is the way to wait for a time, `notice` tells of a time taken meanwhile, `error` why a hold was refused;
    `meeting` is a ribbon.
    """
    zone = rx.el.p(
        rx.el.b("Times in ", zone_name),
        " ",
        rx.el.span(zone_note, class_name="muted"),
        " ",
        zone_control if zone_control is not None else "",
        class_name="small",
    )
    sum_line = rx.el.div(
        price(price_tag, large=True), rx.el.p(price_note, class_name="note muted"), class_name="spread"
    )
    act = button(
        hold_label,
        kind="primary",
        large=True,
        wide=True,
        busy=busy,
        class_name="tabular",
        **given(on_click=on_hold),
    )
    return rx.el.aside(
        rx.el.div(rx.el.h2("Pick a time"), pager, class_name="spread"),
        rx.el.fieldset(rx.el.legend("Offering", class_name="hidden-text"), picks, class_name="pick"),
        zone,
        rx.el.div(grid, class_name="wide-only"),
        rx.el.div(days, class_name="phone-only"),
        rx.el.div(
            when(has_words(notice), rx.el.p(icon("zap", "s"), notice, class_name="note booking-gone")),
            role="status",
        ),
        when(
            is_chosen,
            rx.fragment(meeting, sum_line, act, terms),
            rx.el.p("Choose a time to see the price and the refund dates for it.", class_name="small muted"),
        ),
        rx.el.div(
            when(has_words(error), rx.el.p(icon("circle-alert", "s"), error, class_name="error")),
            aria_live="polite",
        ),
        line if line is not None else "",
        class_name="card card-pop booking pinned",
        id="times",
        aria_label="Book a session",
    )


def book_bar(label: Text, price_tag: Text) -> rx.Component:
    """On a phone the way to the times stays at the foot."""
    return rx.el.div(
        rx.el.div(rx.el.p(label, class_name="note muted"), price(price_tag)),
        link_button("See times", href="#times", kind="primary"),
        class_name="bookbar phone-only",
    )


def profile_layout(head: rx.Component, *main: rx.Component, card: rx.Component, bar: rx.Component) -> rx.Component:
    """Words on one side, the booking card on the other, the bar for phones."""
    return rx.el.div(
        rx.el.div(rx.el.div(head, *main, class_name="stack gap-12"), card, class_name="page columns profile"),
        bar,
        class_name="with-bookbar",
    )
