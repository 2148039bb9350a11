"""`/goals`: the goals a person follows."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button
from mentorhub.components.sections.goals import goal_card, goal_form, no_goals
from mentorhub.components.values import when
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.goal_shown import GoalShown
from mentorhub.state.goals import GoalsState


def _card(goal: rx.Var[GoalShown]) -> rx.Component:
    return goal_card(
        title=goal.title, facts=goal.facts, href=goal.href, milestones=goal.stations, count=goal.count, level=2
    )


def _form() -> rx.Component:
    return rx.el.section(
        rx.el.h2("A new goal", id="new-goal"),
        when(GoalsState.refused != "", banner(GoalsState.refused, tone="danger", urgent=True)),
        goal_form(
            on_submit=GoalsState.save,
            errors=GoalsState.errors,
            act="Save this goal",
            first_milestone=True,
            on_close=GoalsState.close_form,
        ),
        class_name="card stack gap-6",
        aria_labelledby="new-goal",
    )


def page() -> rx.Component:
    """All goals, and the form of a new one."""
    head = rx.el.div(
        rx.el.div(
            rx.el.h1("Goals"),
            rx.el.p("Where you want to be, and the milestones on the way.", class_name="muted"),
            class_name="stack gap-2",
        ),
        when(
            GoalsState.loaded & ~GoalsState.form_open & (GoalsState.goals.length() > 0),
            when(
                GoalsState.can_add,
                button("Set a goal", icon_name="plus", on_click=GoalsState.open_form),
                rx.el.p("Five goals are as many as one can follow. End one to set another.", class_name="small muted"),
            ),
        ),
        class_name="spread",
    )
    cards = rx.el.div(rx.foreach(GoalsState.goals, _card), class_name="stack gap-6")
    nothing = when(~GoalsState.form_open, no_goals(GoalsState.open_form))
    body = rx.el.div(
        head,
        when(GoalsState.form_open, _form()),
        loading(is_loaded=GoalsState.loaded, content=when(GoalsState.goals.length() > 0, cards, nothing)),
        class_name="page page-medium stack gap-8 pt-8",
    )
    return framed(body, here="goals", kind="app")


ROUTE = Route(
    page=page,
    path="/goals",
    title="Your goals | MentorHub",
    description="The goals you follow on MentorHub, their milestones and how far you have come.",
    on_load=(GoalsState.load,),
    access=Access.SIGNED_IN,
)
