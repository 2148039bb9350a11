"""A mentor's own pages: areas and languages as chips one can take off, the switch, a price and where it goes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.badge import badge
from mentorhub.components.banner import banner
from mentorhub.components.button import button, text_button
from mentorhub.components.check import switch
from mentorhub.components.chip import filter_chip
from mentorhub.components.field import error_line, has_words
from mentorhub.components.offering_card import offering_card
from mentorhub.components.price import price_split
from mentorhub.components.values import Flag, Handler, Items, Text, Texts, each, when


def removable(items: Items, *, label: Text, on_remove: Any, nothing: Text) -> rx.Component:
    """Chips with a button that takes each off; an item has `key` and `label`."""

    def draw(item: Any) -> rx.Component:
        return filter_chip(item.label, on_remove(item.key))

    return rx.el.div(
        each(items, draw),
        when(items.length() == 0, rx.el.p(nothing, class_name="small muted"))
        if isinstance(items, rx.Var)
        else rx.fragment(),
        class_name="row gap-2",
        role="group",
        aria_label=label,
    )


def suggestions(names: Texts, on_take: Any) -> rx.Component:
    """The nearest words of the vocabulary, each of which can be taken as it is."""

    def draw(name: Any) -> rx.Component:
        return button(name, kind="soft", on_click=on_take(name))

    return rx.el.div(each(names, draw), class_name="row gap-2", role="group", aria_label="Did you mean")


def area_form(
    *, words: Texts, years: Text, error: Text, reset: Text, on_add: Handler, chips: rx.Component, near: rx.Component
) -> rx.Component:
    """One area and its years, with the vocabulary as hints; what is there already stands above."""

    def hint(word: Any) -> rx.Component:
        return rx.el.option(value=word)

    fields = rx.el.div(
        rx.el.div(
            rx.el.label("Area", class_name="label", html_for="area"),
            rx.el.input(
                id="area",
                name="area",
                class_name="input",
                max_length=60,
                list="area-words",
                auto_complete="off",
                aria_describedby="area-error",
            ),
            class_name="field grow",
        ),
        rx.el.div(
            rx.el.label("Years", class_name="label", html_for="years"),
            rx.el.input(
                id="years", name="years", class_name="input tabular", input_mode="numeric", default_value=years
            ),
            class_name="field",
        ),
        button("Add", submits=True),
        class_name="row gap-3 items-end",
        key=reset,
    )
    return rx.el.div(
        chips,
        rx.el.form(
            fields,
            rx.el.datalist(each(words, hint), id="area-words"),
            error_line("area", error),
            on_submit=on_add,
            class_name="stack gap-3",
        ),
        near,
        class_name="stack gap-4",
    )


def open_switch(*, is_open: Flag, on_change: Handler, refusal: Text, page_href: Text) -> rx.Component:
    """The tag everybody sees; a refusal says what has to be there first, and the switch stays off."""
    open_words = rx.el.p(
        "People can find and book you. Switch it off at any time; sessions already booked stay. ",
        rx.el.a("See your page as others do", href=page_href),
        class_name="small",
    )
    closed_words = rx.el.p(
        "Nobody finds you in a search or books a time with you. Sessions already booked stay as they are, "
        "and seats of your published group sessions stay on sale.",
        class_name="small muted",
    )
    return rx.el.section(
        rx.el.h2("Being found", id="open"),
        switch("Open to mentorship", checked=is_open, on_change=on_change, id="open-switch"),
        when(is_open, open_words, closed_words),
        when(has_words(refusal), banner(refusal, tone="warning", urgent=True)),
        class_name="card stack gap-4",
        aria_labelledby="open",
    )


def own_offering(
    *,
    title: Text,
    terms: Text,
    price_tag: Text,
    bring: Text,
    leave_with: Text,
    parts: Items,
    split: Text,
    is_active: Flag,
    waiting: Text = "",
    on_edit: Handler,
    on_stop: Handler,
    on_start: Handler,
) -> rx.Component:
    """One of the mentor's offerings with where its price goes, and what can be done with it."""
    spoken = rx.el.span(" ", title, class_name="hidden-text")
    acts = rx.el.div(
        text_button("Change", spoken, on_click=on_edit, icon_name="pencil"),
        when(
            is_active,
            text_button("Stop offering", spoken, on_click=on_stop),
            rx.fragment(badge("Not offered", "line"), text_button("Offer again", spoken, on_click=on_start)),
        ),
        class_name="row gap-4",
    )
    money = when(
        parts.length() > 0 if isinstance(parts, rx.Var) else bool(parts),
        price_split(parts),
        rx.el.p(split, class_name="small muted"),
    )
    return offering_card(
        title=title,
        terms=terms,
        price_tag=price_tag,
        bring=bring,
        leave_with=leave_with,
        action=rx.el.div(
            money, when(has_words(waiting), rx.el.p(waiting, class_name="small strong")), acts, class_name="stack gap-4"
        ),
    )


def mentoring_layout(title: Text, lead: Text, main: list[rx.Component], side: list[rx.Component]) -> rx.Component:
    """A page of the mentor's own: what is changed in the main column, what it leads to beside it."""
    return rx.fragment(
        rx.el.div(
            rx.el.h1(title),
            rx.el.p(lead, class_name="lead"),
            class_name="page stack gap-2 pt-8 pb-6",
        ),
        rx.el.div(
            rx.el.div(*main, class_name="stack gap-6"),
            rx.el.aside(*side, class_name="stack gap-6", aria_label="Being found"),
            class_name="page columns columns-side pt-2",
        ),
    )
