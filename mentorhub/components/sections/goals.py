"""Goals: where one wants to be, the stations on the way, and what to do next."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, text_link
from mentorhub.components.checklist import action_list
from mentorhub.components.empty import empty
from mentorhub.components.field import field, text_area
from mentorhub.components.goal_path import goal_path
from mentorhub.components.values import Flag, Handler, Items, Number, Text, given, when


def goal_card(*, title: Text, facts: Text, href: Text, milestones: Items, count: Number) -> rx.Component:
    """A goal among others; `facts` is "3 of 6 milestones done, by 31 March 2027"."""
    head = rx.el.div(
        rx.el.div(
            rx.el.h3(rx.el.a(title, href=href, class_name="quiet-link")),
            rx.el.p(facts, class_name="small muted"),
        ),
        text_link("Open", rx.el.span(" ", title, class_name="hidden-text"), href=href),
        class_name="spread",
    )
    return rx.el.article(head, goal_path(milestones, count), class_name="card stack gap-6")


def goal_head(
    *, title: Text, facts: Text, milestones: Items, count: Number, next_words: Text = ""
) -> rx.Component:
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


def milestone_items(
    *,
    title: Text,
    when_words: Text,
    items: rx.Component,
    is_empty: Flag,
    is_done: Flag,
    add_item: rx.Component,
) -> rx.Component:
    """A milestone with its action items and the line that adds one."""
    head = rx.el.div(
        rx.el.h3(title),
        rx.el.span(when(is_done, "Reached"), when_words, class_name="note muted"),
        class_name="part-head milestone-head",
    )
    nothing = rx.el.p("No action items yet.", class_name="small muted")
    return rx.el.section(head, when(is_empty, nothing, action_list(items)), add_item)


def add_line(
    name: str,
    label: Text,
    act: str,
    *,
    placeholder: str,
    on_submit: Handler,
    error: Text = "",
    dated: bool = False,
) -> rx.Component:
    """A form of one line that adds a milestone or an item; with `dated` it also asks until when."""
    inputs = [field(name, label, placeholder=placeholder, required=True, max_length=200, error=error)]
    if dated:
        inputs.append(field(f"{name}-due", "By when", kind="date"))
    return rx.el.form(
        *inputs, button(act, submits=True), class_name="add-line", on_submit=on_submit, reset_on_submit=True
    )


def goal_form(
    *, on_submit: Handler, error: Text = "", busy: Flag = False, title: Text = "", reason: Text = ""
) -> rx.Component:
    """Says where one wants to be and until when."""
    return rx.el.form(
        field(
            "title",
            "Where do you want to be?",
            default_value=title,
            placeholder="My first product job",
            hint="Write it as you would say it to a friend.",
            error=error,
            required=True,
            max_length=160,
        ),
        text_area("why", "What makes it matter now?", default_value=reason, max_length=1000),
        field("due", "By when", kind="date"),
        rx.el.div(button("Save this goal", kind="primary", submits=True, busy=busy)),
        class_name="stack gap-6",
        on_submit=on_submit,
    )


def no_goals(on_start: Handler | None = None) -> rx.Component:
    """The one step that fills the page."""
    return empty(
        "No goal yet",
        "A goal gives your sessions a direction: a few milestones, and steps from each meeting.",
        icon_name="flag",
        action=button("Set a goal", kind="primary", **given(on_click=on_start)),
    )
