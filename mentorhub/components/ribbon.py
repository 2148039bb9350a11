"""The two-zone ribbon: your day above, theirs below, on one axis of moments."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.script import script
from mentorhub.components.values import Number, Text

_SCRIPT = script("ribbon.jsx")


class _RibbonBody(rx.Component):
    library = _SCRIPT
    tag = "RibbonBody"

    start: rx.Var[str]
    end: rx.Var[str]
    your_zone: rx.Var[str]
    their_zone: rx.Var[str]
    now: rx.Var[str]
    clock_hours: rx.Var[int]


def ribbon(
    *,
    start: Text,
    end: Text,
    your_zone: Text,
    their_zone: Text,
    your_place: Text,
    their_name: Text,
    their_place: Text,
    your_time: Text,
    their_time: Text,
    clock_hours: Number = 24,
    now: Text = "",
) -> rx.Component:
    """A meeting on both people's days; cream is 07:00 to 19:00 on that side, blue is night.

    `start`, `end` and `now` are ISO 8601 UTC, zones are IANA names, the times are already in words
    ("Tue 24 Nov, 14:30 to 15:00"); `clock_hours` is how the axis counts. `now` draws the red line and may be left
    empty.
    """
    return rx.el.div(
        rx.el.div(
            rx.el.span(rx.el.b("You"), ", ", your_place, class_name="ribbon-zone"),
            rx.el.span(your_time, class_name="ribbon-time"),
            class_name="ribbon-head",
        ),
        _RibbonBody.create(
            start=start, end=end, your_zone=your_zone, their_zone=their_zone, clock_hours=clock_hours, now=now
        ),
        rx.el.div(
            rx.el.span(rx.el.b(their_name), ", ", their_place, class_name="ribbon-zone"),
            rx.el.span(their_time, class_name="ribbon-time"),
            class_name="ribbon-foot",
        ),
        class_name="ribbon",
    )
