"""`/goals/{goal}`: one goal, its milestones, and the action items that lead there."""

import reflex as rx

from mentorhub.components.button import button, link_button
from mentorhub.components.checklist import action_item, due_mark
from mentorhub.components.empty import empty
from mentorhub.components.sections.goals import (
    add_line,
    goal_form,
    goal_head,
    milestone_question,
    milestone_row,
    session_items,
)
from mentorhub.components.sections.profile import crumb
from mentorhub.components.select import small_select
from mentorhub.components.values import when
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.goal import GoalState
from mentorhub.state.goal_shown import ItemShown, MilestoneShown, SessionShown


def _item(item: rx.Var[ItemShown]) -> rx.Component:
    due = rx.match(
        item.due.tone,
        ("late", due_mark(item.due.words, "late")),
        ("today", due_mark(item.due.words, "today")),
        due_mark(item.due.words),
    )
    serves = small_select(
        rx.Var.create("Milestone of: ") + item.text,
        GoalState.choices,
        value=item.milestone_id,
        on_change=GoalState.attach(item.item_id),
        disabled=GoalState.ended,
    )
    return action_item(
        item_id=item.item_id,
        title=item.text,
        source=serves,
        due=rx.el.span(due),
        is_done=item.is_done,
        on_toggle=GoalState.tick(item.item_id),
    )


def _session(session: rx.Var[SessionShown]) -> rx.Component:
    return session_items(
        title=session.title,
        facts=session.facts,
        notes_href=session.href,
        portrait_source=session.portrait,
        initials=session.initials,
        items=rx.foreach(session.todo, _item),
    )


def _milestone(milestone: rx.Var[MilestoneShown]) -> rx.Component:
    key = milestone.milestone_id
    return milestone_row(
        title=milestone.title,
        facts=milestone.facts,
        is_done=milestone.is_done,
        is_first=milestone.is_first,
        is_last=milestone.is_last,
        is_renaming=GoalState.renaming == key,
        error=GoalState.errors["milestone"],
        handlers={
            "reach": GoalState.reach(key, True),
            "reopen": GoalState.reach(key, False),
            "earlier": GoalState.move(key, -1),
            "later": GoalState.move(key, 1),
            "rename": GoalState.start_renaming(key),
            "save": GoalState.rename,
            "close": GoalState.start_renaming(""),
            "remove": GoalState.remove(key),
        },
    )


def _items() -> rx.Component:
    nothing = rx.el.p(
        "No action items yet. Write a line such as “[ ] send the slides @me Fri” in the notes of a session.",
        class_name="muted",
    )
    return rx.el.section(
        rx.el.div(rx.el.h2("Action items", id="items"), class_name="part-head"),
        when(
            GoalState.sessions.length() > 0,
            rx.el.div(rx.foreach(GoalState.sessions, _session), class_name="stack gap-6"),
            nothing,
        ),
        aria_labelledby="items",
    )


def _milestones() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Milestones", id="milestones", class_name="text-h4"),
        rx.el.ol(rx.foreach(GoalState.milestones, _milestone), class_name="milestone-list"),
        when(
            GoalState.can_add,
            add_line(
                "milestone",
                "Add a milestone",
                "Add",
                placeholder="Four mock interviews",
                on_submit=GoalState.add,
                error=rx.cond(GoalState.renaming == "", GoalState.errors["milestone"], ""),
            ),
        ),
        class_name="card stack gap-3",
        aria_labelledby="milestones",
    )


def _changing() -> rx.Component:
    return rx.el.details(
        rx.el.summary("Change or end this goal", class_name="link"),
        rx.el.div(
            goal_form(
                on_submit=GoalState.edit,
                errors=GoalState.errors,
                act="Save",
                title=GoalState.title,
                why=GoalState.why,
                target=GoalState.target,
            ),
            rx.el.p(when(GoalState.saved, "Saved."), class_name="note muted", role="status"),
            rx.el.div(
                rx.el.p("An ended goal is kept as it is and leaves your list.", class_name="note muted"),
                button("End this goal", kind="quiet-danger", on_click=GoalState.end),
                class_name="stack gap-2",
            ),
            class_name="stack gap-6 pt-4",
        ),
    )


def _goal() -> rx.Component:
    head = goal_head(
        title=GoalState.title,
        facts=GoalState.facts,
        milestones=GoalState.stations,
        count=GoalState.count,
        next_words=GoalState.next_words,
    )
    question = when(
        GoalState.asked_id != "",
        rx.el.div(
            milestone_question(
                title=GoalState.asked_title, on_yes=GoalState.answer(True), on_no=GoalState.answer(False)
            ),
            class_name="pb-8",
        ),
    )
    reason = when(GoalState.why != "", rx.el.p(GoalState.why, class_name="prose whitespace-pre-line muted pb-8"))
    side = when(~GoalState.ended, rx.el.div(_milestones(), _changing(), class_name="stack gap-6"))
    return rx.fragment(
        crumb("Goals", "/goals"),
        rx.el.div(
            head,
            rx.el.div(
                rx.el.div(rx.el.div(question, role="status"), reason, _items()),
                rx.el.aside(side, aria_label="Milestones and changes"),
                class_name="pair",
            ),
            class_name="page stack gap-12 pt-2",
        ),
    )


def page() -> rx.Component:
    """The goal, or a friendly dead end."""
    missing = rx.el.div(
        empty(
            "There is no such goal",
            "It may belong to another account, or the address is mistyped.",
            icon_name="search",
            is_page=True,
            action=link_button("Your goals", href="/goals", kind="primary"),
        ),
        class_name="page page-medium pt-10",
    )
    content = rx.cond(GoalState.missing, missing, _goal())
    return framed(loading(is_loaded=GoalState.loaded, content=content), here="goals", kind="app")


ROUTE = Route(
    page=page,
    path="/goals/[goal_id]",
    title="Your goal | MentorHub",
    description="One goal: its milestones, the action items from your sessions, and what comes next.",
    on_load=(GoalState.load,),
    access=Access.SIGNED_IN,
)
