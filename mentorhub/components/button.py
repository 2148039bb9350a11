"""Buttons and links that look like them."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Flag, Handler, Text, either, given, when

Kind = Literal["plain", "primary", "soft", "quiet", "danger", "quiet-danger"]

_CLASSES = {
    "plain": "button",
    "primary": "button button-primary",
    "soft": "button button-soft",
    "quiet": "button button-quiet",
    "danger": "button button-danger",
    "quiet-danger": "button button-quiet danger-text",
}


def _class(kind: Kind, large: bool, wide: bool, extra: str) -> str:
    parts = (_CLASSES[kind], "button-large" if large else "", "button-wide" if wide else "", extra)
    return " ".join(part for part in parts if part)


def button(
    *label: Text | rx.Component,
    kind: Kind = "plain",
    icon_name: str | None = None,
    on_click: Handler | None = None,
    submits: bool = False,
    busy: Flag = False,
    disabled: Flag = False,
    not_yet: Flag = False,
    large: bool = False,
    wide: bool = False,
    spoken: Text | None = None,
    described_by: str | None = None,
    class_name: str = "",
    **attributes: Any,
) -> rx.Component:
    """A button that says what happens with the object in it; while busy it cannot be pressed again.

    Disabled keeps its place; `described_by` names the element that says in words when it opens. With `not_yet` it looks
    disabled and is read as such, but a press still arrives: what was typed a moment before may have opened it.
    """
    return rx.el.button(
        when(busy, rx.el.span(class_name="spinner", aria_hidden="true"), icon(icon_name) if icon_name else ""),
        *label,
        type="submit" if submits else "button",
        class_name=_class(kind, large, wide, class_name),
        disabled=(busy | disabled) if isinstance(busy, rx.Var) or isinstance(disabled, rx.Var) else busy or disabled,
        aria_busy=either(busy, "true", "false"),
        **given(
            on_click=on_click,
            aria_label=spoken,
            aria_describedby=described_by,
            aria_disabled=None if not_yet is False else either(not_yet, "true", "false"),
        ),
        **attributes,
    )


def link_button(
    *label: Text | rx.Component,
    href: Text,
    kind: Kind = "plain",
    icon_name: str | None = None,
    large: bool = False,
    wide: bool = False,
    spoken: Text | None = None,
    class_name: str = "",
    **attributes: Any,
) -> rx.Component:
    """A link to a page, dressed as a button; a real link, so it opens in a new tab too."""
    return rx.el.a(
        icon(icon_name) if icon_name else "",
        *label,
        href=href,
        class_name=_class(kind, large, wide, class_name),
        **given(aria_label=spoken),
        **attributes,
    )


def icon_button(
    name: str,
    spoken: Text,
    *,
    on_click: Handler | None = None,
    disabled: Flag = False,
    class_name: str = "",
    **attributes: Any,
) -> rx.Component:
    """A square button with an icon only; `spoken` is its name for everyone who cannot see it."""
    return rx.el.button(
        icon(name),
        type="button",
        class_name=f"button button-icon {class_name}".strip(),
        aria_label=spoken,
        disabled=disabled,
        **given(on_click=on_click),
        **attributes,
    )


def text_link(*label: Text | rx.Component, href: Text, icon_name: str | None = None) -> rx.Component:
    """A quiet link that stands alone in small type."""
    return rx.el.a(icon(icon_name, "s") if icon_name else "", *label, href=href, class_name="link")


def text_button(
    *label: Text | rx.Component,
    on_click: Handler | None = None,
    icon_name: str | None = None,
    **attributes: Any,
) -> rx.Component:
    """A button that reads as a link, for small steps such as "Clear all"."""
    return rx.el.button(
        icon(icon_name, "s") if icon_name else "",
        *label,
        type="button",
        class_name="link",
        **given(on_click=on_click),
        **attributes,
    )
