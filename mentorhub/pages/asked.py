"""Where a request stands, at the head of its booking's page, for either side."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, link_button
from mentorhub.components.countdown import countdown
from mentorhub.components.sections import requests as section
from mentorhub.components.values import when
from mentorhub.state.booking import BookingState
from mentorhub.state.request import RequestState

_STATE = RequestState
_ONE = RequestState.one


def _waiting() -> rx.Component:
    clock = countdown(
        ends_at=_ONE.ends_at,
        server_now=_ONE.server_now,
        label="Time left",
        ended_label="The time is over",
        ring=False,
        on_end=_STATE.load,
    )
    return when(
        _ONE.deadline != "",
        section.timer(
            _ONE.deadline, is_soon=_ONE.is_soon, is_paused=_ONE.is_paused | (_ONE.stage == "taking"), clock=clock
        ),
    )


def _ways_on() -> rx.Component:
    pay = button(
        "Pay again", kind="primary", busy=_STATE.busy, on_click=_STATE.pay_again, class_name="tabular", icon_name="lock"
    )
    return rx.el.div(
        when(_ONE.may_pay, pay),
        when(_ONE.may_withdraw, button("Withdraw the request", on_click=_STATE.withdraw)),
        when(_ONE.may_answer, link_button("Answer it in your requests", href="/mentoring/requests", kind="primary")),
        class_name="row gap-3",
    )


def asked_state() -> rx.Component:
    """The clock, the question and its reply, what may be done, and how it ended."""
    asked_by = rx.cond(BookingState.i_mentor, "You asked", rx.fragment(_ONE.first, " asks"))
    replied_by = rx.cond(BookingState.i_mentor, rx.fragment(_ONE.first, " replied"), "You replied")
    return when(
        _STATE.there,
        rx.el.section(
            rx.el.h2("The request"),
            when(_STATE.refused != "", banner(_STATE.refused, tone="warning", urgent=True)),
            _waiting(),
            when(_ONE.kind_words != "", rx.el.p(_ONE.kind_words, class_name="lead")),
            when(_ONE.note != "", rx.el.p(_ONE.note, class_name="prose whitespace-pre-line")),
            section.exchange(asked_by, _ONE.question, replied_by, _ONE.reply),
            when(
                _ONE.may_reply,
                section.reply_form(_ONE.first, error=_STATE.error, busy=_STATE.busy, on_reply=_STATE.reply),
            ),
            _ways_on(),
            when(_STATE.fits.length() > 0, section.fits_list(_STATE.fits)),
            class_name="card stack gap-4",
        ),
    )
