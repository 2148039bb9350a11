"""Group sessions: what is on sale, a mentor's own, and who comes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.badge import badge
from mentorhub.components.button import button, link_button
from mentorhub.components.field import error_line, has_words
from mentorhub.components.values import Handler, Items, Text, each, is_empty, when


def seats_on_sale(groups: Items, *, on_take: Any, error: Text) -> rx.Component:
    """The group sessions of a mentor, each with its way to a seat.

    Each has `group_id`, `title`, `when`, `their_time`, `seats`, `decision`, `price`, `can_take`, `is_full` and
    `seat_href`; of a full one it is said what can be done instead.
    """

    full = rx.el.p(
        rx.el.b("Every seat is taken. "),
        "A seat that is given up shows here at once. ",
        rx.el.a("See the other sessions", href="#offerings", class_name="link"),
        class_name="small",
    )

    def draw(one: Any) -> rx.Component:
        take = button(
            "Take a seat", rx.el.span(" in ", one.title, class_name="hidden-text"), on_click=on_take(one.group_id)
        )
        own = link_button("See your seat", href=one.seat_href)
        return rx.el.li(
            _facts(one, rx.el.h3(one.title, class_name="session-title")),
            when(has_words(one.seat_href), own, when(one.can_take, take, when(one.is_full, full))),
            class_name="card card-flat card-tight group-row",
        )

    return rx.el.section(
        rx.el.h2("Group sessions", id="groups"),
        rx.el.ul(each(groups, draw), class_name="stack gap-3", aria_live="polite"),
        error_line("seat", error),
        class_name="stack gap-4",
        aria_labelledby="groups",
    )


def own_groups(groups: Items) -> rx.Component:
    """A mentor's own group sessions; each also has `href`, `taken` and `state`."""

    def draw(one: Any) -> rx.Component:
        return rx.el.li(
            _facts(one, rx.el.h3(rx.el.a(one.title, href=one.href), class_name="session-title")),
            group_badge(one.state, one.taken),
            class_name="card card-flat card-tight group-row",
        )

    return rx.el.ul(each(groups, draw), class_name="stack gap-3")


def group_badge(state: Text, taken: Text) -> rx.Component:
    """How many seats are taken and whether that is too few still, or that the session is called off or over."""
    return rx.fragment(
        rx.match(
            state,
            ("cancelled", badge("Called off", "danger", "circle-alert")),
            ("settled", badge("Over", "line", "check")),
            ("short", badge(taken, "warning", "users")),
            badge(taken, "success", "users"),
        )
    )


def group_facts(one: Any) -> rx.Component:
    """When on both clocks, the seats, the decision and the price of one session."""
    return _facts(one, rx.fragment())


def seat_facts(one: Any) -> rx.Component:
    """Of the session a seat belongs to: the seats, the price and the decision; its time stands elsewhere."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("A group session", id="group-title"), group_badge(one.state, one.taken), class_name="row gap-3"
        ),
        _offer(one),
        rx.el.p(one.decision, class_name="small"),
        class_name="stack gap-2",
        aria_labelledby="group-title",
    )


def attendees(people: Items, *, nothing: Text, note: Text) -> rx.Component:
    """Who has a seat: `name`, and `href` where it leads to the page of their seat."""

    def draw(one: Any) -> rx.Component:
        return rx.el.li(when(has_words(one.href), rx.el.a(one.name, href=one.href), one.name))

    some = rx.el.ul(each(people, draw), class_name="stack gap-1")
    return rx.el.section(
        rx.el.h2("Who comes", id="attendees"),
        when(is_empty(people), rx.el.p(nothing, class_name="muted"), some),
        rx.el.p(note, class_name="small muted"),
        class_name="stack gap-3",
        aria_labelledby="attendees",
    )


def call_off_actions(label: Text, *, on_keep: Handler, on_call_off: Handler, busy: Any) -> list[rx.Component]:
    """The two answers to calling off, the safe one first."""
    return [
        button("Keep the session", on_click=on_keep),
        button(label, kind="danger", on_click=on_call_off, busy=busy),
    ]


def _facts(one: Any, head: rx.Component) -> rx.Component:
    return rx.el.div(
        head,
        rx.el.p(one.when, class_name="tabular"),
        when(has_words(one.their_time), rx.el.p(one.their_time, class_name="small muted tabular")),
        _offer(one),
        rx.el.p(one.decision, class_name="small"),
        class_name="stack gap-1 grow",
    )


def _offer(one: Any) -> rx.Component:
    left = when(has_words(one.seats), rx.fragment(", ", one.seats))
    return rx.el.p(rx.el.b(one.price), left, class_name="small tabular")
