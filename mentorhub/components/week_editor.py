"""A week of hours drawn with mouse or finger, and the guard of a page with changes that are not saved."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.script import script
from mentorhub.components.values import Flag, Handler, Items, Number, Text

_SCRIPT = script("week_editor.jsx")


_BAND = rx.event.passthrough_event_spec(int, int, int)
_BOTH = rx.event.passthrough_event_spec(int, int, int, int, int, int)


class _WeekEditor(rx.Component):
    library = _SCRIPT
    tag = "WeekEditor"

    days: rx.Var[list]
    first: rx.Var[int]
    hours: rx.Var[int]
    clock_hours: rx.Var[int]
    on_draw: rx.EventHandler[_BAND]  # type: ignore[type-arg, valid-type]
    on_redraw: rx.EventHandler[_BOTH]  # type: ignore[type-arg, valid-type]
    on_erase: rx.EventHandler[_BAND]  # type: ignore[type-arg, valid-type]


class _LeaveGuard(rx.Component):
    library = _SCRIPT
    tag = "LeaveGuard"

    is_on: rx.Var[bool]
    words: rx.Var[str]


def week_editor(
    days: Items,
    *,
    first: Number,
    hours: Number,
    clock_hours: Number = 24,
    on_draw: Handler,
    on_redraw: Handler,
    on_erase: Handler,
) -> rx.Component:
    """The week drawn; the rows beside it say and do the same, so it is hidden from screen readers.

    Each of seven `days` has `weekday`, `short` and `bands`; a band has `opens` and `closes` in minutes and
    `is_new` while it is not saved. `on_draw` and `on_erase` are called with weekday, opens and closes,
    `on_redraw` with those before and after; an end past 1440 goes on into the next day.
    """
    return _WeekEditor.create(
        days=days,
        first=first,
        hours=hours,
        clock_hours=clock_hours,
        on_draw=on_draw,
        on_redraw=on_redraw,
        on_erase=on_erase,
    )


def leave_guard(is_on: Flag, words: Text = "Leave without saving your changes?") -> rx.Component:
    """Asks before the page is left while `is_on`."""
    return _LeaveGuard.create(is_on=is_on, words=words)
