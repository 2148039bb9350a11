"""`/mentoring/requests`: what waits for a mentor's answer."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, link_button
from mentorhub.components.countdown import countdown
from mentorhub.components.empty import empty
from mentorhub.components.sections import requests as section
from mentorhub.components.values import when
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.parts import intake_of, meeting_ribbon
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.request_shown import REASONS, RequestShown
from mentorhub.state.requests import RequestsState

_STATE = RequestsState


def _error(one: rx.Var[RequestShown], field: str) -> rx.Var[str]:
    return rx.cond(_STATE.wrong_at == rx.Var.create(f"{field}:") + one.booking_id, _STATE.wrong, "")


def _answers(one: rx.Var[RequestShown]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            button(
                "Accept",
                rx.el.span(" the request of ", one.name, class_name="hidden-text"),
                kind="primary",
                busy=_STATE.busy,
                on_click=_STATE.accept(one.booking_id),
            ),
            class_name="mb-3",
        ),
        when(
            one.may_ask,
            section.ask_form(one.booking_id, error=_error(one, "question"), busy=_STATE.busy, on_ask=_STATE.ask),
        ),
        section.decline_form(
            one.booking_id,
            reasons=REASONS,
            error=_error(one, "reason"),
            busy=_STATE.busy,
            on_decline=_STATE.decline,
        ),
    )


def _request(one: rx.Var[RequestShown]) -> rx.Component:
    clock = countdown(
        ends_at=one.ends_at,
        server_now=one.server_now,
        label="Time left to answer",
        ended_label="This request ended",
        ring=False,
        on_end=_STATE.refresh,
    )
    head = section.request_head(
        one.name,
        one.portrait,
        one.initials,
        one.title,
        one.terms,
        section.timer(one.deadline, is_soon=one.is_soon, is_paused=one.is_paused, clock=clock),
    )
    facts = section.facts_list(
        one.facts, "Facts about who asks", rx.fragment(one.first, " sees exactly this list about themselves.")
    )
    return rx.el.li(
        rx.el.article(
            head,
            meeting_ribbon(one.meeting),
            rx.el.div(intake_of(one.intake), facts, class_name="pair pair-facts"),
            section.exchange("You asked", one.question, rx.fragment(one.first, " replied"), one.reply),
            when(one.may_answer, _answers(one)),
            class_name="card stack gap-6",
        ),
        key=one.booking_id,
    )


def _news() -> rx.Component:
    return rx.el.div(
        when(_STATE.said != "", banner(_STATE.said, tone="success")),
        when(_STATE.refused != "", banner(_STATE.refused, tone="warning", urgent=True)),
        aria_live="polite",
    )


def page() -> rx.Component:
    """The inbox, or that nothing waits."""
    nothing = empty(
        "Nothing waits for you",
        "Requests come here when a session of yours is answered first. The soonest deadline stands on top.",
        icon_name="inbox",
        action=link_button("Your sessions and prices", href="/mentoring/offerings"),
    )
    listed = rx.el.ul(rx.foreach(_STATE.requests, _request), class_name="stack gap-6")
    ended = when(_STATE.lapsed.length() > 0, section.lapsed_list(_STATE.lapsed))
    body = rx.el.div(
        rx.el.div(
            rx.el.h1("Requests"),
            rx.el.p("Soonest deadline first, on your own clock", class_name="small muted"),
            class_name="stack gap-2",
        ),
        _news(),
        loading(
            is_loaded=_STATE.loaded, content=rx.fragment(when(_STATE.requests.length() > 0, listed, nothing), ended)
        ),
        class_name="page stack gap-8 pt-8",
    )
    return framed(body, here="requests", kind="app")


ROUTE = Route(
    page=page,
    path="/mentoring/requests",
    title="Requests | MentorHub",
    description="Who asks for a session with you, what they want from it, and by when they hope for an answer.",
    on_load=(RequestsState.load,),
    access=Access.SIGNED_IN,
)
