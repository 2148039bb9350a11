"""`/sessions/{booking}`: one booking, for its two people."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import link_button
from mentorhub.components.coming import coming_line
from mentorhub.components.empty import empty
from mentorhub.components.notepad import notepad
from mentorhub.components.price import policy_window
from mentorhub.components.review import review
from mentorhub.components.review_form import review_form
from mentorhub.components.sections.booking import (
    booking_head,
    booking_layout,
    cancel_dialog,
    confirmed_banner,
    join_card,
    other_mentor,
    plans_card,
    receipt_card,
    side_card,
    what_calling_off_does,
)
from mentorhub.components.sections.groups import attendees, seat_facts
from mentorhub.components.sections.profile import crumb
from mentorhub.components.values import NO_PAGE, when
from mentorhub.pages.asked import asked_state
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.moving import changing_time, proposed_time
from mentorhub.pages.parts import intake_of, meeting_ribbon
from mentorhub.pages.route import Route
from mentorhub.pages.series_parts import rest_of_series
from mentorhub.state.base import Access
from mentorhub.state.booking import BookingState
from mentorhub.state.moving import MovingState
from mentorhub.state.request import RequestState
from mentorhub.state.review import ReviewState
from mentorhub.state.seats import SeatState
from mentorhub.state.series_parts import SeriesPartsState


def _ask() -> rx.Component:
    whose = rx.cond(BookingState.i_mentor, rx.fragment("What ", BookingState.other_first, " asks"), "Your question")
    return rx.cond(
        BookingState.intake.is_empty,
        rx.fragment(),
        rx.el.section(rx.el.h2(whose), intake_of(BookingState.intake), class_name="stack gap-3"),
    )


def _state_banner() -> rx.Component:
    moment = rx.cond(
        BookingState.waiting,
        banner("The payment is on its way. This page changes by itself once it is confirmed.", tone="info"),
        rx.cond(
            BookingState.just_booked & (BookingState.status == "confirmed"),
            confirmed_banner(other=BookingState.other_first, is_seat=SeatState.is_seat),
            rx.fragment(),
        ),
    )
    outcome = rx.cond(BookingState.outcome != "", rx.el.p(BookingState.outcome, class_name="lead"), rx.fragment())
    return rx.el.div(moment, outcome, class_name="stack gap-4", role="status")


def _others() -> rx.Component:
    return when(
        BookingState.others.length() > 0,
        rx.el.section(
            rx.el.h2("Others in the same field", id="others-title"),
            rx.el.ul(
                rx.foreach(
                    BookingState.others,
                    lambda other: other_mentor(
                        name=other.name,
                        role=other.role,
                        portrait_source=other.portrait,
                        initials=other.initials,
                        free=other.free,
                        href=other.href,
                    ),
                ),
                class_name="stack gap-4",
            ),
            class_name="stack gap-3",
            aria_labelledby="others-title",
        ),
    )


def _cancelling() -> rx.Component:
    terms, is_free = BookingState.terms, BookingState.terms.length() == 0
    who = BookingState.other_first
    theirs = rx.el.p("If you call off, ", who, " gets everything back. If ", who, " calls off:", class_name="small")
    mine = rx.el.p("Before you decide you see exactly what comes back.", class_name="small")
    return rx.cond(
        BookingState.can_cancel,
        rx.fragment(
            plans_card(
                window=rx.fragment(
                    rx.cond(is_free, rx.fragment(), rx.cond(BookingState.i_mentor, theirs, mine)), policy_window(terms)
                ),
                cancel_label="Cancel the session",
                on_cancel=BookingState.open_cancel,
            ),
            cancel_dialog(
                title="Cancel this session?",
                is_open=BookingState.cancel_open,
                on_close=BookingState.close_cancel,
                on_confirm=BookingState.cancel,
                refund=BookingState.refund,
                window=when(BookingState.i_mentor | is_free, "", policy_window(terms, now="Now")),
                consequences=what_calling_off_does(is_seat=SeatState.is_seat),
                busy=BookingState.busy,
                refused=BookingState.cancel_refused,
            ),
        ),
        rx.fragment(),
    )


def _review() -> rx.Component:
    mine = rx.el.section(
        rx.el.h2("Your review", id="review-title"),
        rx.el.ul(
            review(
                author=ReviewState.author,
                about_author=ReviewState.about_author,
                portrait_source=ReviewState.portrait,
                initials=ReviewState.initials,
                stars=ReviewState.stars,
                words=ReviewState.text,
                met=ReviewState.met,
                written=ReviewState.written,
            )
        ),
        class_name="stack gap-3",
        aria_labelledby="review-title",
    )
    form = review_form(
        mentor=ReviewState.mentor,
        met=ReviewState.met,
        on_submit=ReviewState.publish,
        stars_error=ReviewState.stars_error,
        text_error=ReviewState.text_error,
        busy=ReviewState.busy,
    )
    return when(ReviewState.asked, form, when(ReviewState.has_mine, mine))


def _notes() -> rx.Component:
    """Of a seat they are between its mentee and the mentor, which is said."""
    who = BookingState.other_first
    between = rx.el.p(
        "Only you and ", who, " read this; the others with a seat do not.", class_name="small muted px-5 pt-4"
    )
    pad = notepad(
        when(SeatState.is_seat, between),
        sync_path=BookingState.notes_path,
        title=rx.cond(SeatState.is_seat, rx.Var.create("Your notes with ") + who, "Shared notes"),
    )
    return when(BookingState.notes_path != "", rx.el.div(pad, class_name="notepad-page"))


def _coming() -> rx.Component:
    return rx.cond(
        BookingState.may_say_coming,
        coming_line(
            other=BookingState.other_first,
            i_come=BookingState.i_come,
            other_comes=BookingState.other_comes,
            on_say=BookingState.say_coming,
        ),
        rx.fragment(),
    )


def _seat() -> rx.Component:
    """Of a seat: the group session it belongs to, and who else comes once it is paid."""
    group = SeatState.group
    with_others = attendees(
        group.attendees,
        nothing="You see who comes once your seat is confirmed.",
        note="Only those with a seat and the mentor see these names.",
    )
    rest = when(group.state != "cancelled", with_others)
    return when(SeatState.is_seat, rx.el.div(seat_facts(group), rest, class_name="stack gap-6"))


def _calendar() -> rx.Component:
    link = link_button(
        "Add to calendar",
        href=f"/calendar/{BookingState.booking_id_shown}.ics",
        icon_name="calendar-plus",
        wide=True,
        **NO_PAGE,
    )
    return rx.cond(BookingState.has_room, side_card("Calendar", link), rx.fragment())


def _booking() -> rx.Component:
    head = booking_head(
        status=BookingState.status,
        facts=BookingState.facts,
        title=BookingState.title,
        note=BookingState.note,
        portrait_source=BookingState.other_portrait,
        initials=BookingState.other_initials,
    )
    door = join_card(
        meeting=meeting_ribbon(BookingState.meeting),
        href=f"/room/{BookingState.booking_id_shown}",
        is_open=BookingState.door_open,
        rule=BookingState.door_rule,
        note=BookingState.door_note,
        has_room=BookingState.has_room,
    )
    return booking_layout(
        crumb("Your sessions", "/sessions"),
        [
            rx.el.div(
                head,
                _state_banner(),
                when(BookingState.clock_note != "", banner(BookingState.clock_note)),
                asked_state(),
                proposed_time(),
                class_name="stack gap-6",
            ),
            _others(),
            _review(),
            door,
            _coming(),
            _seat(),
            _ask(),
            _notes(),
        ],
        [rest_of_series(), changing_time(), _cancelling(), _calendar(), receipt_card(BookingState.lines)],
    )


def page() -> rx.Component:
    """The booking, or a friendly dead end."""
    missing = rx.el.div(
        empty(
            "There is no such booking",
            "It may belong to another account, or the address is mistyped.",
            icon_name="search",
            is_page=True,
            action=link_button("Your sessions", href="/sessions", kind="primary"),
        ),
        class_name="page page-medium pt-10",
    )
    content = rx.cond(BookingState.missing, missing, _booking())
    return framed(loading(is_loaded=BookingState.loaded, content=content), here="sessions", kind="app")


ROUTE = Route(
    page=page,
    path="/sessions/[booking_id]",
    title="Your session | MentorHub",
    description="One session: when it is on both clocks, the room, the receipt and how to change plans.",
    on_load=(
        BookingState.load,
        RequestState.load,
        ReviewState.load,
        MovingState.load,
        SeriesPartsState.load,
        SeatState.load,
    ),
    access=Access.SIGNED_IN,
)
