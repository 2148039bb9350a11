"""A mentor's hours: the week as rows, what a mentee would see, why a time is not offered, limits."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.button import button, icon_button
from mentorhub.components.check import switch
from mentorhub.components.field import error_line, field, has_words
from mentorhub.components.select import options
from mentorhub.components.values import Flag, Handler, Items, Text, each, either, when

_ZONES = "zone-names"


def hours_head(zone_words: Text, *, unsaved: Text, on_undo: Handler, on_save: Handler, busy: Flag) -> rx.Component:
    """The page's title with what is not saved yet; both buttons keep their place."""
    clean = unsaved == ""
    return rx.el.div(
        rx.el.div(
            rx.el.h1("Your hours"),
            rx.el.p("Weekly, in ", zone_words, ".", class_name="muted small"),
            class_name="stack gap-2",
        ),
        rx.el.div(
            rx.el.span(when(clean, "Everything is saved", unsaved), class_name="note muted", role="status"),
            button("Undo", icon_name="undo-2", on_click=on_undo, disabled=clean),
            button("Save hours", kind="primary", on_click=on_save, disabled=clean, busy=busy),
            class_name="row",
        ),
        class_name="spread items-end",
    )


def whose_hours(choices: Items, *, value: Text, on_choice: Any, has_own: Flag, on_general: Handler) -> rx.Component:
    """Whose hours are edited: the general ones or those of one session, with the way back to the general ones."""
    return rx.el.div(
        _list("hours-of", "Hours of", choices, value, on_choice),
        when(has_own, button("Use the general hours", kind="quiet", on_click=on_general)),
        class_name="row items-end gap-3",
    )


def _time(day: Any, span: Any, words: str, value: Any, is_wrong: Any, on_typed: Any) -> rx.Component:
    """One end of a span; a new value makes a new input, so that what the server tidied is shown."""
    return rx.el.input(
        default_value=value,
        on_blur=lambda typed: on_typed(span.key, typed),
        class_name="input",
        input_mode="numeric",
        max_length=8,
        auto_complete="off",
        aria_label=f"{day.name} {words}",
        aria_invalid=either(is_wrong, "true", "false"),
        aria_describedby=either(is_wrong, f"hours-{span.key}-error", ""),
        key=f"{span.key}-{words}-{value}",
    )


def day_row(day: Any, *, on_switch: Any, on_add: Any, on_remove: Any, on_start: Any, on_end: Any) -> rx.Component:
    """One weekday: a switch, its spans of hours, and the button that adds one.

    `on_switch` is called with the weekday and whether it is open, `on_add` with the weekday, `on_remove` with a
    span's key, `on_start` and `on_end` with a span's key and what was typed.
    """

    def row(span: Any) -> rx.Component:
        return rx.el.div(
            rx.el.div(
                _time(day, span, "from", span.start, span.start_wrong, on_start),
                rx.el.span("to", class_name="muted"),
                _time(day, span, "to", span.end, span.end_wrong, on_end),
                icon_button("x", f"Remove {span.spoken}", on_click=on_remove(span.key)),
                class_name="timespan",
            ),
            error_line(f"hours-{span.key}", span.error),
            when(span.note != "", rx.el.p(span.note, class_name="hint")),
            class_name="stack gap-1",
        )

    opened = switch(
        rx.fragment(
            rx.el.span(day.short, aria_hidden="true"), rx.el.span("Open on ", day.name, class_name="hidden-text")
        ),
        checked=day.is_open,
        on_change=lambda is_on: on_switch(day.weekday, is_on),
    )
    return rx.el.div(
        opened,
        rx.el.div(
            when(day.is_open, each(day.spans, row), rx.el.span("No hours", class_name="closed")),
            class_name="timespans",
        ),
        button("Add", kind="quiet", icon_name="plus", on_click=on_add(day.weekday), spoken=f"Add hours on {day.name}"),
        class_name="dayrow",
        role="group",
        aria_label=day.name,
    )


def _list(name: str, label: str, choices: Items, value: Text, on_change: Any) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="label note"),
        rx.el.select(options(choices), id=name, value=value, on_change=on_change, class_name="select input-small"),
        class_name="field",
    )


def preview(
    days: Items,
    *,
    words: Text,
    change: Text,
    note: Text,
    seen_from: Text,
    places: Items,
    on_place: Any,
    offering: Text,
    offerings: Items,
    has_offerings: Flag,
    on_offering: Any,
    on_time: Any,
    why: rx.Component,
) -> rx.Component:
    """What somebody elsewhere would see of the draft; a day has `weekday`, `date`, `slots`, `count` and `more`.

    A slot has `start`, `time` there, `yours` and `is_free`; `on_time` is called with its start.
    """

    def slot(one: Any) -> rx.Component:
        taken = rx.el.span(", not free", class_name="hidden-text")
        return rx.el.button(
            rx.el.b(one.time),
            rx.el.span(one.yours, rx.el.span(" for you", class_name="hidden-text"), class_name="slot-yours"),
            when(one.is_free, rx.fragment(), taken),
            type="button",
            on_click=on_time(one.start),
            class_name=either(one.is_free, "slot slot-two", "slot slot-two slot-taken"),
        )

    def row(day: Any) -> rx.Component:
        return rx.el.div(
            rx.el.div(rx.el.b(day.weekday), day.date, rx.el.span(day.count, class_name="block")),
            rx.el.div(
                each(day.slots, slot),
                when(day.more != "", rx.el.span(day.more, class_name="note muted self-center")),
                class_name="slots",
            ),
            class_name="preview-day",
        )

    head = rx.el.div(
        rx.el.h2("What a mentee sees", id="preview-title", class_name="text-h4"),
        _list("seen-from", "Seen from", places, seen_from, on_place),
        when(has_offerings, _list("seen-offering", "Of this session", offerings, offering, on_offering)),
        rx.el.p(rx.el.b(words, class_name="brand-text"), change, class_name="note muted", role="status"),
        class_name="preview-head",
    )
    return rx.el.section(
        head,
        rx.el.div(why, each(days, row), rx.el.p(note, class_name="note muted"), class_name="preview-body"),
        class_name="card preview",
        aria_labelledby="preview-title",
    )


def why_not(at: Text, answer: Text, *, on_submit: Handler, such_as: Text) -> rx.Component:
    """Asks why a time of the mentor's own clock, `such_as` one, is not offered, and reads the rule in words."""
    asked = rx.el.form(
        rx.el.input(name="why_day", type="date", required=True, class_name="input", aria_label="Day"),
        rx.el.input(
            name="why_time",
            class_name="input why-time",
            input_mode="numeric",
            placeholder=such_as,
            max_length=8,
            auto_complete="off",
            aria_label="Time on your clock",
        ),
        button("Why not?", submits=True),
        on_submit=on_submit,
        class_name="why-form",
    )
    return rx.el.div(
        rx.el.p("Tap a time, or name one, to see which rule decides.", class_name="note muted"),
        asked,
        rx.el.p(
            when(answer != "", rx.fragment(when(at != "", rx.el.b(at, ": ")), answer)),
            role="status",
            class_name="small",
        ),
        class_name="stack gap-2",
    )


def limits(rows: Items, *, zone: Text, zone_error: Text, zones: list[str], on_zone: Any, on_limit: Any) -> rx.Component:
    """The zone and every limit; a limit has `name`, `label`, `hint`, `value` and `choices`."""

    def row(one: Any) -> rx.Component:
        return rx.el.div(
            rx.el.label(one.label, html_for=one.name, class_name="label"),
            rx.el.select(
                options(one.choices),
                id=one.name,
                value=one.value,
                on_change=lambda value: on_limit(one.name, value),
                class_name="select",
            ),
            when(has_words(one.hint), rx.el.span(one.hint, class_name="hint")),
            class_name="field",
        )

    place = field(
        "zone",
        "Your hours are on the clock of",
        hint="They stay at the same time of day when its clock changes.",
        error=zone_error,
        default_value=zone,
        on_blur=on_zone,
        list=_ZONES,
        auto_complete="off",
        key=zone,
    )
    names = rx.el.datalist(*(rx.el.option(value=name) for name in zones), id=_ZONES)
    return rx.el.section(
        rx.el.h2("Limits", id="limits-title"),
        rx.el.div(place, each(rows, row), class_name="halves"),
        names,
        class_name="stack gap-4",
        aria_labelledby="limits-title",
    )
