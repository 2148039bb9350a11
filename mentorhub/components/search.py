"""The one search field: say what you want to do, in your own words."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.button import button
from mentorhub.components.icon import icon
from mentorhub.components.native_form import native_form
from mentorhub.components.values import Handler, Text, given


def search_field(
    *,
    value: Text = "",
    action: str = "/mentors",
    label: str = "Search",
    placeholder: str = "From engineering into product",
    on_submit: Handler | None = None,
    large: bool = False,
    name: str = "q",
    spoken: str | None = "What are you trying to do?",
) -> rx.Component:
    """A search form; without `on_submit` it leads to `action` with the words in the address.

    Pass `spoken=None` when a visible label points at `name`.
    """
    box = rx.el.div(
        icon("search"),
        rx.el.input(
            type="search",
            id=name,
            name=name,
            default_value=value,
            placeholder=placeholder,
            auto_complete="off",
            class_name="input",
            max_length=200,
            **given(aria_label=spoken),
        ),
        class_name="affix",
    )
    content = (box, button(label, kind="primary", submits=True, large=large))
    if on_submit is None:
        return native_form(*content, action=action, method="get", class_name="search", role="search")
    return rx.el.form(*content, on_submit=on_submit, class_name="search", role="search")
