"""What a clock change does to a start that two people keep, side by side."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Text


def clock_change(
    *,
    title: Text,
    start: Text,
    until: Text,
    since: Text,
    yours: Text,
    your_zone: Text,
    your_new: Text,
    their_name: Text,
    theirs: Text,
    their_zone: Text,
    their_new: Text,
    their_change: Text,
) -> rx.Component:
    """What the next clock change does to one start, for both sides."""

    def side(who: Text, before: Text, zone: Text, after: Text, note: Text, *, moved: bool) -> list[rx.Component]:
        return [
            rx.el.div(rx.el.span(who, class_name="strong"), class_name="where"),
            rx.el.div(rx.el.b(before), rx.el.span(zone, class_name="muted")),
            rx.el.div(icon("arrow-right")),
            rx.el.div(rx.el.b(after), rx.el.span(note, class_name="muted"), class_name="moved" if moved else ""),
        ]

    return rx.el.section(
        rx.el.div(
            rx.el.h2("When the clocks change", id="clock-title"),
            rx.el.span(title, class_name="note muted"),
            class_name="part-head",
        ),
        rx.el.div(
            rx.el.div(start, class_name="head"),
            rx.el.div(until, class_name="head"),
            rx.el.div(class_name="head"),
            rx.el.div(since, class_name="head"),
            *side("You", yours, your_zone, yours, rx.fragment(your_new, ", stays"), moved=False),
            *side(their_name, theirs, their_zone, their_new, their_change, moved=True),
            class_name="clockchange",
        ),
        rx.el.p("Sessions already booked keep their moment.", class_name="small muted hair pt-3"),
        class_name="part",
        aria_labelledby="clock-title",
    )
