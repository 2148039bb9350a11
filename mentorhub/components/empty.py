"""What stands where nothing is yet: one step to take, or the shape of what is coming."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Number, Text


def empty(
    title: Text, words: Text, *, icon_name: str, action: rx.Component | None = None, is_page: bool = False
) -> rx.Component:
    """Nothing here, why, and the one step that changes it; with `is_page` there is nothing else on the page."""
    return rx.el.div(
        rx.el.span(icon(icon_name, "l"), class_name="brand-text"),
        rx.el.h1(title, class_name="text-h4") if is_page else rx.el.h3(title),
        rx.el.p(words, class_name="muted empty-words"),
        action if action is not None else "",
        class_name="empty",
    )


def skeleton(*shapes: str) -> rx.Component:
    """Grey shapes of the final size; each is "face", "line", "half", "third", "button" or "block"."""
    classes = {
        "face": "skeleton skeleton-face",
        "line": "skeleton",
        "half": "skeleton skeleton-half",
        "third": "skeleton skeleton-third",
        "button": "skeleton skeleton-button",
        "block": "skeleton skeleton-block",
    }
    return rx.el.div(*(rx.el.div(class_name=classes[shape]) for shape in shapes), class_name="stack gap-3")


def skeleton_cards(count: int) -> rx.Component:
    """Mentor cards that are still on their way, as tall as the real ones, named once for screen readers."""
    card = rx.el.div(
        skeleton("face", "line", "half", "line", "third", "block", "button"), class_name="card mentor-card"
    )
    return rx.fragment(
        rx.el.p("Looking for mentors", class_name="hidden-text", role="status"),
        rx.el.div(*(card for _ in range(count)), class_name="results", aria_hidden="true"),
    )


def meter(share: Number, spoken: Text) -> rx.Component:
    """A bar filled to `share` percent; `spoken` says the same in words."""
    return rx.el.span(rx.el.i(style={"--v": f"{share}%"}), class_name="meter block", role="img", aria_label=spoken)
