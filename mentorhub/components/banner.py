"""Banners: a sentence that concerns the whole page or block."""

from __future__ import annotations

from typing import Literal

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Text

Tone = Literal["info", "warning", "danger", "success", "brand"]

_BANNERS = {
    "info": ("banner", "info"),
    "warning": ("banner banner-warning", "triangle-alert"),
    "danger": ("banner banner-danger", "circle-alert"),
    "success": ("banner banner-success", "circle-check"),
    "brand": ("banner banner-brand", "info"),
}


def banner(
    *words: Text | rx.Component, tone: Tone = "info", icon_name: str | None = None, urgent: bool = False
) -> rx.Component:
    """A message in a tinted block; `urgent` interrupts a screen reader, otherwise it waits its turn."""
    class_name, default_icon = _BANNERS[tone]
    return rx.el.div(
        icon(icon_name or default_icon),
        rx.el.div(*words),
        class_name=class_name,
        role="alert" if urgent else "status",
    )
