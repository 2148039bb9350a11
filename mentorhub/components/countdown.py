"""A countdown from the server's clock that speaks at its start, at two minutes and at its end."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.script import script
from mentorhub.components.values import Flag, Handler, Number, Text, given

_SCRIPT = script("countdown.jsx")


class _Countdown(rx.Component):
    library = _SCRIPT
    tag = "Countdown"

    ends_at: rx.Var[str]
    server_now: rx.Var[str]
    total_seconds: rx.Var[int]
    label: rx.Var[str]
    ended_label: rx.Var[str]
    ring: rx.Var[bool]
    on_end: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


def countdown(
    *,
    ends_at: Text,
    server_now: Text,
    label: Text,
    ended_label: Text = "Time is up",
    total_seconds: Number = 600,
    ring: Flag = True,
    on_end: Handler | None = None,
) -> rx.Component:
    """Minutes and seconds until `ends_at`; both times in ISO 8601 UTC, `server_now` as of this rendering.

    A new `server_now` sets the clock again. The ring is full at `total_seconds`.
    """
    props: dict[str, Any] = {
        "ends_at": ends_at,
        "server_now": server_now,
        "label": label,
        "ended_label": ended_label,
        "total_seconds": total_seconds,
        "ring": ring,
    }
    return _Countdown.create(**props, **given(on_end=on_end))
