"""`/what-mentors-see`: the facts about oneself, exactly as a mentor reads them beside a request."""

import reflex as rx

from mentorhub.components.sections.requests import facts_list
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.own_facts import OwnFactsState


def page() -> rx.Component:
    """The list, and what it leaves out."""
    facts = facts_list(
        OwnFactsState.facts,
        "Facts about you",
        "Beside these stands whether the request's intake is complete. There is no score, and nobody is shut out by "
        "a formula.",
    )
    body = rx.el.div(
        rx.el.div(
            rx.el.h1("What mentors see of you"),
            rx.el.p("Only mentors you ask for a session see this, while you ask.", class_name="muted"),
            class_name="stack gap-2",
        ),
        rx.el.h2("Your record", class_name="hidden-text"),
        loading(is_loaded=OwnFactsState.loaded, content=rx.el.div(facts, class_name="card")),
        class_name="page page-medium stack gap-8 pt-8",
    )
    return framed(body, here="sessions", kind="app")


ROUTE = Route(
    page=page,
    path="/what-mentors-see",
    title="What mentors see of you | MentorHub",
    description="The facts a mentor reads beside your request, word for word: sessions attended, items done, no score.",
    on_load=(OwnFactsState.load,),
    access=Access.SIGNED_IN,
)
