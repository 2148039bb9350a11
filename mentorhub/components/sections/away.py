"""What differs from a mentor's week: single days, blocked times, and the sessions that lie outside then."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.badge import badge
from mentorhub.components.button import button, icon_button, link_button
from mentorhub.components.field import field
from mentorhub.components.icon import icon
from mentorhub.components.values import Handler, Items, Text, each, when


def changed_days(days: Items, *, on_restore: Any, form: rx.Component) -> rx.Component:
    """Single days that differ; a day has `first`, `last`, `words`, `note`, `hours` and `is_off`."""

    def row(day: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(
                rx.el.b(day.words, class_name="strong block"),
                rx.el.span(day.note, class_name="muted block"),
                class_name="small grow",
            ),
            when(day.is_off, badge("Away"), badge(day.hours, "brand")),
            icon_button(
                "trash-2",
                f"Go back to the weekly hours on {day.words}",
                on_click=on_restore(day.first, day.last),
            ),
            class_name="row gap-3 flex-nowrap py-3 hair",
        )

    return rx.el.section(
        rx.el.h2("Single days", id="days-title", class_name="text-h4"),
        rx.el.ul(each(days, row)),
        form,
        class_name="stack gap-3",
        aria_labelledby="days-title",
    )


def days_form(errors: Any, *, on_submit: Handler, form_key: Text, such_as: tuple[Text, Text]) -> rx.Component:
    """Asks for the days and their hours, `such_as` two times; `errors` has one text by field, kept beside it."""
    first = field("first", "From", kind="date", required=True, error=errors["first"])
    last = field("last", "To and with", kind="date", hint="Empty for one day.", error=errors["last"])
    start = field("start", "Open from", placeholder=such_as[0], max_length=8, error=errors["start"])
    end = field("end", "Until", placeholder=such_as[1], max_length=8, error=errors["end"])
    return rx.el.details(
        rx.el.summary(icon("plus", "s"), "Add days off or other hours", class_name="link"),
        rx.el.form(
            rx.el.div(first, last, class_name="halves gap-3"),
            rx.el.div(start, end, class_name="halves gap-3"),
            rx.el.p("Leave the hours empty to be away. Booked sessions stay.", class_name="hint"),
            rx.el.div(button("Change these days", submits=True)),
            class_name="stack gap-4 pt-4",
            on_submit=on_submit,
            key=form_key,
        ),
    )


def blocked(
    blocks: Items,
    *,
    zone: Text,
    on_remove: Any,
    errors: Any,
    on_submit: Handler,
    form_key: Text,
    such_as: tuple[Text, Text],
) -> rx.Component:
    """Times blocked out, on the clock of `zone`, `such_as` two times; a block has `block_id`, `words` and `reason`."""

    def row(block: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(
                rx.el.b(block.words, class_name="strong block"),
                rx.el.span(block.reason, class_name="muted block"),
                class_name="small grow",
            ),
            icon_button("trash-2", f"Open again, {block.words}", on_click=on_remove(block.block_id)),
            class_name="row gap-3 flex-nowrap py-3 hair",
        )

    def part(name: str, label: str, **more: Any) -> rx.Component:
        return field(name, label, error=errors[name], **more)

    form = rx.el.details(
        rx.el.summary(icon("plus", "s"), "Block out time", class_name="link"),
        rx.el.form(
            rx.el.div(
                part("block_first", "From", kind="date", required=True),
                part("block_start", "At", placeholder=such_as[0], max_length=8, required=True),
                class_name="halves gap-3",
            ),
            rx.el.div(
                part("block_last", "To", kind="date", hint="Empty for the same day."),
                part("block_end", "Until", placeholder=such_as[1], max_length=8, required=True),
                class_name="halves gap-3",
            ),
            part("reason", "Reason", hint="Only you see it.", max_length=120),
            rx.el.p("On the clock of ", zone, ". Booked sessions stay.", class_name="hint"),
            rx.el.div(button("Block this time", submits=True)),
            class_name="stack gap-4 pt-4",
            on_submit=on_submit,
            key=form_key,
        ),
    )
    return rx.el.section(
        rx.el.h2("Blocked times", id="blocked-title", class_name="text-h4"),
        rx.el.ul(each(blocks, row)),
        form,
        class_name="stack gap-3",
        aria_labelledby="blocked-title",
    )


def outside(sessions: Items) -> rx.Component:
    """Booked sessions that lie outside now; each stays until its mentor acts. Empty, the part is left out.

    A session has `title`, `words`, `why` and `href`.
    """

    def row(session: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(
                rx.el.b(session.title, class_name="strong block"),
                rx.el.span(session.words, class_name="block"),
                rx.el.span(session.why, class_name="muted block"),
                class_name="small",
            ),
            rx.el.span(
                link_button("Propose another time", href=session.href + "?do=move", kind="soft"),
                link_button("Cancel", href=session.href + "?do=cancel", kind="quiet"),
                class_name="row gap-2",
            ),
            class_name="stack gap-2 py-3 hair",
        )

    part = rx.el.section(
        rx.el.h2("Booked outside your hours", id="outside-title", class_name="text-h4"),
        rx.el.p("These sessions stay as they are unless you act.", class_name="small muted"),
        rx.el.ul(each(sessions, row)),
        class_name="stack gap-3",
        aria_labelledby="outside-title",
    )
    has_any = sessions.length() > 0 if isinstance(sessions, rx.Var) else len(sessions) > 0
    return rx.el.div(when(has_any, part), aria_live="polite")
