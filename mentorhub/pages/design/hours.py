"""Sample of a mentor's week, drawn: saved hours, hours not saved yet, and a day that is closed."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from mentorhub.components.week_editor import week_editor
from mentorhub.state.hours_shown import BandShown, DayShown

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BANDS = {
    0: [BandShown(570, 690, is_new=False)],
    1: [BandShown(540, 720, is_new=False), BandShown(1080, 1200, is_new=False)],
    2: [BandShown(1020, 1140, is_new=False)],
    3: [BandShown(540, 720, is_new=False), BandShown(840, 930, is_new=True)],
    5: [BandShown(600, 780, is_new=True)],
}
_DAYS = [
    DayShown(day, name[:3], name, is_open=day in _BANDS, bands=_BANDS.get(day, [])) for day, name in enumerate(_NAMES)
]


def _week() -> rx.Component:
    return rx.el.div(
        week_editor(
            rx.Var.create(_DAYS),
            first=8,
            hours=13,
            on_draw=lambda *_: rx.console_log("sample"),
            on_redraw=lambda *_: rx.console_log("sample"),
            on_erase=lambda *_: rx.console_log("sample"),
        ),
        class_name="card card-flat hours-card",
    )


HOURS: list[tuple[str, Callable[[], rx.Component]]] = [("Hours of a week", _week)]
