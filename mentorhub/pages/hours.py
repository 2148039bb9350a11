"""`/mentoring/hours`: when a mentor is open, and what that looks like from elsewhere."""

from typing import Any

import reflex as rx

from mentorhub.components.button import link_button
from mentorhub.components.clock_change import clock_change
from mentorhub.components.empty import empty
from mentorhub.components.sections import away
from mentorhub.components.sections import hours as section
from mentorhub.components.values import when
from mentorhub.components.week_editor import leave_guard, week_editor
from mentorhub.domain.common.zones import zone_names
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.away import AwayState
from mentorhub.state.base import Access
from mentorhub.state.hours import HoursState
from mentorhub.state.hours_drawn import DrawState
from mentorhub.state.hours_why import WhyState
from mentorhub.state.viewer import ViewerState

_ZONES = sorted(name for name in zone_names() if "/" in name and not name.startswith("Etc/"))


def _rows() -> rx.Component:
    return rx.foreach(
        HoursState.days,
        lambda day: section.day_row(
            day,
            on_switch=HoursState.switch_day,
            on_add=HoursState.add,
            on_remove=HoursState.remove,
            on_start=HoursState.set_start,
            on_end=HoursState.set_end,
        ),
    )


def _grid() -> rx.Component:
    return week_editor(
        HoursState.days,
        first=HoursState.grid.first,
        hours=HoursState.grid.hours,
        clock_hours=ViewerState.clock_hours,
        on_draw=DrawState.draw,
        on_redraw=DrawState.redraw,
        on_erase=DrawState.erase,
    )


def _whose() -> rx.Component:
    return when(
        HoursState.hours_choices.length() > 1,
        section.whose_hours(
            HoursState.hours_choices,
            value=HoursState.hours_of,
            on_choice=HoursState.edit_hours_of,
            has_own=HoursState.has_own_hours,
            on_general=HoursState.use_general_hours,
        ),
    )


def _every_week() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Every week", id="week"),
            rx.el.span(
                when(
                    HoursState.unsaved != "",
                    "Dashed hours are not saved yet",
                    "Drag or tap to open hours, drag an edge to change them",
                ),
                class_name="note muted",
            ),
            class_name="part-head",
        ),
        _whose(),
        rx.el.div(_grid(), class_name="card card-flat hours-card"),
        rx.el.p(
            "Hold Alt for steps of 5 minutes. Hours dragged past midnight become two. "
            "The list does the same by keyboard.",
            class_name="hint wide-only",
        ),
        rx.el.div(_rows(), class_name="pt-4"),
        aria_labelledby="week",
        class_name="stack gap-3",
    )


def _limits() -> rx.Component:
    return section.limits(
        HoursState.limits,
        zone=HoursState.zone,
        zone_error=HoursState.zone_error,
        zones=_ZONES,
        on_zone=HoursState.set_zone,
        on_limit=HoursState.set_limit,
    )


def _week() -> rx.Component:
    return rx.el.div(_every_week(), _limits(), class_name="stack gap-12")


def _typed(on_24: str, on_12: str) -> Any:
    """A time as the mentor would type it on the clock they read."""
    return rx.cond(ViewerState.clock_hours == 12, on_12, on_24)


def _beside() -> rx.Component:
    seen = section.preview(
        HoursState.seen,
        words=HoursState.seen_words,
        change=HoursState.seen_change,
        note=HoursState.seen_note,
        seen_from=HoursState.seen_from,
        places=HoursState.seen_choices,
        on_place=HoursState.look_from,
        offering=HoursState.offering_id,
        offerings=HoursState.offering_choices,
        has_offerings=(HoursState.offering_choices.length() > 1) & (HoursState.hours_of == ""),
        on_offering=HoursState.look_at,
        on_time=WhyState.ask_at,
        why=section.why_not(WhyState.at, WhyState.answer, on_submit=WhyState.ask, such_as=_typed("14:00", "2:00 pm")),
    )
    days = away.changed_days(
        AwayState.changed,
        on_restore=AwayState.restore_days,
        form=away.days_form(
            AwayState.day_errors,
            on_submit=AwayState.change_days,
            form_key=AwayState.day_form.to_string(),
            such_as=(_typed("16:00", "4:00 pm"), _typed("18:00", "6:00 pm")),
        ),
    )
    blocked = away.blocked(
        AwayState.blocks,
        zone=AwayState.block_zone,
        on_remove=AwayState.open_again,
        errors=AwayState.block_errors,
        on_submit=AwayState.block,
        form_key=AwayState.block_form.to_string(),
        such_as=(_typed("14:00", "2:00 pm"), _typed("16:00", "4:00 pm")),
    )
    outside = away.outside(AwayState.outside)
    return rx.el.aside(outside, seen, days, blocked, class_name="stack gap-12", aria_label="Preview and single days")


def _clock() -> rx.Component:
    change = HoursState.clock
    return when(
        change.title != "",
        clock_change(
            title=change.title,
            start=change.start,
            until=change.until,
            since=change.since,
            yours=change.yours,
            your_zone=change.your_zone,
            your_new=change.your_new,
            their_name=change.their_name,
            theirs=change.theirs,
            their_zone=change.their_zone,
            their_new=change.their_new,
            their_change=change.their_change,
        ),
    )


def page() -> rx.Component:
    """The hours of a mentor, or the step before them."""
    hours = rx.fragment(
        leave_guard(HoursState.unsaved != ""),
        section.hours_head(
            HoursState.zone_words,
            unsaved=HoursState.unsaved,
            on_undo=HoursState.undo,
            on_save=HoursState.save,
            busy=HoursState.busy,
        ),
        rx.el.div(_week(), _beside(), class_name="pair"),
        _clock(),
        rx.el.p(
            "Busy elsewhere too? ",
            rx.el.a("Connect your other calendars", href="/account/calendars", class_name="link"),
            ", and their times close here by themselves.",
            class_name="small muted",
        ),
    )
    first = empty(
        "Start your mentor profile first",
        "Your hours belong to your profile. It takes a minute, and nobody sees it before you say so.",
        icon_name="user",
        is_page=True,
        action=link_button("Start the profile", href="/mentoring/profile", kind="primary"),
    )
    body = rx.el.div(rx.cond(HoursState.is_mentor, hours, first), class_name="page stack gap-8 pt-8")
    return framed(loading(is_loaded=HoursState.loaded, content=body), here="hours", kind="app")


ROUTE = Route(
    page=page,
    path="/mentoring/hours",
    title="Your hours | MentorHub",
    description="Open hours every week, change single days, and see what a mentee sees from another time zone.",
    on_load=(HoursState.load, AwayState.load, WhyState.forget),
    access=Access.SIGNED_IN,
)
