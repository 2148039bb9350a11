"""`/mentors`: everyone who is open, by words, boxes and prices that all live in the address."""

from typing import Any

import reflex as rx

from mentorhub.components.check import check
from mentorhub.components.more import show_more
from mentorhub.components.sections import browse as section
from mentorhub.components.select import small_select
from mentorhub.components.values import when
from mentorhub.pages.frame import framed
from mentorhub.pages.parts import card_of
from mentorhub.pages.route import Route
from mentorhub.state.browse import SORT_CHOICES, BrowseState
from mentorhub.state.viewer import ViewerState

_STATE = BrowseState


def _near(card: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(card.missing_filter, class_name="small muted"), card_of(card), class_name="stack gap-2", key=card.slug
    )


def _box(box: Any) -> rx.Component:
    return check(box.label, checked=box.is_on, on_change=lambda _: _STATE.toggle(box.key), count=box.count)


def _group(legend: str, boxes: rx.Var[list[Any]]) -> rx.Component:
    return when(boxes.length() > 0, section.filter_group(legend, rx.foreach(boxes, _box)))


def _price() -> rx.Component:
    limits = section.price_range(
        least=_STATE.price_from,
        most=_STATE.price_to,
        on_least=_STATE.set_least,
        on_most=_STATE.set_most,
        hint=_STATE.price_hint,
    )
    return section.filter_group(
        "Price of one session",
        rx.el.div(limits, key=_STATE.resets.to_string()),
        when(_STATE.note != "", rx.el.p(_STATE.note, class_name="note muted", role="status")),
        rx.foreach(_STATE.intro, _box),
    )


def _filters() -> rx.Component:
    return section.filter_panel(
        _group("Free in your hours", _STATE.hours),
        _price(),
        _group("Help with", _STATE.kinds),
        _group("Area", _STATE.areas),
        _group("Speaks", _STATE.languages),
        _group("Where they are", _STATE.regions),
        on_clear=_STATE.clear,
        show_label=_STATE.show_label,
    )


def _zone() -> rx.Component:
    change = rx.fragment(" ", rx.el.a("change", href="/account", class_name="link"))
    return rx.fragment(_STATE.zone_line, when(ViewerState.me.signed_in, change))


def _rescue() -> rx.Component:
    blame = section.rescue(
        title=_STATE.rescue_title,
        words=_STATE.rescue_words,
        best_label=_STATE.rescue_label,
        on_best=_STATE.drop_best,
        costs=_STATE.drops,
        on_drop=_STATE.drop,
    )
    closest = rx.el.section(
        rx.el.h2("Closest, with what they miss", id="closest", class_name="text-h4"),
        rx.el.div(rx.foreach(_STATE.closest, _near), class_name="results"),
        class_name="stack gap-4",
        aria_labelledby="closest",
    )
    return rx.el.div(blame, when(_STATE.closest.length() > 0, closest), class_name="stack gap-8")


def _results() -> rx.Component:
    bar = section.results_bar(
        _STATE.count_words,
        _zone(),
        sort=small_select("Sort by", SORT_CHOICES, value=_STATE.sort, on_change=_STATE.sort_by),
        filters_on=_STATE.chips.length(),
    )
    chips = section.chip_row(_STATE.chips, on_remove=_STATE.drop, on_clear=_STATE.clear)
    more = show_more(_STATE.more_label, _STATE.shown_words, has_more=_STATE.has_more, on_more=_STATE.more)
    fair = rx.el.p(
        "Two places in twelve go to mentors few have seen. Nobody can pay for a place.",
        class_name="note muted text-center",
    )
    return rx.fragment(
        bar,
        when(_STATE.chips.length() > 0, chips),
        section.results(
            rx.foreach(_STATE.cards, card_of), is_loaded=_STATE.loaded, is_empty=_STATE.is_empty, rescue=_rescue()
        ),
        when(_STATE.loaded & ~_STATE.is_empty, rx.el.div(more, fair, class_name="stack gap-2 pt-4")),
    )


def page() -> rx.Component:
    """Search, filters beside the results, or the way out when nobody matches."""
    head = section.browse_head(_STATE.title, query=_STATE.text, on_search=_STATE.find)
    keyed = rx.el.div(head, key=_STATE.resets.to_string())
    return framed(section.browse_layout(keyed, _filters(), _results()), here="find")


ROUTE = Route(
    page=page,
    path="mentors",
    title="Find a mentor | MentorHub",
    description="Mentors who are open now, with their next free time in your zone, their price and why they may fit.",
    on_load=(BrowseState.load,),
)
