"""The demo's mailbox: a list of mails and one that is open."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.button import link_button
from mentorhub.components.field import has_words
from mentorhub.components.values import NO_PAGE, Items, Text, each, either, when


def mail_line(*, href: Text, subject: Text, to: Text, sent: Text, is_open: Text | rx.Var[bool]) -> rx.Component:
    """One mail of the list."""
    return rx.el.li(
        rx.el.a(
            rx.el.b(subject, class_name="block"),
            rx.el.span("to ", to, class_name="note muted block"),
            rx.el.span(sent, class_name="note muted tabular"),
            href=href,
            aria_current=either(is_open, "true", "false"),
            class_name="mail-line",
        )
    )


def mail_text(pieces: Items) -> rx.Component:
    """A mail as text, its links alive; `pieces` have `words` and `is_link`."""

    def draw(piece: rx.Var) -> rx.Component:
        return rx.cond(piece.is_link, rx.el.a(piece.words, href=piece.words, **NO_PAGE), rx.el.span(piece.words))

    return rx.el.div(each(pieces, draw), class_name="mail-text")


def open_mail(*, subject: Text, to: Text, sent: Text, pieces: Items, html: Text, calendar: Text) -> rx.Component:
    """The open mail: its head, its text, its HTML twin without script, and its invitation as a file."""
    invitation = link_button(
        "Download the invitation", href=calendar, icon_name="calendar", custom_attrs={"download": "session.ics"}
    )
    twin = rx.el.iframe(
        src_doc=html,
        sandbox="allow-popups allow-popups-to-escape-sandbox",
        title="The mail as HTML",
        class_name="mail-html",
    )
    return rx.el.article(
        rx.el.div(
            rx.el.h2(subject),
            rx.el.p("To ", to, ", ", sent, class_name="small muted tabular"),
            class_name="stack gap-2",
        ),
        when(has_words(calendar), invitation),
        rx.el.section(rx.el.h3("As text", class_name="label"), mail_text(pieces), class_name="stack gap-2"),
        rx.el.section(rx.el.h3("As HTML", class_name="label"), twin, class_name="stack gap-2"),
        class_name="card card-flat stack gap-5",
    )
