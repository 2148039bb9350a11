"""Changing the time of a session: the dialog that proposes, and the banner that asks."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, icon_button
from mentorhub.components.dialog import dialog
from mentorhub.components.field import has_words, text_area
from mentorhub.components.sections.booking import side_card
from mentorhub.components.values import Flag, Handler, Items, Text, each, when


def move_card(*, left: Text, effect: Text, can_propose: Flag, on_open: Handler) -> rx.Component:
    """How often the time may still change, what that does to a refund, and the way to propose."""
    return side_card(
        "Change the time",
        rx.el.p(left, class_name="small"),
        rx.el.p(effect, class_name="small muted"),
        when(can_propose, button("Propose another time", icon_name="calendar-clock", wide=True, on_click=on_open)),
    )


def proposal_banner(
    *,
    who: Text,
    by_me: Flag,
    options: Items,
    note: Text,
    lapses: Text,
    effect: Text,
    on_accept: Any,
    on_decline: Handler,
    on_withdraw: Handler,
    busy: Flag,
    refused: Text,
) -> rx.Component:
    """An open proposal: whoever is asked takes a time or keeps the present one, whoever asked may take it back.

    An option has `start`, `mine`, `theirs` and `is_free`; `on_accept` is called with a start.
    """

    said = when(has_words(note), rx.el.p("“", note, "”", class_name="small prose"))

    def words(option: Any) -> rx.Component:
        return rx.fragment(option.mine, rx.el.span(" ", option.theirs, class_name="muted block small"))

    def choice(option: Any) -> rx.Component:
        take = button(
            "Move to ",
            option.mine,
            kind="soft",
            class_name="tabular text-left whitespace-normal h-auto py-2",
            busy=busy,
            on_click=on_accept(option.start),
        )
        gone = rx.el.p(rx.el.s(option.mine), " is no longer free.", class_name="small")
        return rx.el.li(
            when(option.is_free, rx.el.div(take, rx.el.p(option.theirs, class_name="small muted")), gone),
            class_name="stack gap-1",
        )

    asked = rx.el.div(
        rx.el.h2(who, " proposes another time", class_name="text-lead"),
        said,
        rx.el.ul(each(options, choice), class_name="stack gap-3"),
        rx.el.p(effect, " ", lapses, class_name="small muted"),
        rx.el.div(button("Keep the present time", busy=busy, on_click=on_decline), class_name="row gap-2"),
        class_name="stack gap-3",
    )
    mine = rx.el.div(
        rx.el.h2("You proposed another time", class_name="text-lead"),
        said,
        rx.el.ul(each(options, lambda option: rx.el.li(words(option))), class_name="stack gap-2"),
        rx.el.p(lapses, " Until ", who, " answers, the present time holds.", class_name="small muted"),
        rx.el.div(button("Take the proposal back", busy=busy, on_click=on_withdraw), class_name="row gap-2"),
        class_name="stack gap-3",
    )
    return rx.el.section(
        when(by_me, mine, asked),
        when(has_words(refused), banner(refused, tone="danger", urgent=True)),
        class_name="card stack gap-4",
        aria_label="Proposed time",
    )


def own_time_form(*, place: Text, on_choose: Handler) -> rx.Component:
    """A mentor's own time is theirs, also outside their hours: a day and a time on the clock of `place`."""
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend("Or a time outside your hours", class_name="label"),
            rx.el.div(
                _typed("Day", type="date", name="day"),
                _typed("Starts at", type="time", name="time", step="300"),
                class_name="grid grid-cols-2 gap-2",
            ),
            rx.el.div(
                button("Add this time", submits=True),
                rx.el.p("On the clock of ", place, ".", class_name="hint"),
                class_name="row gap-3",
            ),
            class_name="stack gap-2",
        ),
        on_submit=on_choose,
    )


def _typed(label: str, **attributes: str) -> rx.Component:
    box = rx.el.input(class_name="input input-small", required=True, **attributes)
    return rx.el.label(rx.el.span(label, class_name="note muted"), box, class_name="stack gap-1")


def move_dialog(
    *,
    is_open: Flag,
    on_close: Handler,
    pager: rx.Component,
    days: rx.Component,
    is_empty: Flag,
    zones: Text,
    picked: Items,
    has_picked: Flag,
    on_drop: Any,
    effect: Text,
    refused: Text,
    busy: Flag,
    own_time: rx.Component | str,
    on_note: Any,
    on_propose: Handler,
) -> rx.Component:
    """Pick up to three times; `picked` are as in `proposal_banner`, `on_drop` puts one back.

    `own_time` is a mentor's way to a time outside the grid, `on_note` the handlers of the words beside the times.
    """

    def pick(time: Any) -> rx.Component:
        return rx.el.li(
            rx.el.div(time.mine, rx.el.span(time.theirs, class_name="muted block small")),
            icon_button("x", "Remove this time", on_click=on_drop(time.start)),
            class_name="flex flex-nowrap items-start justify-between gap-2",
        )

    nothing = rx.el.p("No free time in this week. Look at the next one.", class_name="small muted", role="status")
    return dialog(
        rx.el.p("Pick one to three times. The present one holds until the other side takes one.", class_name="small"),
        pager,
        when(is_empty, nothing, days),
        rx.el.p(zones, class_name="note muted"),
        own_time,
        when(has_picked, rx.el.ul(each(picked, pick), class_name="stack gap-2", aria_label="Times you propose")),
        text_area(
            "move-note",
            "A few words with it",
            hint="What came up, or what would suit you. You may leave this empty.",
            rows=2,
            max_length=300,
            **on_note,
        ),
        rx.el.p(effect, class_name="small muted"),
        when(has_words(refused), banner(refused, tone="danger", urgent=True)),
        name="move",
        title="Propose another time",
        is_open=is_open,
        on_close=on_close,
        is_long=True,
        actions=[
            button("Keep the present time", on_click=on_close),
            button("Send the proposal", kind="primary", busy=busy, disabled=~has_picked, on_click=on_propose),
        ],
    )
