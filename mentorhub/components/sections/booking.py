"""A booking: the moment it is confirmed, its own page, and what changing plans costs."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.badge import badge, booking_badge
from mentorhub.components.banner import banner
from mentorhub.components.button import button, link_button
from mentorhub.components.dialog import dialog
from mentorhub.components.portrait import portrait
from mentorhub.components.price import price_lines, refund_sum
from mentorhub.components.values import Flag, Handler, Items, Text, each, either, given, when


def meet(
    *, title: Text, lead: Text, your_face: Text, your_initials: Text, their_face: Text, their_initials: Text
) -> rx.Component:
    """The moment after paying: two faces in the two rings."""
    faces = rx.el.div(
        portrait(your_face, your_initials),
        portrait(their_face, their_initials),
        class_name="meet-faces",
        aria_hidden="true",
    )
    return rx.el.div(
        faces,
        badge("Confirmed and paid", "success", "circle-check"),
        rx.el.h1(title),
        rx.el.p(lead, class_name="lead"),
        class_name="meet",
    )


def agenda(items: Items) -> rx.Component:
    """What happens next; each item has `when`, `title`, `note` and `is_meeting`."""

    def draw(item: Any) -> rx.Component:
        return rx.el.li(
            rx.el.time(item.when),
            rx.el.div(rx.el.b(item.title), rx.el.p(item.note, class_name="small muted")),
            class_name=either(item.is_meeting, "now", ""),
        )

    return rx.el.ol(each(items, draw), class_name="agenda")


def booking_head(
    *, status: Text, facts: Text, title: Text, note: Text, portrait_source: Text, initials: Text
) -> rx.Component:
    """State, what was booked and with whom; `facts` is "Booked 22 Nov 2026, number 4812"."""
    return rx.el.div(
        rx.el.div(booking_badge(status), rx.el.span(facts, class_name="note muted"), class_name="row"),
        rx.el.div(
            portrait(portrait_source, initials, size="l"),
            rx.el.div(rx.el.h1(title), rx.el.p(note, class_name="muted")),
            class_name="person",
        ),
        class_name="stack gap-4",
    )


def join_card(
    *, meeting: rx.Component, href: Text, is_open: Flag, rule: Text, note: Text, has_room: Flag = True
) -> rx.Component:
    """Both clocks and the door of the room; `rule` says when it opens, `note` how long that is from now."""
    enter = link_button("Join the room", href=href, kind="primary", large=True, icon_name="video")
    waits = button(
        "Join the room",
        kind="primary",
        large=True,
        icon_name="video",
        disabled=True,
        described_by="join-rule",
    )
    foot = rx.el.div(
        when(is_open, enter, waits),
        rx.el.p(rx.el.b(rule), rx.el.span(note, class_name="muted block"), class_name="small", id="join-rule"),
        class_name="join-foot",
    )
    return rx.el.div(meeting, when(has_room, foot), class_name="card stack gap-6")


def other_mentor(
    *, name: Text, role: Text, portrait_source: Text, initials: Text, free: Text, href: Text
) -> rx.Component:
    """Somebody else to turn to: who, what they do, when they are free, and their page."""
    return rx.el.li(
        portrait(portrait_source, initials),
        rx.el.div(
            rx.el.a(name, href=href, class_name="link strong"),
            rx.el.p(role, class_name="small muted"),
            rx.el.p(free, class_name="small tabular"),
        ),
        class_name="person",
    )


def side_card(title: Text, *content: rx.Component) -> rx.Component:
    """A small card beside the main column."""
    return rx.el.section(rx.el.h2(title, class_name="text-lead"), *content, class_name="card card-flat stack gap-4")


def plans_card(
    *,
    window: rx.Component,
    cancel_label: Text,
    on_cancel: Handler | None = None,
    busy: Flag = False,
) -> rx.Component:
    """What cancelling gives back now and later, in words or as a `policy_window`; the button opens the dialog."""
    return side_card(
        "Change of plans",
        window,
        button(
            cancel_label,
            kind="quiet-danger",
            wide=True,
            busy=busy,
            class_name="tabular",
            **given(on_click=on_cancel),
        ),
    )


def receipt_card(lines: Items, title: Text = "Receipt") -> rx.Component:
    """What was paid and where it went, as `price_lines`."""
    return side_card(title, price_lines(lines))


def confirmed_banner(*, other: Text, is_seat: Flag) -> rx.Component:
    """What was just booked is certain; of a seat the mentor gets no invitation of their own."""
    whose = when(is_seat, ".", rx.fragment(", and in ", other, "'s."))
    return banner("Confirmed. The invitation with the calendar file is in your mail", whose, tone="success")


def what_calling_off_does(*, is_seat: Flag) -> Text:
    """What becomes of the calendars and of the time; of a group session only the one seat is given up."""
    return either(
        is_seat,
        "The invitation is withdrawn from your calendar and your seat is free again; the group session stays.",
        "The invitation is withdrawn from both calendars and the time is free for others.",
    )


def cancel_dialog(
    *,
    title: Text,
    is_open: Flag,
    on_close: Handler,
    on_confirm: Handler,
    refund: Any,
    window: rx.Component | str,
    consequences: Text,
    busy: Flag = False,
    refused: Text | None = None,
) -> rx.Component:
    """Leads with the sum, then the reason, then the choice; `refused` is what went wrong on the last try.

    `refund` is as in `refund_sum`, and has a `button`; `window` is the `policy_window` where one holds.
    """
    body = [
        refund_sum(refund),
        window,
        rx.el.p(consequences, class_name="small muted"),
    ]
    if refused is not None:
        body.append(when(refused, banner(refused, tone="danger", urgent=True)))
    return dialog(
        *body,
        name="cancel",
        title=title,
        is_open=is_open,
        on_close=on_close,
        actions=[
            button("Keep the session", on_click=on_close),
            button(refund.button, kind="danger", busy=busy, on_click=on_confirm, class_name="tabular"),
        ],
    )


def booking_layout(back: rx.Component, main: list[rx.Component], side: list[rx.Component]) -> rx.Component:
    """The page of a booking: what it is on one side, how to manage it on the other."""
    return rx.fragment(
        back,
        rx.el.div(
            rx.el.div(*main, class_name="stack gap-12"),
            rx.el.aside(*side, class_name="stack gap-4", aria_label="Manage"),
            class_name="page columns columns-side pt-2",
        ),
    )
