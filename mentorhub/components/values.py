"""What components accept, plain values or Reflex vars, and how the two are told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import reflex as rx

Text = str | rx.Var[str]
Flag = bool | rx.Var[bool]
Number = int | rx.Var[int]
Texts = Sequence[str] | rx.Var[list[str]]
Items = Sequence[Any] | rx.Var[list[Any]]
Handler = Any
"""An event handler, an event with its arguments, or a list of them."""
Node = rx.Component | str | rx.Var[Any]
NO_PAGE: Final[dict[str, Any]] = {"custom_attrs": {"reloadDocument": True}}
"""Attributes of a link to what the server gives beside the pages: without them the router looks for a page there."""


def when(value: Any, node: Node, otherwise: Node | None = None) -> rx.Component:
    """Show `node` where `value` holds; a plain value is decided now, a var in the browser."""
    fallback = rx.fragment() if otherwise is None else otherwise
    if isinstance(value, rx.Var):
        return rx.fragment(rx.cond(value, node, fallback))
    return rx.fragment(node if value else fallback)


def either(value: Flag, yes: str, no: str) -> Text:
    """One of two words, such as a class name, by a flag that may be a var."""
    if isinstance(value, rx.Var):
        return rx.cond(value, yes, no)
    return yes if value else no


def each(items: Items, draw: Callable[[Any], rx.Component]) -> rx.Component:
    """Draw every item, of a plain sequence now or of a list var in the browser."""
    if isinstance(items, rx.Var):
        return rx.foreach(items, draw)
    return rx.fragment(*(draw(item) for item in items))


def given(**props: Any) -> dict[str, Any]:
    """The properties that were really given, so that an absent handler leaves no attribute behind."""
    return {name: value for name, value in props.items() if value is not None}


def is_empty(items: Items) -> Flag:
    """Whether a list has nothing in it, as a flag for both kinds of value."""
    if isinstance(items, rx.Var):
        return items.length() == 0
    return not items


def has_item(items: Texts, item: Any) -> Flag:
    """Whether a list of words holds one of them, as a flag for both kinds of value."""
    if isinstance(items, rx.Var):
        return items.contains(item)
    return item in items
