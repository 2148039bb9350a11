"""Two paths that share a station: the road the mentor went, and yours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from mentorhub.components.portrait import portrait


@dataclass(frozen=True)
class Station:
    """One row of the drawing; only from fields both people have made visible.

    `mentor` is "face", "from", "on", "to" or "none"; `you` is "none", "ahead", "passing", "face" or "here".
    """

    title: str
    note: str
    mentor: str = "on"
    you: str = "none"


_MENTOR = {
    "face": "track track-from track-face",
    "from": "track track-from",
    "on": "track",
    "to": "track track-to",
    "none": "track track-none",
}
_YOU = {
    "none": "track track-none",
    "ahead": "track track-you track-ahead track-from",
    "passing": "track track-you track-ahead track-pass",
    "face": "track track-you track-to track-face",
    "here": "track track-to track-here",
}


def paths(stations: Sequence[Station], *, spoken: str, mentor_face: str = "", your_face: str = "") -> rx.Component:
    """The drawing, top to bottom from today to the start; `spoken` tells it in words."""

    def row(station: Station) -> rx.Component:
        mentor = portrait(mentor_face, "") if station.mentor == "face" else ""
        you = portrait(your_face, "") if station.you == "face" else ""
        shared = station.you in ("face", "here")
        return rx.el.div(
            rx.el.div(mentor, class_name=_MENTOR[station.mentor]),
            rx.el.p(rx.el.b(station.title), rx.el.span(station.note, class_name="muted")),
            rx.el.div(you, class_name=_YOU[station.you]),
            class_name="paths-row paths-shared" if shared else "paths-row",
        )

    return rx.el.div(*(row(station) for station in stations), class_name="paths", role="img", aria_label=spoken)
