"""Browse: one search, filters with their counts, what is on, results, and a way on when nothing is found."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.badge import badge
from mentorhub.components.button import button, icon_button, text_button
from mentorhub.components.chip import filter_chip
from mentorhub.components.empty import skeleton_cards
from mentorhub.components.icon import icon
from mentorhub.components.search import search_field
from mentorhub.components.values import Flag, Handler, Items, Number, Text, each, given, when

_FILTERS = "filters"


def browse_head(title: Text, *, query: Text, on_search: Handler | None = None) -> rx.Component:
    """What is looked for, as a title and in the search field; with no handler the search is a plain form."""
    return rx.el.div(
        rx.el.h1(title),
        rx.el.div(search_field(value=query, on_submit=on_search), class_name="browse-search"),
        class_name="page browse-head stack gap-4",
    )


def filter_group(legend: Text, *controls: rx.Component) -> rx.Component:
    """A few boxes under one legend."""
    return rx.el.fieldset(rx.el.legend(legend, class_name="label"), rx.el.div(*controls))


def price_range(*, least: Text, most: Text, on_least: Handler, on_most: Handler, hint: Text) -> rx.Component:
    """Two whole numbers for the price of one session; `hint` names the currency."""

    def limit(label: str, value: Text, on_blur: Handler) -> rx.Component:
        return rx.el.label(
            rx.el.span(label, class_name="hint"),
            rx.el.input(
                default_value=value,
                on_blur=on_blur,
                input_mode="numeric",
                class_name="input input-small tabular",
            ),
            class_name="field",
        )

    return rx.el.div(
        rx.el.div(limit("From", least, on_least), limit("To", most, on_most), class_name="range-inputs"),
        rx.el.p(hint, class_name="hint"),
    )


def filter_panel(*groups: rx.Component, on_clear: Handler, show_label: Text) -> rx.Component:
    """The filters: a column on a wide screen, a sheet on a phone that closes on Escape.

    `show_label` is the sheet's button, such as "Show 24 mentors".
    """
    close = {"popoverTarget": _FILTERS, "popoverTargetAction": "hide"}
    head = rx.el.div(
        rx.el.h2("Filters", class_name="text-h4"),
        icon_button("x", "Close filters", class_name="phone-only", custom_attrs={**close}),
        rx.el.span(text_button("Clear all", on_click=on_clear), class_name="wide-only"),
        class_name="filters-head",
    )
    foot = rx.el.div(
        button("Clear all", kind="quiet", on_click=on_clear),
        button(show_label, kind="primary", custom_attrs={**close}),
        class_name="filters-foot phone-only",
    )
    return rx.el.aside(
        head,
        rx.el.div(*groups, class_name="filters-body"),
        foot,
        id=_FILTERS,
        class_name="filters",
        aria_label="Filters",
        custom_attrs={"popover": "auto"},
    )


def results_bar(count: Text, zone: Text | rx.Component, *, sort: rx.Component, filters_on: Number = 0) -> rx.Component:
    """How many there are, in whose time, in which order; on a phone also the way to the filters."""
    opener = rx.el.button(
        icon("sliders-horizontal"),
        "Filters",
        when(filters_on > 0, badge(f"{filters_on}", "brand")),
        type="button",
        class_name="button phone-only",
        custom_attrs={"popoverTarget": _FILTERS},
    )
    order = rx.el.div(rx.el.span("Sort by", class_name="muted small wide-only"), sort, class_name="row gap-2")
    return rx.el.div(
        rx.el.p(
            rx.el.b(count, class_name="tabular"),
            " ",
            rx.el.span(zone, class_name="muted small"),
            role="status",
        ),
        rx.el.div(opener, order, class_name="row gap-2"),
        class_name="spread",
    )


def chip_row(chips: Items, *, on_remove: Any, on_clear: Handler) -> rx.Component:
    """What is filtered by; each chip has `key` and `label`, `on_remove` is called with the key."""

    def draw(chip: Any) -> rx.Component:
        return filter_chip(chip.label, on_remove(chip.key))

    return rx.el.div(
        each(chips, draw), text_button("Clear all", on_click=on_clear), class_name="row gap-2 browse-chips"
    )


def results(cards: rx.Component, *, is_loaded: Flag, is_empty: Flag, rescue: rx.Component) -> rx.Component:
    """Cards three across, their shapes while they are on the way, or the way out when there are none."""
    found = when(is_empty, rescue, rx.el.div(cards, class_name="results"))
    return when(is_loaded, found, skeleton_cards(6))


def rescue(
    *,
    title: Text,
    words: Text,
    best_label: Text,
    on_best: Handler | None,
    costs: Items,
    on_drop: Any,
) -> rx.Component:
    """Nothing found: which filter is to blame and what each one costs.

    `best_label` is the button that helps most, such as "Drop “Speaks Konkani”, show 14". Each of `costs` has
    `key`, `label` ("Without “Evenings”"), `count` that would be found, `share` in percent and `helps`.
    """

    def cost(item: Any) -> rx.Component:
        drop = text_button("Drop", rx.el.span(" ", item.label, class_name="hidden-text"), on_click=on_drop(item.key))
        return rx.el.li(
            rx.el.span(item.label),
            rx.el.span(rx.el.i(style={"--v": f"{item.share}%"}), class_name="meter", aria_hidden="true"),
            rx.el.b(item.count, class_name="tabular"),
            when(item.helps, drop, rx.el.span("no help", class_name="note muted")),
        )

    return rx.el.div(
        rx.el.div(rx.el.h2(title), rx.el.p(words, class_name="muted"), class_name="stack gap-2"),
        rx.el.div(button(best_label, kind="primary", large=True, **given(on_click=on_best)), class_name="row"),
        rx.el.div(
            rx.el.p("What each filter costs you", class_name="label"),
            rx.el.ul(each(costs, cost), class_name="rescue-list"),
            class_name="rescue-rest",
        ),
        class_name="card rescue",
    )


def browse_layout(head: rx.Component, filters: rx.Component, *column: rx.Component) -> rx.Component:
    """Head above, filters beside the column of results."""
    body = rx.el.section(
        rx.el.h2("Results", class_name="hidden-text"), *column, class_name="stack gap-4", aria_label="Results"
    )
    return rx.fragment(head, rx.el.div(filters, body, class_name="page browse"))
