"""Calendar feeds with their secret addresses, and calendars elsewhere with how old their copy is."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.badge import badge
from mentorhub.components.banner import banner
from mentorhub.components.button import button
from mentorhub.components.values import Flag, Handler, Text, when


def feed_card(
    feed: Any,
    *,
    is_asked: Flag,
    on_copy: Handler,
    on_ask: Handler,
    on_keep: Handler,
    on_renew: Handler,
    on_close: Handler,
) -> rx.Component:
    """One feed as `FeedShown`: closed, open with its address, or asked whether the address shall change."""
    name = "feed-" + feed.kind
    address = rx.el.div(
        rx.el.label("Secret address", html_for=name, class_name="label"),
        rx.el.input(id=name, value=feed.address, read_only=True, class_name="input"),
        rx.el.p("Whoever has it can read this feed, so share it with care.", class_name="hint"),
        class_name="field",
    )
    spoken = rx.el.span(feed.title, class_name="hidden-text")
    acts = rx.el.div(
        button("Copy the address", spoken, icon_name="copy", on_click=on_copy),
        button("New address", spoken, kind="quiet", on_click=on_ask),
        button("Close the feed", spoken, kind="quiet", on_click=on_close),
        class_name="row gap-3",
    )
    question = rx.el.div(
        banner("The present address stops working in every calendar that uses it.", tone="warning"),
        rx.el.div(
            button("Keep the present one", on_click=on_keep),
            button("Make a new address", kind="danger", on_click=on_renew),
            class_name="row gap-3",
        ),
        class_name="stack gap-3",
    )
    closed = rx.el.div(button("Make an address", spoken, icon_name="link", on_click=on_renew))
    return rx.el.li(
        rx.el.h3(feed.title),
        rx.el.p(feed.lead, class_name="small muted"),
        when(feed.address != "", rx.el.div(address, when(is_asked, question, acts), class_name="stack gap-3"), closed),
        class_name="stack gap-2",
    )


def import_row(one: Any, *, on_read: Handler, on_remove: Handler) -> rx.Component:
    """One connected calendar as `ImportShown`, with what is wrong or was guessed."""
    spoken = rx.el.span(one.label, class_name="hidden-text")
    state = when(one.is_failing, badge("Cannot be read", "warning", "triangle-alert"))
    return rx.el.li(
        rx.el.div(rx.el.h3(one.label), state, class_name="row gap-3"),
        rx.el.p(one.host, ". ", one.age, ".", class_name="small muted tabular", role="status"),
        when(one.words != "", rx.el.p(one.words, class_name="small", role="status")),
        rx.el.div(
            button("Refresh now", spoken, icon_name="refresh-cw", on_click=on_read),
            button("Remove", spoken, kind="quiet-danger", on_click=on_remove),
            class_name="row gap-3",
        ),
        class_name="stack gap-2",
    )


def no_imports() -> rx.Component:
    """No calendar is connected yet."""
    words: Text = "None is connected yet. Your hours here alone decide when you can be booked."
    return rx.el.p(words, class_name="small muted")
