"""Samples of group sessions: on sale, full, one's own, called off, and who comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from mentorhub.components.sections.groups import attendees, own_groups, seat_facts, seats_on_sale
from mentorhub.state.group_shown import AttendeeShown, GroupShown

_NOTHING = rx.console_log("sample")
_WHEN = {
    "when": "Tue 24 Nov, 14:30 to 15:30 in Kolkata",
    "their_time": "Tue 24 Nov, 09:00 in London",
    "decision": "Goes ahead with 3 people, decided by Mon 23 Nov, 14:30 in Kolkata.",
    "price": "₹1,200 a seat",
    "href": "/design",
}
_ON_SALE = [
    GroupShown("1", "Portfolio clinic", seats="4 of 8 seats left", can_take=True, **_WHEN),
    GroupShown("2", "A very long title of a session about changing from engineering to product work", **_WHEN),
    GroupShown("3", "Mock panel", seats="no seat left", seat_href="/design", **_WHEN),
    GroupShown("7", "Open hour", seats="no seat left", is_full=True, **_WHEN),
]
_OWN = [
    GroupShown("4", "Portfolio clinic", taken="4 of 8 seats", state="open", **_WHEN),
    GroupShown("8", "CV clinic", taken="1 of 8 seats, 2 more needed", state="short", **_WHEN),
    GroupShown("5", "Mock panel", taken="1 of 8 seats", state="cancelled", **_WHEN),
    GroupShown("6", "Open hour", taken="8 of 8 seats", state="settled", **_WHEN),
]


def _nothing(*_: Any) -> Any:
    return _NOTHING


def _groups() -> rx.Component:
    taken = "The last seat has just been taken. Nothing was charged."
    return rx.el.div(
        seats_on_sale(rx.Var.create(_ON_SALE), on_take=_nothing, error=taken),
        own_groups(rx.Var.create(_OWN)),
        seat_facts(_OWN[1]),
        attendees(
            [AttendeeShown("Riya Patil", "/design"), AttendeeShown("Asha Rao", "")],
            nothing="",
            note="Only those with a seat and the mentor see these names.",
        ),
        class_name="stack gap-6",
    )


GROUPS: list[tuple[str, Callable[[], rx.Component]]] = [("Groups", _groups)]
