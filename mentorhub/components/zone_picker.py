"""Chooses the zone times are shown in, by its name or by a city, and a clock of 24 or of 12 hours."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.button import button
from mentorhub.components.field import error_line, has_words
from mentorhub.components.icon import icon
from mentorhub.components.values import Handler, Number, Text, either, when
from mentorhub.domain.common.habits import CLOCKS
from mentorhub.domain.common.moments import spelled_now
from mentorhub.domain.common.zones import CITIES, zone_names

_NAMES = sorted({spelled_now(name) for name in zone_names() if "/" in name and not name.startswith("Etc/")})


def zone_picker(
    *, on_choose: Handler, error: Text, clock_hours: Number, on_clock: Any, note: Text = ""
) -> rx.Component:
    """A disclosure with one field that searches zones and cities; `note` tells of a clock change ahead.

    `on_choose` gets the form with `zone`, `on_clock` the hours of a clock, 24 or 12.
    """
    names = [rx.el.option(value=name) for name in _NAMES]
    cities = [rx.el.option(zone, value=city) for city, zone in CITIES.items()]
    form = rx.el.form(
        rx.el.input(
            name="zone",
            class_name="input input-small grow",
            placeholder="City or zone",
            aria_label="Show times in the zone of",
            list="all-zones",
            auto_complete="off",
            max_length=80,
            required=True,
            aria_invalid=either(has_words(error), "true", "false"),
            aria_describedby="zone-picker-error",
        ),
        button("Show times", submits=True, class_name="whitespace-nowrap"),
        rx.el.datalist(*names, *cities, id="all-zones"),
        on_submit=on_choose,
        class_name="row gap-2 flex-nowrap pt-2",
    )
    clocks = rx.el.div(
        *(
            rx.el.button(
                f"{hours}-hour clock",
                type="button",
                aria_pressed=either(clock_hours == hours, "true", "false"),
                on_click=on_clock(hours),
            )
            for hours in CLOCKS
        ),
        class_name="segment",
        role="group",
        aria_label="Clock",
    )
    return rx.el.span(
        rx.el.details(
            rx.el.summary("Change zone or clock", class_name="link"),
            form,
            error_line("zone-picker", error),
            rx.el.div(clocks, class_name="pt-2"),
            class_name="note",
        ),
        when(
            has_words(note),
            rx.el.span(icon("clock", "s"), rx.el.span(note), class_name="note row gap-2 flex-nowrap", role="note"),
        ),
    )
