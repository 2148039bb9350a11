"""How the ratings of a mentor spread."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.values import Items, each


def histogram(bars: Items) -> rx.Component:
    """How ratings spread; each bar has `stars`, `count` and `share` in percent, five stars first."""

    def draw(bar: Any) -> rx.Component:
        return rx.el.div(
            rx.el.span(bar.stars, rx.el.span(" stars", class_name="hidden-text")),
            rx.el.span(rx.el.i(style={"--v": f"{bar.share}%"}), class_name="bar"),
            rx.el.span(bar.count, class_name="muted"),
        )

    return rx.el.div(each(bars, draw), class_name="histogram")
