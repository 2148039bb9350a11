"""Samples of sessions that repeat, in the states a date can be in, and the rest of a series beside a booking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from mentorhub.components.sections.series import rhythm_form, series_card, series_dates, series_sum
from mentorhub.state.series import DateShown, NearShown
from mentorhub.state.series_parts import PartShown

_NOTHING = rx.console_log("sample")
_NEAR = [
    NearShown("2026-12-01T09:30:00Z", "Tue 1 Dec, 15:00", "Tue 1 Dec, 09:30"),
    NearShown("2026-12-01T10:00:00Z", "Tue 1 Dec, 15:30", "Tue 1 Dec, 10:00"),
]


def _date(
    number: int,
    day: str,
    *,
    problem: str = "",
    is_skipped: bool = False,
    is_moved: bool = False,
    near: list[NearShown] | None = None,
) -> DateShown:
    return DateShown(
        key=str(number),
        start=str(number),
        number=str(number),
        mine=f"{day}, 14:30",
        theirs=f"{day}, 09:00 in London",
        is_free=not problem,
        is_skipped=is_skipped,
        is_moved=is_moved,
        problem=problem,
        near=near or [],
    )


_DATES = [
    _date(1, "Tue 24 Nov"),
    _date(2, "Tue 1 Dec", problem="Somebody has this time already.", near=_NEAR),
    _date(3, "Tue 8 Dec", is_moved=True),
    _date(4, "Tue 15 Dec", is_skipped=True, problem="The mentor is not free then."),
    _date(5, "Tue 22 Dec", problem="This is further ahead than the mentor takes bookings."),
]
_PARTS = [
    PartShown("1", "Tue 24 Nov, 14:30", "/design", "met", is_this=False, may_cancel=False, is_picked=False),
    PartShown("2", "Tue 1 Dec, 14:30", "/design", "confirmed", is_this=True, may_cancel=True, is_picked=True),
    PartShown("3", "Tue 8 Dec, 14:30", "/design", "cancelled", is_this=False, may_cancel=False, is_picked=False),
]


def _nothing(*_: Any) -> Any:
    return _NOTHING


def _series() -> rx.Component:
    return rx.el.div(
        rhythm_form(rhythm="monthly", count="5", on_rhythm=_nothing, on_count=_NOTHING),
        series_dates(rx.Var.create(_DATES), on_skip=_nothing, on_move=_nothing),
        series_sum(
            words="4 sessions, ₹1,200.00 each",
            total="₹4,800.00",
            in_the_way=2,
            label="Hold all 4 sessions",
            can_hold=False,
            busy=False,
            error="",
            on_hold=_NOTHING,
        ),
        series_card(
            "Session 2 of 3",
            rx.Var.create(_PARTS),
            on_pick=_nothing,
            can_cancel=True,
            picked=1,
            on_all=_NOTHING,
            on_cancel=_NOTHING,
        ),
        class_name="stack gap-6",
    )


SERIES: list[tuple[str, Callable[[], rx.Component]]] = [("Sessions that repeat", _series)]
