"""A mentor's hours: the week as a grid and as rows, what a mentee would see, single days, limits."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.badge import badge
from mentorhub.components.button import button, icon_button
from mentorhub.components.check import switch
from mentorhub.components.field import error_line, field, has_words
from mentorhub.components.icon import icon
from mentorhub.components.select import options
from mentorhub.components.values import Flag, Handler, Items, Number, Text, each, either, when

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


def hours_grid(days: Items, *, first: Number, hours: Number, marks: Items) -> rx.Component:
    """The week drawn; the rows beside it say the same, so it is hidden from screen readers.

    Each of seven `days` has `short` and `bands`; a band has `begins` and `lasts` in hours of the day, `start`
    and `end` in words, and `is_new` while it is not saved.
    """

    def band(one: Any) -> rx.Component:
        return rx.el.div(
            rx.el.span(one.start, rx.el.br(), one.end),
            class_name=either(one.is_new, "band band-still band-draw", "band band-still"),
            style={"--s": f"{one.begins}", "--l": f"{one.lasts}"},
        )

    def mark(hour: Any) -> rx.Component:
        return rx.el.span(
            when(hour < 10, rx.fragment("0", hour.to_string(), ":00"), rx.fragment(hour.to_string(), ":00")),
            style={"--t": f"{hour}"},
        )

    return rx.el.div(
        rx.el.div(
            rx.el.div(),
            each(days, lambda day: rx.el.div(rx.el.b(day.short), class_name="calendar-day")),
            rx.el.div(each(marks, mark), class_name="calendar-hours"),
            each(days, lambda day: rx.el.div(each(day.bands, band), class_name="calendar-col")),
            class_name="calendar hours-grid",
            style={"--from": f"{first}", "--hours": f"{hours}"},
        ),
        class_name="card card-flat scroller hours-card",
        aria_hidden="true",
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
) -> rx.Component:
    """What somebody elsewhere would see of the draft; a day has `weekday`, `date`, `slots` and `more`."""

    def slot(one: Any) -> rx.Component:
        free = rx.el.span(one.time, class_name="slot")
        taken = rx.el.span(one.time, rx.el.span(", taken", class_name="hidden-text"), class_name="slot slot-taken")
        return when(one.is_free, free, taken)

    def row(day: Any) -> rx.Component:
        return rx.el.div(
            rx.el.div(rx.el.b(day.weekday), day.date),
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
        rx.el.div(each(days, row), rx.el.p(note, class_name="note muted"), class_name="preview-body"),
        class_name="card preview",
        aria_labelledby="preview-title",
    )


def changed_days(days: Items, *, on_restore: Any, form: rx.Component) -> rx.Component:
    """Single days that differ; a day has `first`, `last`, `words`, `note`, `hours` and `is_off`."""

    def row(day: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(
                rx.el.b(day.words, class_name="strong block"),
                rx.el.span(day.note, class_name="muted block"),
                class_name="small grow",
            ),
            when(day.is_off, badge("Away"), badge(day.hours, "brand")),
            icon_button(
                "trash-2",
                f"Go back to the weekly hours on {day.words}",
                on_click=on_restore(day.first, day.last),
            ),
            class_name="row gap-3 flex-nowrap py-3 hair",
        )

    return rx.el.section(
        rx.el.h2("Single days", id="days-title", class_name="text-h4"),
        rx.el.ul(each(days, row)),
        form,
        class_name="stack gap-3",
        aria_labelledby="days-title",
    )


def days_form(errors: Any, *, on_submit: Handler, form_key: Text) -> rx.Component:
    """Asks for the days and their hours; `errors` has one text by field, kept beside it."""
    first = field("first", "From", kind="date", required=True, error=errors["first"])
    last = field("last", "To and with", kind="date", hint="Empty for one day.", error=errors["last"])
    start = field("start", "Open from", placeholder="16:00", max_length=8, error=errors["start"])
    end = field("end", "Until", placeholder="18:00", max_length=8, error=errors["end"])
    return rx.el.details(
        rx.el.summary(icon("plus", "s"), "Add days off or other hours", class_name="link"),
        rx.el.form(
            rx.el.div(first, last, class_name="halves gap-3"),
            rx.el.div(start, end, class_name="halves gap-3"),
            rx.el.p("Leave the hours empty to be away. Booked sessions stay.", class_name="hint"),
            rx.el.div(button("Change these days", submits=True)),
            class_name="stack gap-4 pt-4",
            on_submit=on_submit,
            key=form_key,
        ),
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
