"""The parts of the account page: a card per concern, faces to choose from, browsers that are signed in."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from mentorhub.components.badge import badge
from mentorhub.components.button import button
from mentorhub.components.field import error_line, has_words
from mentorhub.components.icon import icon
from mentorhub.components.native_form import native_form
from mentorhub.components.values import Flag, Text, when


def concern(name: str, title: Text, lead: Text | rx.Component, *content: rx.Component) -> rx.Component:
    """One thing a person can change about the account."""
    return rx.el.section(
        rx.el.div(rx.el.h2(title, id=name), rx.el.p(lead, class_name="small muted"), class_name="stack gap-2"),
        *content,
        class_name="card card-flat stack gap-5",
        aria_labelledby=name,
    )


def said(words: Text) -> rx.Component:
    """What the last change had to tell; nothing when there is nothing to tell."""
    line = rx.el.p(
        icon("circle-check", "s"), rx.el.span(words), class_name="small success-text row gap-2", role="status"
    )
    return when(has_words(words), line)


def face_picker(
    faces: Sequence[str], *, chosen: Text, initials: Text, error: Text = "", name: str = "portrait"
) -> rx.Component:
    """One of the drawn faces, or the initials; a group of radio buttons, so that arrow keys walk through it."""

    def face(source: str, spoken: str, picture: rx.Component) -> rx.Component:
        box = rx.el.input(type="radio", name=name, value=source, default_checked=chosen == source, aria_label=spoken)
        return rx.el.label(box, picture)

    letters = rx.el.span(initials, class_name="avatar avatar-text", aria_hidden="true")
    drawn = [
        face(
            source,
            f"Portrait {number}",
            rx.el.img(src=source, alt="", width="120", height="120", class_name="avatar", loading="lazy"),
        )
        for number, source in enumerate(faces, start=1)
    ]
    return rx.el.fieldset(
        rx.el.legend("Portrait", class_name="label"),
        rx.el.div(face("", "Your initials", letters), *drawn, class_name="faces"),
        error_line(name, error),
    )


def browser_line(
    *, reference: Text, device: Text, address: Text, seen: Text, is_current: Flag, action: str
) -> rx.Component:
    """One signed-in browser and, unless it is this one, the way to end it."""
    end = native_form(
        rx.el.input(type="hidden", name="reference", value=reference),
        button("Sign out", rx.el.span(device, class_name="hidden-text"), submits=True, kind="quiet"),
        action=action,
    )
    return rx.el.li(
        rx.el.div(
            rx.el.p(device, class_name="strong"),
            rx.el.p(address, ", last used ", seen, class_name="note muted tabular"),
            class_name="grow",
        ),
        when(is_current, badge("This browser", "success", "circle-check"), end),
        class_name="row gap-3 browser-line",
    )
