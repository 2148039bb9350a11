"""Badges and tags that name a state; the colour never says it alone."""

from __future__ import annotations

from typing import Literal

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Text

Tone = Literal["plain", "success", "warning", "danger", "info", "brand", "line"]

_BADGES = {
    "plain": "badge",
    "success": "badge badge-success",
    "warning": "badge badge-warning",
    "danger": "badge badge-danger",
    "info": "badge badge-info",
    "brand": "badge badge-brand",
    "line": "badge badge-line",
}
_BOOKING_BADGES: dict[str, tuple[Tone, str, str]] = {
    "held": ("warning", "clock", "Held for you"),
    "requested": ("warning", "clock", "Waiting for an answer"),
    "confirmed": ("success", "circle-check", "Confirmed"),
    "live": ("info", "video", "Live now"),
    "met": ("plain", "check", "Met"),
    "short": ("plain", "timer", "Cut short"),
    "mentor_absent": ("danger", "user-x", "Mentor did not come"),
    "mentee_absent": ("danger", "user-x", "Mentee did not come"),
    "nobody": ("danger", "users", "Nobody came"),
    "unknown": ("plain", "circle-help", "Not known"),
    "expired": ("plain", "clock", "Hold ended"),
    "lapsed": ("plain", "clock", "Request ended"),
    "declined": ("plain", "circle-x", "Declined"),
    "cancelled": ("danger", "circle-x", "Cancelled"),
}


def badge(label: Text, tone: Tone = "plain", icon_name: str | None = None) -> rx.Component:
    """A state in a word, with a sign that is not only a colour."""
    return rx.el.span(icon(icon_name) if icon_name else "", label, class_name=_BADGES[tone])


def booking_badge(status: Text) -> rx.Component:
    """The state of a booking by its status word, or "live" while the room is in use."""
    if isinstance(status, str):
        tone, icon_name, label = _BOOKING_BADGES[status]
        return badge(label, tone, icon_name)
    cases = [(word, badge(label, tone, name)) for word, (tone, name, label) in _BOOKING_BADGES.items()]
    return rx.fragment(rx.match(status, *cases, badge(status)))


def tag(label: Text, kind: Literal["open", "waitlist", "paused"] = "open") -> rx.Component:
    """Whether a mentor takes people now: a filled dot is open, a ring is not."""
    classes = {"open": "tag", "waitlist": "tag tag-waitlist", "paused": "tag tag-paused"}
    return rx.el.span(label, class_name=classes[kind])
