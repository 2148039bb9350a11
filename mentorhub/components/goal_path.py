"""A goal drawn as a line with its milestones as stations; upright on a phone."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Flag, Items, Number, each, either, when


def goal_path(milestones: Items, count: Number, *, wide: Flag = False) -> rx.Component:
    """The stations of a goal, `count` of them; each has `title`, `when` in words and `state`.

    The state is "done", "now", "ahead" or "end"; ticking an action item never moves the line.
    """

    def station(milestone: Any) -> rx.Component:
        is_done = milestone.state == "done"
        title = rx.el.b(
            when(is_done, rx.el.span("Done. ", class_name="hidden-text")),
            when(milestone.state == "now", rx.el.span("Now. ", class_name="hidden-text")),
            milestone.title,
        )
        return rx.el.li(
            when(is_done, rx.el.span(icon("check"), class_name="goalpath-tick")),
            title,
            rx.el.span(milestone.when),
            class_name=milestone.state,
        )

    return rx.el.ol(
        each(milestones, station),
        class_name=either(wide, "goalpath goalpath-wide", "goalpath"),
        style={"--n": count},
    )
