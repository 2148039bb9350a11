"""Faces: a portrait, or initials where there is none, and the person beside it."""

from __future__ import annotations

from typing import Literal

import reflex as rx

from mentorhub.components.values import Text, when

Size = Literal["xs", "s", "m", "l", "xl"]

_IMAGES = {
    "xs": "avatar avatar-xs",
    "s": "avatar avatar-s",
    "m": "avatar",
    "l": "avatar avatar-l",
    "xl": "avatar avatar-xl",
}
_INITIALS = {size: f"{class_name} avatar-text" for size, class_name in _IMAGES.items()}


def portrait(source: Text, initials: Text, *, size: Size = "m", spoken: Text = "") -> rx.Component:
    """A face from `source`, or `initials` when it is empty; decorative unless `spoken` names it."""
    image = rx.el.img(
        src=source,
        alt=spoken,
        class_name=_IMAGES[size],
        loading="lazy",
        custom_attrs={"width": "120", "height": "120"},
    )
    letters = rx.el.span(initials, class_name=_INITIALS[size], aria_hidden="true")
    return when(source, image, letters)


def person(
    name: Text | rx.Component,
    role: Text | rx.Component,
    *,
    source: Text,
    initials: Text,
    size: Size = "m",
    heading: Literal["p", "h2", "h3"] = "p",
) -> rx.Component:
    """A face with a name and one line about who it is."""
    title = {"p": rx.el.p, "h2": rx.el.h2, "h3": rx.el.h3}[heading]
    return rx.el.div(
        portrait(source, initials, size=size),
        rx.el.div(title(name, class_name="person-name"), rx.el.p(role, class_name="person-role")),
        class_name="person",
    )
