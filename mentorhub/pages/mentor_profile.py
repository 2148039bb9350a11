"""`/mentors/{slug}`: a mentor, and a week of their times."""

import reflex as rx

from mentorhub.components.button import button, link_button, text_button
from mentorhub.components.empty import empty, skeleton
from mentorhub.components.offering_card import offering_card, offering_pick
from mentorhub.components.price import policy_line
from mentorhub.components.review import review
from mentorhub.components.sections import profile as section
from mentorhub.components.sections.groups import seats_on_sale
from mentorhub.components.sections.waiting import wait_for_time
from mentorhub.components.values import when
from mentorhub.components.week_grid import day_list, week_grid, week_pager
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.parts import meeting_ribbon, zone_control
from mentorhub.pages.route import Route
from mentorhub.state.mentor_profile import MentorProfileState
from mentorhub.state.seats import SeatsState
from mentorhub.state.waiting import WaitingState

_STATE = MentorProfileState
_MENTOR = MentorProfileState.mentor


def _picks() -> rx.Component:
    return rx.foreach(
        _MENTOR.offerings,
        lambda offering: offering_pick(
            title=offering.title,
            terms=rx.fragment(offering.minutes.to_string(), " min, ", offering.price_tag),
            value=offering.offering_id,
            is_chosen=offering.offering_id == _STATE.offering_id,
            on_choose=lambda _: _STATE.choose_offering(offering.offering_id),
        ),
    )


def _alternatives() -> rx.Component:
    return when(
        _STATE.alternatives.length() > 0,
        rx.el.div(
            rx.el.p("Near that time:", class_name="small"),
            rx.el.div(
                rx.foreach(
                    _STATE.alternatives,
                    lambda pair: button(pair[1], kind="soft", on_click=_STATE.choose(pair[0])),
                ),
                class_name="row gap-2",
            ),
            class_name="stack gap-2",
        ),
    )


def _elsewhere() -> rx.Component:
    return when(_STATE.elsewhere, link_button(_STATE.elsewhere_label, href=_STATE.elsewhere, kind="soft", wide=True))


def _repeat() -> rx.Component:
    """The way to a series that begins at the chosen time, where this viewer may repeat the offering."""
    query = rx.Var.create("/repeat?offering=") + _STATE.offering_id + "&start=" + _STATE.chosen
    href = rx.Var.create("/mentors/") + _MENTOR.slug + query
    words = rx.el.p(rx.el.a("Meet every week or month instead", href=href), class_name="small")
    return when(_STATE.may_repeat, words)


def _line() -> rx.Component:
    offering = _STATE.offering_id
    waiting = wait_for_time(
        place=WaitingState.places.get(offering, ""),
        kept_href=WaitingState.kept.get(offering, ""),
        error=WaitingState.error,
        on_join=WaitingState.join(offering),
        on_leave=WaitingState.leave(offering),
    )
    return when(_MENTOR.is_open & (offering != ""), waiting)


def _booking_card() -> rx.Component:
    week = _STATE.week
    grid = rx.fragment(
        week_grid(
            label=rx.Var.create("Free times, ") + week.label,
            their_place=_MENTOR.city,
            gutter=week.gutter,
            days=week.days,
            chosen=_STATE.chosen,
            gone=_STATE.gone,
            on_choose=_STATE.choose,
        ),
        when(
            week.is_empty,
            rx.el.p("No free time in this week. Look at the next one.", class_name="small muted", role="status"),
        ),
    )
    return section.booking_card(
        picks=_picks(),
        pager=week_pager(
            week.label,
            on_previous=_STATE.turn(-1),
            on_next=_STATE.turn(1),
            is_first=week.is_first,
            is_last=week.is_last,
        ),
        zone_name=_STATE.zone_name,
        zone_note=_STATE.zone_note,
        zone_control=zone_control(note=_STATE.clock_note),
        grid=rx.fragment(grid, _alternatives()),
        days=day_list(
            days=week.days,
            chosen_day=_STATE.chosen_day,
            chosen=_STATE.chosen,
            gone=_STATE.gone,
            on_day=_STATE.look_at_day,
            on_choose=_STATE.choose,
        ),
        notice=_STATE.notice,
        is_chosen=_STATE.chosen != "",
        meeting=meeting_ribbon(_STATE.meeting),
        price_tag=_STATE.price_tag,
        price_note=_STATE.price_note,
        hold_label=_STATE.hold_label,
        terms=rx.fragment(policy_line(_STATE.terms), _elsewhere(), _repeat()),
        line=_line(),
        on_hold=_STATE.hold,
        busy=_STATE.busy,
        error=_STATE.error,
    )


def _offerings() -> rx.Component:
    return section.offerings(
        rx.foreach(
            _MENTOR.offerings,
            lambda offering: offering_card(
                title=offering.title,
                terms=offering.terms,
                price_tag=offering.price_tag,
                bring=offering.bring,
                leave_with=offering.leave_with,
                is_chosen=offering.offering_id == _STATE.offering_id,
                action=text_button("See times", on_click=_STATE.choose_offering(offering.offering_id)),
            ),
        )
    )


def _groups() -> rx.Component:
    listed = seats_on_sale(SeatsState.groups, on_take=SeatsState.take, error=SeatsState.error)
    return when((SeatsState.groups.length() > 0) | (SeatsState.error != ""), listed)


def _reviews() -> rx.Component:
    rows = rx.foreach(
        _STATE.review_rows,
        lambda row: review(
            author=row.author,
            about_author=row.about_author,
            portrait_source=row.portrait,
            initials=row.initials,
            stars=row.stars,
            words=row.text,
            met=row.met,
            written=row.written,
        ),
    )
    return section.reviews(
        rows,
        average=_MENTOR.rating,
        rounded=_STATE.stars,
        count=_MENTOR.reviews_words,
        bars=_MENTOR.histogram,
        note=_MENTOR.sorting_words,
        has_any=_STATE.review_rows.length() > 0,
        more=when(
            _MENTOR.reviews > _STATE.review_rows.length(),
            button("Show more reviews", on_click=_STATE.more_reviews),
        ),
    )


def _profile() -> rx.Component:
    head = section.profile_head(
        name=_MENTOR.name,
        headline=_MENTOR.headline,
        portrait_source=_MENTOR.portrait,
        initials=_MENTOR.initials,
        is_open=_MENTOR.is_open,
        place=_MENTOR.city,
        languages=_MENTOR.languages,
    )
    proof = section.proof(
        rating=_MENTOR.rating,
        reviews=_MENTOR.reviews_words,
        attended=_MENTOR.attended,
        recent=_MENTOR.recent,
        answered=_MENTOR.answered,
    )
    return rx.fragment(
        section.crumb("All mentors", "/mentors"),
        section.profile_layout(
            rx.el.div(head, proof, class_name="stack gap-6"),
            when(
                (_MENTOR.reasons.length() > 0) | (_MENTOR.gap != ""),
                section.fit(_MENTOR.first_name, _MENTOR.reasons, _MENTOR.gap),
            ),
            section.about(_MENTOR.bio, _MENTOR.expertise),
            _offerings(),
            _groups(),
            _reviews(),
            card=_booking_card(),
            bar=section.book_bar(_STATE.offering_title, _STATE.price_tag),
        ),
    )


def _missing() -> rx.Component:
    return rx.el.div(
        empty(
            "There is no such mentor",
            "The address may be old or mistyped.",
            icon_name="search",
            is_page=True,
            action=link_button("Find a mentor", href="/mentors", kind="primary"),
        ),
        class_name="page page-medium pt-10",
    )


def _waiting() -> rx.Component:
    return rx.el.div(skeleton("face", "line", "half", "block", "block"), class_name="page pt-10")


def page() -> rx.Component:
    """The mentor, or a friendly dead end."""
    content = rx.cond(_STATE.missing, _missing(), _profile())
    return framed(loading(is_loaded=_STATE.loaded, content=content, waiting=_waiting()), here="find")


ROUTE = Route(
    page=page,
    path="/mentors/[slug]",
    title="A mentor | MentorHub",
    description="Who this mentor is, what they offer at which price, and when they are free in your time.",
    on_load=(MentorProfileState.load, WaitingState.load, SeatsState.load),
)
