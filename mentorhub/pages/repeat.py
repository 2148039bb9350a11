"""`/mentors/{slug}/repeat`: a series of sessions, every date before it is held."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import link_button
from mentorhub.components.empty import empty
from mentorhub.components.portrait import person
from mentorhub.components.sections.profile import crumb
from mentorhub.components.sections.series import rhythm_form, series_dates, series_sum
from mentorhub.components.values import when
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.series import SeriesState

_STATE = SeriesState


def _dead_end(title: str, words: str, label: str, href: rx.Var[str] | str) -> rx.Component:
    way = link_button(label, href=href, kind="primary")
    return rx.el.div(
        empty(title, words, icon_name="repeat", is_page=True, action=way), class_name="page page-medium pt-10"
    )


def _plan() -> rx.Component:
    elsewhere = when(_STATE.elsewhere, link_button(_STATE.elsewhere_label, href=_STATE.elsewhere, kind="soft"))
    side = rx.el.aside(
        rx.el.div(
            person(
                _STATE.title,
                _STATE.terms_line,
                source=_STATE.mentor_portrait,
                initials=_STATE.mentor_initials,
                heading="h2",
            ),
            class_name="card",
        ),
        series_sum(
            words=_STATE.sum_words,
            total=_STATE.total,
            in_the_way=_STATE.in_the_way,
            label=_STATE.hold_label,
            can_hold=_STATE.can_hold,
            busy=_STATE.busy,
            error=_STATE.error,
            on_hold=_STATE.hold,
        ),
        elsewhere,
        class_name="stack gap-4",
        aria_label="Your series",
    )
    main = rx.el.div(
        rx.el.div(
            rx.el.h1("Meet ", _STATE.mentor_first, " regularly"),
            rx.el.p(_STATE.words, ".", class_name="lead"),
            rx.el.p(_STATE.zones, class_name="small muted"),
            class_name="stack gap-2",
        ),
        rhythm_form(
            rhythm=_STATE.rhythm,
            count=_STATE.count.to_string(),
            on_rhythm=_STATE.choose_rhythm,
            on_count=_STATE.choose_count,
        ),
        rx.el.div(when(_STATE.notice != "", banner(_STATE.notice, tone="warning")), role="status"),
        series_dates(_STATE.dates, on_skip=_STATE.skip, on_move=_STATE.move),
        class_name="stack gap-6",
    )
    return rx.fragment(
        crumb(rx.Var.create("All times of ") + _STATE.mentor_first, _STATE.times_href),
        rx.el.div(main, side, class_name="page columns pt-2"),
    )


def page() -> rx.Component:
    """The dates, or why there are none and where to go."""
    missing = _dead_end("There is no such mentor", "The address may be old or mistyped.", "Find a mentor", "/mentors")
    no_start = _dead_end(
        "Choose the first time first",
        "Pick a time on the mentor's page. There you can make it repeat.",
        "Choose a time",
        _STATE.times_href,
    )
    single = _dead_end(
        "This session cannot be repeated",
        "Intro calls, groups, and sessions the mentor answers first are booked one by one.",
        "Choose a time",
        _STATE.times_href,
    )
    content = rx.cond(
        _STATE.missing, missing, rx.cond(_STATE.no_start, no_start, rx.cond(_STATE.single_only, single, _plan()))
    )
    return framed(loading(is_loaded=_STATE.loaded, content=content), here="find")


ROUTE = Route(
    page=page,
    path="/mentors/[slug]/repeat",
    title="Sessions that repeat | MentorHub",
    description="Book several sessions with a mentor at once: every date on both clocks, one payment, each refundable.",
    on_load=(SeriesState.load,),
)
