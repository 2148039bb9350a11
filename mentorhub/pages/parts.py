"""What several pages draw from the same view: a meeting on two clocks, a mentor among others."""

import reflex as rx

from mentorhub.components.mentor_card import mentor_card
from mentorhub.components.ribbon import ribbon
from mentorhub.components.sections.intake import intake_read
from mentorhub.components.values import Text
from mentorhub.components.zone_picker import zone_picker
from mentorhub.domain.marketplace.queries import MentorCardView
from mentorhub.state.shown import IntakeShown, MeetingShown
from mentorhub.state.viewer import ViewerState


def meeting_ribbon(meeting: rx.Var[MeetingShown], *, now: Text = "") -> rx.Component:
    """A meeting on both people's days; `now` draws the red line and may be left empty."""
    return ribbon(
        start=meeting.start,
        end=meeting.end,
        your_zone=meeting.your_zone,
        their_zone=meeting.their_zone,
        your_place=meeting.your_place,
        their_name=meeting.their_name,
        their_place=meeting.their_place,
        your_time=meeting.your_time,
        their_time=meeting.their_time,
        clock_hours=meeting.clock_hours,
        now=now,
    )


def zone_control(*, note: Text = "") -> rx.Component:
    """Where one chooses the zone and the clock times are written in; `note` tells of a clock change ahead."""
    return zone_picker(
        on_choose=ViewerState.choose_zone,
        error=ViewerState.zone_error,
        clock_hours=ViewerState.clock_hours,
        on_clock=ViewerState.choose_clock,
        note=note,
    )


def intake_of(intake: rx.Var[IntakeShown]) -> rx.Component:
    """An intake as its two people read it."""
    return intake_read(
        goal=intake.goal,
        situation=intake.situation,
        questions=intake.questions,
        has_questions=intake.questions.length() > 0,
        links=intake.links,
        files=intake.files,
    )


def card_of(card: rx.Var[MentorCardView]) -> rx.Component:
    """A mentor among others, from the marketplace's own card."""
    return mentor_card(
        name=card.name,
        headline=card.role_line,
        href=card.href,
        portrait_source=card.portrait,
        initials=card.initials,
        place=card.city,
        is_open=card.is_open,
        reasons=card.reasons,
        missing=card.gap,
        rating=card.rating,
        reviews=card.reviews,
        answered=card.answered,
        recent=card.recent,
        attended=card.attended,
        next_free=card.next_free,
        price_tag=card.price_tag,
        minutes=card.minutes,
        hint=card.price_hint,
    )
