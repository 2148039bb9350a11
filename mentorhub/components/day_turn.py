"""Tells when the local day of an open page is over, or its clock changes."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.script import script
from mentorhub.components.values import Handler, Text

_SCRIPT = script("day_turn.jsx")


class _DayTurn(rx.Component):
    library = _SCRIPT
    tag = "DayTurn"

    turns_at: rx.Var[str]
    server_now: rx.Var[str]
    on_turn: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


def day_turn(turns_at: Text, *, server_now: Text, on_turn: Handler) -> rx.Component:
    """Calls `on_turn` at `turns_at`; both times in ISO 8601 UTC, `server_now` as of this rendering."""
    return _DayTurn.create(turns_at=turns_at, server_now=server_now, on_turn=on_turn)
