"""What one was told, newest first, and the switches that say what one wants to be told."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.check import check
from mentorhub.components.empty import empty, skeleton
from mentorhub.components.values import Flag, Handler, Items, Text, each, either, when


def notice_row(*, text: Text, told: Text, href: Text, is_read: Flag, on_open: Handler) -> rx.Component:
    """One notice; unread ones are bold and marked by a dot, which is said in words too."""
    dot = rx.el.span(rx.el.span("Unread: ", class_name="hidden-text"), class_name="notice-dot")
    return rx.el.li(
        rx.el.a(
            when(is_read, rx.el.span(class_name="notice-dot notice-dot-read", aria_hidden="true"), dot),
            rx.el.span(rx.el.span(text, class_name="notice-text"), rx.el.span(told, class_name="note muted tabular")),
            href=href,
            on_click=on_open,
        ),
        class_name=either(is_read, "notice", "notice notice-unread"),
    )


def no_notices() -> rx.Component:
    """Nothing was told yet."""
    return empty(
        "Nothing to tell you yet",
        "What happens to your sessions shows here: booked, moved, cancelled, and when one is near.",
        icon_name="bell",
    )


def notices_skeleton() -> rx.Component:
    """Rows that are still on their way."""
    return rx.el.div(skeleton("line", "half", "line", "half", "line", "half"), aria_hidden="true")


def switch_table(rows: Items) -> rx.Component:
    """A row a kind with its two boxes, or why it cannot be switched off; items as `SwitchShown`."""

    def draw(row: Any) -> rx.Component:
        no_mail = rx.el.span("No mail", class_name="note muted")
        boxes = rx.fragment(
            rx.el.td(_box(row, "product", row.in_product, "In the product")),
            rx.el.td(when(row.has_mail, _box(row, "mail", row.by_mail, "By mail"), no_mail)),
        )
        always = rx.el.td("Always on. ", row.why_required, col_span=2, class_name="note muted")
        return rx.el.tr(
            rx.el.th(row.label, scope="row"),
            when(row.why_required != "", always, boxes),
        )

    head = rx.el.tr(
        rx.el.th("What happens", scope="col"), rx.el.th("In the product", scope="col"), rx.el.th("By mail", scope="col")
    )
    return rx.el.table(rx.el.thead(head), rx.el.tbody(each(rows, draw)), class_name="switches")


def _box(row: Any, way: str, is_on: Any, spoken: str) -> rx.Component:
    words = rx.el.span(spoken, rx.el.span(": ", row.label, class_name="hidden-text"), class_name="switch-way")
    return check(words, name=f"{way}:" + row.kind, default_checked=is_on)
