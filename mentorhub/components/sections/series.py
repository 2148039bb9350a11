"""Sessions that repeat: the dates before they are held, and the sessions of a series on a booking's page."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.badge import badge, booking_badge
from mentorhub.components.banner import banner
from mentorhub.components.button import button, text_button
from mentorhub.components.check import check, choice
from mentorhub.components.dialog import dialog
from mentorhub.components.field import has_words
from mentorhub.components.icon import icon
from mentorhub.components.price import refund_sum
from mentorhub.components.select import select
from mentorhub.components.values import Flag, Handler, Items, Number, Text, each, when

_RHYTHMS = (
    ("weekly", "Every week", "the same day and time"),
    ("fortnightly", "Every second week", "the same day and time"),
    ("monthly", "Every month", "the same weekday of the month"),
)


def rhythm_form(
    *, rhythm: rx.Var[str] | str, count: Text, on_rhythm: Any, on_count: Handler | None = None, most: int = 12
) -> rx.Component:
    """How often, and how many; `on_rhythm` is called with the word of a rhythm."""
    often = rx.el.fieldset(
        rx.el.legend("How often", class_name="label"),
        rx.el.div(
            *(
                choice(
                    label,
                    note,
                    group="rhythm",
                    value=value,
                    checked=rhythm == value,
                    on_change=lambda _, value=value: on_rhythm(value),
                )
                for value, label, note in _RHYTHMS
            ),
            class_name="grid gap-2 sm:grid-cols-3",
        ),
    )
    numbers = [(str(number), f"{number} sessions") for number in range(2, most + 1)]
    handler = {"on_change": on_count} if on_count is not None else {}
    return rx.el.div(often, select("count", "How many", numbers, value=count, **handler), class_name="stack gap-6")


def series_dates(dates: Items, *, on_skip: Any, on_move: Any) -> rx.Component:
    """Every date on both clocks, with what stands in its way; each may be left out, or moved to a time near it.

    A date has `key`, `number`, `mine`, `theirs`, `is_free`, `is_skipped`, `is_moved`, `problem` and `near`, whose
    items have `start`, `mine` and `theirs`. `on_skip` is called with a key, `on_move` with a key and a start.
    """

    def offer(date: Any, near: Any) -> rx.Component:
        words = rx.el.span("Move to ", near.mine, rx.el.span(" (", near.theirs, " there)", class_name="hidden-text"))
        return button(words, kind="soft", class_name="tabular", on_click=on_move(date.key, near.start))

    def conflict(date: Any) -> rx.Component:
        offers = when(
            date.near.length() > 0,
            rx.el.div(rx.foreach(date.near, lambda near: offer(date, near)), class_name="row gap-2"),
            rx.el.p("There is no free time within three days of it.", class_name="small muted"),
        )
        return rx.el.div(
            rx.el.p(icon("circle-alert", "s"), " ", date.problem, class_name="error"), offers, class_name="stack gap-3"
        )

    def state(date: Any) -> rx.Component:
        moved = when(date.is_moved, badge("Moved", "info", "calendar-clock"))
        free = rx.fragment(moved, badge("Free", "success", "circle-check"))
        return when(date.is_skipped, badge("Left out"), when(date.is_free, free, badge("Not free", "warning", "clock")))

    def draw(date: Any) -> rx.Component:
        spoken = rx.el.span(" session ", date.number, class_name="hidden-text")
        leave = text_button(when(date.is_skipped, "Take in again", "Leave out"), spoken, on_click=on_skip(date.key))
        back = when(
            date.is_moved & ~date.is_skipped,
            text_button("Move back", spoken, on_click=on_move(date.key, date.key)),
        )
        return rx.el.li(
            rx.el.div(
                rx.el.div(
                    rx.el.p(rx.el.b(date.mine), class_name="tabular"),
                    rx.el.p(date.theirs, class_name="small muted tabular"),
                ),
                rx.el.div(state(date), class_name="row gap-2"),
                class_name="spread",
            ),
            when(~date.is_free & ~date.is_skipped, conflict(date)),
            rx.el.div(leave, back, class_name="row gap-4"),
            class_name="card card-flat card-tight stack gap-3",
        )

    return rx.el.ol(each(dates, draw), class_name="stack gap-3", aria_label="Dates of the series")


def series_sum(
    *,
    words: Text,
    total: Text,
    in_the_way: Number,
    label: Text,
    can_hold: Flag,
    busy: Flag,
    error: Text,
    on_hold: Handler,
) -> rx.Component:
    """What all of it costs, and the one button that holds all dates or none."""
    why = rx.el.p(
        when(
            in_the_way > 0,
            rx.fragment("Move or leave out ", rx.el.b(in_the_way), " of the dates first."),
            "All dates are held for ten minutes, or none. You pay once, and each session can be cancelled alone.",
        ),
        class_name="small muted",
        id="why-not",
        role="status",
    )
    return rx.el.section(
        rx.el.div(
            rx.el.p(words, class_name="small"),
            rx.el.p(total, class_name="price price-l tabular"),
            class_name="spread",
        ),
        button(
            label,
            kind="primary",
            large=True,
            wide=True,
            busy=busy,
            disabled=~can_hold if isinstance(can_hold, rx.Var) else not can_hold,
            described_by="why-not",
            on_click=on_hold,
        ),
        why,
        rx.el.div(
            when(has_words(error), rx.el.p(icon("circle-alert", "s"), " ", error, class_name="error")),
            aria_live="polite",
        ),
        class_name="card stack gap-4",
        aria_label="Price",
    )


def series_card(
    title: Text, parts: Items, *, on_pick: Any, can_cancel: Flag, picked: Number, on_all: Handler, on_cancel: Handler
) -> rx.Component:
    """The sessions of a series: links to the others, and which of them to call off.

    A part has `booking_id`, `when`, `href`, `status`, `is_this`, `may_cancel` and `is_picked`.
    """

    def draw(part: Any) -> rx.Component:
        link = when(
            part.is_this,
            rx.el.b(part.when, class_name="tabular", aria_current="page"),
            rx.el.a(part.when, href=part.href, class_name="link tabular"),
        )
        box = check(
            rx.el.span("Choose ", part.when, class_name="hidden-text"),
            checked=part.is_picked,
            on_change=lambda _: on_pick(part.booking_id),
        )
        return rx.el.li(
            when(part.may_cancel, box, when(can_cancel, rx.el.span(class_name="w-5 flex-none", aria_hidden="true"))),
            rx.el.div(
                rx.el.p(link, class_name="small"),
                rx.el.div(booking_badge(part.status), class_name="row"),
                class_name="stack gap-1 grow",
            ),
            class_name="flex items-start gap-3",
        )

    act = rx.el.div(
        text_button("Choose all that lie ahead", on_click=on_all),
        button(
            when(
                picked > 1,
                rx.fragment("Cancel the ", picked, " chosen"),
                when(picked > 0, "Cancel the one chosen", "Choose sessions to cancel"),
            ),
            kind="quiet-danger",
            wide=True,
            disabled=picked == 0,
            on_click=on_cancel,
        ),
        class_name="stack gap-3",
    )
    return rx.el.section(
        rx.el.h2(title, class_name="text-lead"),
        rx.el.ol(each(parts, draw), class_name="stack gap-3"),
        when(can_cancel, act),
        class_name="card card-flat stack gap-4",
        aria_label="Series",
    )


def chosen_dialog(
    *,
    is_open: Flag,
    on_close: Handler,
    on_confirm: Handler,
    refund: Any,
    busy: Flag,
    refused: Text,
) -> rx.Component:
    """Asks before several sessions are called off, the sum that comes back first; `refund` as in `refund_sum`."""
    return dialog(
        refund_sum(refund),
        rx.el.p(
            "The invitations are withdrawn from both calendars and the times are free for others.",
            class_name="small muted",
        ),
        when(has_words(refused), banner(refused, tone="danger", urgent=True)),
        name="cancel-series",
        title="Cancel the chosen sessions?",
        is_open=is_open,
        on_close=on_close,
        actions=[
            button("Keep the sessions", on_click=on_close),
            button(refund.button, kind="danger", busy=busy, on_click=on_confirm, class_name="tabular"),
        ],
    )
