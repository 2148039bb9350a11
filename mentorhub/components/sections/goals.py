"""Goals: where one wants to be, the stations on the way, and what to do next."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, text_button, text_link
from mentorhub.components.checklist import action_list
from mentorhub.components.empty import empty
from mentorhub.components.field import field, text_area
from mentorhub.components.goal_path import goal_path
from mentorhub.components.portrait import portrait
from mentorhub.components.values import Flag, Handler, Items, Number, Text, given, when


def goal_card(
    *, title: Text, facts: Text, href: Text, milestones: Items, count: Number, level: int = 3
) -> rx.Component:
    """A goal among others; `facts` is "3 of 6 milestones done, by 31 March 2027", `level` the heading's."""
    heading = rx.el.h2 if level == 2 else rx.el.h3
    head = rx.el.div(
        rx.el.div(
            heading(rx.el.a(title, href=href, class_name="quiet-link"), class_name="text-h4"),
            rx.el.p(facts, class_name="small muted"),
        ),
        text_link("Open", rx.el.span(" ", title, class_name="hidden-text"), href=href),
        class_name="spread",
    )
    return rx.el.article(head, goal_path(milestones, count), class_name="card stack gap-6")


def goal_head(*, title: Text, facts: Text, milestones: Items, count: Number, next_words: Text = "") -> rx.Component:
    """One goal, large, with its line; `next_words` names the next milestone and what it still needs."""
    return rx.el.div(
        rx.el.div(
            rx.el.h1(title, class_name="goal-title"),
            rx.el.p(facts, class_name="muted"),
            class_name="stack gap-2",
        ),
        when(count > 0, goal_path(milestones, count, wide=True)),
        when(next_words, banner(next_words, tone="brand", icon_name="flag")),
        class_name="stack gap-8",
    )


def milestone_question(*, title: Text, on_yes: Handler, on_no: Handler, busy: Flag = False) -> rx.Component:
    """Asked when the last open item of a milestone is ticked; only this answer moves the line."""
    return rx.el.div(
        rx.el.h2("Milestone reached?", class_name="text-h4"),
        rx.el.p(
            "You ticked the last item of “",
            title,
            "”. Your progress moves when you say so.",
            class_name="small",
        ),
        rx.el.div(
            button("Yes, it is reached", kind="primary", busy=busy, on_click=on_yes),
            button("Not yet", on_click=on_no),
            class_name="row",
        ),
        class_name="card stack gap-3",
        role="status",
    )


def session_items(
    *, title: Text, facts: Text, notes_href: Text, portrait_source: Text, initials: Text, items: rx.Component
) -> rx.Component:
    """The action items of one session, under whom it was with and where its notes are."""
    head = rx.el.div(
        rx.el.span(
            portrait(portrait_source, initials, size="xs"),
            rx.el.h3(title, class_name="small strong"),
            rx.el.span(facts, class_name="note muted"),
            class_name="row gap-2",
        ),
        text_link("Notes", rx.el.span(" of ", title, class_name="hidden-text"), href=notes_href),
        class_name="part-head milestone-head",
    )
    return rx.el.div(head, action_list(items))


def milestone_row(
    *,
    title: Text,
    facts: Text,
    is_done: Flag,
    is_first: Flag,
    is_last: Flag,
    is_renaming: Flag,
    error: Text,
    handlers: dict[str, Handler],
) -> rx.Component:
    """A milestone as its owner edits it; `handlers` are reach, reopen, earlier, later, rename, save, close, remove."""

    def small(name: str, words: str, handler: str, **attributes: Any) -> rx.Component:
        spoken = rx.el.span(words, " ", title, class_name="hidden-text")
        return button(spoken, kind="quiet", icon_name=name, on_click=handlers[handler], **attributes)

    writing = rx.el.form(
        field("renamed", "Milestone", default_value=title, max_length=120, error=error, auto_focus=True),
        rx.el.div(
            button("Save", kind="primary", submits=True),
            button("Cancel", on_click=handlers["close"]),
            class_name="row gap-2",
        ),
        class_name="stack gap-3",
        on_submit=handlers["save"],
    )
    reading = rx.el.div(
        rx.el.p(title, class_name="strong"),
        rx.el.p(facts, class_name="note muted"),
        rx.el.div(
            when(
                is_done,
                text_button("Not reached after all", on_click=handlers["reopen"]),
                text_button("Mark as reached", on_click=handlers["reach"]),
            ),
            rx.el.span(
                small("arrow-up", "Move earlier:", "earlier", disabled=is_first),
                small("arrow-down", "Move later:", "later", disabled=is_last),
                small("pencil", "Rename", "rename"),
                small("trash-2", "Remove", "remove"),
                class_name="row milestone-tools",
            ),
            class_name="spread",
        ),
        class_name="stack gap-1",
    )
    return rx.el.li(when(is_renaming, writing, reading), class_name="milestone-row")


def add_line(
    name: str, label: Text, act: str, *, placeholder: str, on_submit: Handler, error: Text = ""
) -> rx.Component:
    """A form of one line that adds a milestone."""
    return rx.el.form(
        field(name, label, placeholder=placeholder, required=True, max_length=120, error=error),
        button(act, submits=True),
        class_name="add-line",
        on_submit=on_submit,
        reset_on_submit=True,
    )


def goal_form(
    *,
    on_submit: Handler,
    errors: Any,
    act: str,
    title: Text = "",
    why: Text = "",
    target: Text = "",
    first_milestone: bool = False,
    on_close: Handler | None = None,
) -> rx.Component:
    """Says where one wants to be and until when; `errors` has title, why, target_on and milestone."""
    milestone = field(
        "milestone",
        "What comes first?",
        placeholder="CV ready for product roles",
        hint="The first milestone. You can add up to twelve.",
        error=errors["milestone"],
        max_length=120,
    )
    return rx.el.form(
        field(
            "title",
            "Where do you want to be?",
            default_value=title,
            placeholder="My first product job",
            hint="Write it as you would say it to a friend.",
            error=errors["title"],
            required=True,
            max_length=120,
        ),
        milestone if first_milestone else "",
        text_area("why", "What makes it matter now?", default_value=why, error=errors["why"], max_length=400),
        field("target_on", "By when", kind="date", default_value=target, error=errors["target_on"]),
        rx.el.div(
            button(act, kind="primary", submits=True),
            button("Not now", on_click=on_close) if on_close is not None else "",
            class_name="row gap-3",
        ),
        class_name="stack gap-6",
        on_submit=on_submit,
        no_validate=True,
    )


def no_goals(on_start: Handler | None = None) -> rx.Component:
    """The one step that fills the page."""
    return empty(
        "No goal yet",
        "A goal gives your sessions a direction: a few milestones, and steps from each meeting.",
        icon_name="flag",
        action=button("Set a goal", kind="primary", **given(on_click=on_start)),
    )
