"""The first page: one promise, one search, real mentors, how it works, a voice, the price."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from mentorhub.components.button import link_button, text_link
from mentorhub.components.chip import chip_link
from mentorhub.components.icon import icon
from mentorhub.components.mark import seal
from mentorhub.components.portrait import person, portrait
from mentorhub.components.price import price, price_split
from mentorhub.components.reasons import gap, reason
from mentorhub.components.reasons import reasons as reason_list
from mentorhub.components.ribbon import ribbon
from mentorhub.components.search import search_field
from mentorhub.components.values import Flag, Items, Text, Texts, when

PROMISES = (
    ("You cancel a day ahead", "Everything back, to the same card"),
    ("Your mentor cancels, any time", "Everything back"),
    ("Reviews", "Only from two people who were in the room together"),
)


def hero(suggestions: Sequence[tuple[str, str]], figure: rx.Component | None = None) -> rx.Component:
    """The promise and the search field; `suggestions` are (words, href), `figure` shows one real meeting."""
    search = rx.el.div(
        rx.el.label("What are you trying to do?", html_for="q", class_name="label"),
        search_field(label="Find mentors", large=True, spoken=None),
        class_name="stack gap-2",
    )
    asked = rx.el.div(
        rx.el.span("People ask about", class_name="note muted"),
        *(chip_link(words, href) for words, href in suggestions),
        class_name="row gap-2",
    )
    words = rx.el.div(
        rx.el.h1("Talk to someone who has already been where you are", class_name="hero-title"),
        rx.el.p(
            "Book half an hour with a person who took the step you are about to take. You see why they fit, "
            "when they are free in your time zone and what it costs before you sign up.",
            class_name="lead",
        ),
        search,
        asked,
        class_name="stack gap-6",
    )
    return rx.el.div(words, figure if figure is not None else "", class_name="page hero")


def meeting_figure(
    *,
    name: Text,
    headline: Text,
    portrait_source: Text,
    initials: Text,
    reasons: Texts,
    missing: Text,
    meeting: rx.Component,
    offering: Text,
    price_words: Text,
    href: Text,
) -> rx.Component:
    """One real mentor with the next time both are awake; `meeting` is a ribbon."""
    who = person(rx.el.a(name, href=href), headline, source=portrait_source, initials=initials, size="l", heading="h2")
    return rx.el.figure(
        who,
        reason_list(reasons, missing),
        rx.el.hr(),
        meeting,
        rx.el.p(
            rx.el.span(offering, class_name="muted"),
            rx.el.span(price_words, class_name="strong tabular"),
            class_name="spread small",
        ),
        class_name="card card-pop stack gap-4",
    )


def soonest(cards: rx.Component, *, all_label: Text, title: str = "Free in the next days") -> rx.Component:
    """Three mentors who have time soon; `all_label` is the link to the rest, such as "All 68 mentors"."""
    head = rx.el.div(
        rx.el.h2(title, id="free", class_name="text-h2"),
        text_link(all_label, href="/mentors"),
        class_name="spread",
    )
    return rx.el.section(
        head,
        rx.el.div(cards, class_name="thirds"),
        class_name="page section stack gap-6",
        aria_labelledby="free",
    )


def _step(number: str, title: str, words: str, piece: rx.Component) -> rx.Component:
    return rx.el.li(
        rx.el.div(piece, class_name="how-piece"),
        rx.el.div(
            rx.el.h3(rx.el.span(number, class_name="how-number"), " ", title),
            rx.el.p(words, class_name="small muted"),
        ),
        class_name="stack",
    )


def _next_steps() -> rx.Component:
    done = rx.el.li(icon("circle-check"), rx.el.span("Cut the CV to one page", class_name="what"), class_name="done")
    ahead = rx.el.li(
        icon("circle"),
        rx.el.span(
            "Write up the bridge project as a product story",
            rx.el.span("due Friday, goal: product internship", class_name="note muted block"),
            class_name="what",
        ),
    )
    return rx.el.ul(done, ahead, class_name="checklist")


def how_it_works() -> rx.Component:
    """Three steps, each with a small picture made of the real parts."""
    fit = rx.el.ul(
        reason("Took the step you are about to take"),
        reason("Free in your hours"),
        reason("Came to the sessions they agreed to"),
        gap("What they cannot help you with"),
        class_name="stack gap-2",
    )
    zones = ribbon(
        start="2026-11-23T17:30:00Z",
        end="2026-11-23T18:15:00Z",
        your_zone="Africa/Nairobi",
        their_zone="Europe/Dublin",
        your_place="Nairobi",
        their_name="Mentor",
        their_place="Dublin",
        your_time="Mon, 20:30",
        their_time="Mon, 17:30",
    )
    return rx.el.section(
        rx.el.h2("How it works", id="how-title", class_name="text-h2"),
        rx.el.ol(
            _step(
                "1.",
                "Say what you want to do",
                "We rank people by fit, free hours and whether their sessions happen, and show the reasons "
                "with one honest gap.",
                fit,
            ),
            _step(
                "2.",
                "Pick a time you can both see",
                "Each time is shown in both zones. Price and refund dates stand next to the button, and the "
                "slot is yours for ten minutes.",
                zones,
            ),
            _step(
                "3.",
                "Meet, and leave with next steps",
                "Video and shared notes run in the browser. What you agree on becomes dated steps under your goal.",
                _next_steps(),
            ),
            class_name="how",
        ),
        class_name="page section stack gap-8",
        id="how",
        aria_labelledby="how-title",
    )


def voice(
    *, words: Text, author: Text, about: Text, author_face: Text, mentor_face: Text, initials: Text, met: Text
) -> rx.Component:
    """One review with a name, large; `about` says who wrote it about whom."""
    faces = rx.el.div(
        portrait(author_face, initials),
        portrait(mentor_face, ""),
        class_name="voice-faces",
        aria_hidden="true",
    )
    signed = rx.el.figcaption(
        rx.el.span(author, class_name="strong"),
        rx.el.span(about, class_name="muted small"),
        seal(met),
        class_name="row gap-4",
    )
    quote = rx.el.div(rx.el.blockquote("“", words, "”"), signed, class_name="stack gap-4")
    return rx.el.section(
        rx.el.figure(faces, quote, class_name="voice"), class_name="page section", aria_label="A review"
    )


def price_story(
    *,
    example: Text,
    price_tag: Text,
    parts: Items,
    has_example: Flag = True,
    promises: Sequence[tuple[str, str]] = PROMISES,
) -> rx.Component:
    """Where the price goes, drawn on one real offering if there is one, and what is promised around it.

    `parts` as in `price_split`: the mentor's share first, then fee and card cost.
    """
    figures = rx.el.div(
        rx.el.div(rx.el.span(example), price(price_tag), class_name="spread small"),
        price_split(parts),
        class_name="stack gap-3",
    )
    words = rx.el.div(
        rx.el.h2("The listed price is the whole price", id="price-title", class_name="text-h2"),
        rx.el.p(
            "Mentors set it. You pay exactly that, to the card you choose. Nothing is added at the end.",
            class_name="lead",
        ),
        when(has_example, figures),
        class_name="stack gap-4",
    )
    kept = rx.el.dl(*(rx.el.div(rx.el.dt(case), rx.el.dd(what)) for case, what in promises), class_name="promises")
    return rx.el.section(
        rx.el.div(words, kept, class_name="price-block"),
        class_name="page section",
        id="price",
        aria_labelledby="price-title",
    )


def call_to_mentors(href: str = "/sign-up?as=mentor") -> rx.Component:
    """The same page's word to people on the other side."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Have you taken the step someone else is about to take?", class_name="text-h2"),
            rx.el.p(
                "Open a few hours a week, set your price and your limits. Free sessions cost you nothing to offer.",
                class_name="muted closing-words",
            ),
            link_button("Become a mentor", href=href, large=True),
            class_name="closing",
        ),
        class_name="page",
    )
