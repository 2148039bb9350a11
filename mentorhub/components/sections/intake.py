"""The intake: the form with its completeness, and how the two people read it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.field import field, has_words, text_area
from mentorhub.components.icon import icon
from mentorhub.components.sections.checkout import question_nudge
from mentorhub.components.values import NO_PAGE, Flag, Items, Text, each, either, when

PARTS = ("Goal", "Where you are", "Question", "Own words")
EXAMPLE = (
    "“I sent 40 applications and got one call. Here is my CV and the post I want most. What would you cut first, "
    "and why?”"
)


def fullness(parts: Any, words: Text) -> rx.Component:
    """How complete a request is: four parts, `parts` says of each whether it is there, `words` sums them up."""
    bars = [rx.el.i(class_name=either(parts[place], "on", "")) for place in range(len(PARTS))]
    key = [
        rx.el.li(
            name,
            rx.el.span(either(parts[place], ", done", ", missing"), class_name="hidden-text"),
            class_name=either(parts[place], "on", ""),
        )
        for place, name in enumerate(PARTS)
    ]
    return rx.el.div(
        rx.el.p(words, class_name="small strong"),
        rx.el.div(*bars, class_name="fullness-bar", aria_hidden="true"),
        rx.el.ul(*key, class_name="fullness-key"),
        class_name="fullness",
        role="group",
        aria_label="How complete your request is",
    )


def intake_form(
    *,
    goal: Text,
    situation: Text,
    questions: Any,
    files: rx.Component,
    links: Text,
    link_error: Text,
    words: Text,
    nudge: rx.Component,
    more: rx.Component,
    shown: Any,
    on_write: Any,
) -> rx.Component:
    """The fields of an intake; `on_write(name)` gives the handlers of one, `shown` is how many questions are open.

    `files` is a file field.
    """

    def question(place: int) -> rx.Component:
        name = f"question-{place + 1}"
        label = "What is your question?" if place == 0 else f"Question {place + 1}"
        box = text_area(
            name,
            label,
            rows=2,
            default_value=questions[place],
            max_length=1000,
            aside=rx.el.span(words, class_name="note tabular muted") if place == 0 else None,
            **on_write(name),
        )
        return box if place == 0 else when(shown > place, box)

    return rx.el.div(
        field("goal", "What are you working towards?", default_value=goal, max_length=200, **on_write("goal")),
        text_area(
            "situation",
            "Where are you now?",
            rows=4,
            default_value=situation,
            max_length=4000,
            **on_write("situation"),
        ),
        rx.el.div(question(0), nudge, question(1), question(2), more, class_name="stack gap-4"),
        files,
        text_area(
            "links",
            "Links",
            rows=2,
            default_value=links,
            hint="One a line, each beginning with https. You may leave files and links empty.",
            error=link_error,
            max_length=1600,
            **on_write("links"),
        ),
        class_name="stack gap-6",
    )


def vague_nudge(face: Text, initials: Text, first: Text, hint: Text) -> rx.Component:
    """What to write instead of "Can you be my mentor?", with an example."""
    lead = rx.Var.create(first) + " can answer this with one word." if isinstance(first, rx.Var) else ""
    return when(has_words(hint), question_nudge(face, initials, lead, hint, EXAMPLE))


def intake_read(
    *,
    goal: Text,
    situation: Text,
    questions: Items,
    has_questions: Flag,
    links: Items,
    files: Items,
    level: str = "h3",
) -> rx.Component:
    """An intake as its two people read it; a link has `href` and `label`, a file `href`, `name` and `words`."""
    heading = getattr(rx.el, level)

    def part(title: str, words: Text) -> rx.Component:
        return when(
            has_words(words), rx.el.section(heading(title), rx.el.p(words, class_name="whitespace-pre-line prose"))
        )

    def link(one: Any) -> rx.Component:
        return rx.el.a(
            icon("link", "s"),
            one.label,
            href=one.href,
            class_name="attach",
            rel="noopener noreferrer nofollow",
            target="_blank",
        )

    def file(one: Any) -> rx.Component:
        return rx.el.a(
            icon("file-text", "s"),
            rx.el.span(one.name, " ", rx.el.span(one.words, class_name="muted")),
            href=one.href,
            class_name="attach",
            **NO_PAGE,
        )

    listed = rx.el.ol(each(questions, lambda one: rx.el.li(one)), class_name="questions")
    return rx.el.div(
        part("Goal", goal),
        part("Where things stand", situation),
        when(has_questions, rx.el.section(heading("Questions"), listed)),
        rx.el.div(each(files, file), each(links, link), class_name="row gap-3"),
        class_name="stack gap-5 intake",
    )
