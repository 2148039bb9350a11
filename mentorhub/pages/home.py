"""`/home`: where one lands after signing in, for either hat."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, link_button, text_link
from mentorhub.components.checklist import due_mark
from mentorhub.components.countdown import countdown
from mentorhub.components.empty import empty, skeleton
from mentorhub.components.sections import home as section
from mentorhub.components.sections.goals import goal_card
from mentorhub.components.values import when
from mentorhub.domain.marketplace.queries import MentorCardView
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.parts import meeting_ribbon
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.desk import AheadShown, DeskState
from mentorhub.state.goal_shown import GoalShown
from mentorhub.state.home import CallShown, DueShown, HomeState
from mentorhub.state.viewer import ViewerState


def _next() -> rx.Component:
    one, meeting = HomeState.next, HomeState.next.meeting
    clock = when(
        one.counts_to != "",
        countdown(
            ends_at=one.counts_to,
            server_now=one.server_now,
            label="Until the room opens",
            ended_label="The room is open",
            ring=False,
            on_end=HomeState.refresh,
        ),
    )
    return section.next_session(
        title=one.title,
        who=one.who,
        portrait_source=one.portrait,
        initials=one.initials,
        state_words=one.state_words,
        is_open=one.is_open,
        clock=clock,
        ask=one.ask,
        asked_by=one.asked_by,
        people=one.people,
        meeting=when(meeting.start != "", meeting_ribbon(meeting, now=one.server_now)),
        facts=one.facts,
        room_href=one.room_href,
        booking_href=one.href,
    )


def _goals() -> rx.Component:
    def draw(goal: rx.Var[GoalShown]) -> rx.Component:
        return goal_card(title=goal.title, facts=goal.facts, href=goal.href, milestones=goal.stations, count=goal.count)

    none = rx.el.p(
        "A goal gives your sessions a direction: a few milestones, and steps from each meeting. ",
        rx.el.a("Set a goal", href="/goals"),
        class_name="muted",
    )
    listed = rx.el.div(rx.foreach(HomeState.goals, draw), class_name="stack gap-4")
    return section.part(
        "Your goals",
        when(HomeState.goals.length() > 0, listed, none),
        name="goals",
        aside=when(HomeState.goals.length() > 0, text_link("All goals", href="/goals")),
    )


def _due() -> rx.Component:
    def draw(item: rx.Var[DueShown]) -> rx.Component:
        mark = rx.match(
            item.tone,
            ("late", due_mark(item.due, "late")),
            ("today", due_mark(item.due, "today")),
            due_mark(item.due),
        )
        return rx.el.li(
            rx.el.a(item.text, href=item.href, class_name="quiet-link what"), rx.el.span(mark, class_name="push")
        )

    return when(
        HomeState.due.length() > 0,
        section.part(
            "To do",
            rx.el.ul(rx.foreach(HomeState.due, draw), class_name="checklist"),
            name="due",
            class_name="due-part",
        ),
    )


def _people() -> rx.Component:
    def draw(card: rx.Var[MentorCardView]) -> rx.Component:
        return section.person_to_meet(
            name=card.name,
            role=card.role_line,
            href=card.href,
            portrait_source=card.portrait,
            initials=card.initials,
            reasons=card.reasons,
            missing=card.gap,
            next_free=card.next_free,
            terms=rx.Var.create("") + card.price_tag + ", " + card.minutes,
        )

    return when(
        HomeState.people.length() > 0,
        section.people_to_meet(rx.foreach(HomeState.people, draw), all_label=HomeState.all_label),
    )


def _calls() -> rx.Component:
    """Times kept for who waited, and sessions whose time somebody wants to change."""

    def draw(call: rx.Var[CallShown]) -> rx.Component:
        words = (rx.el.b(call.what), " ", call.words, " ", rx.el.a(call.label, href=call.href))
        return rx.el.li(banner(*words, tone="brand", icon_name="calendar-clock"))

    listed = rx.el.ul(rx.foreach(HomeState.calls, draw), class_name="stack gap-3", aria_label="Waiting for your look")
    return when(HomeState.calls.length() > 0, listed)


def _learning() -> rx.Component:
    first = section.first_step(
        title="What do you want to do next?",
        words="One sentence is enough. It finds people who have made the same move, with their free times and prices.",
    )
    asked = banner(
        rx.el.b("Waiting for an answer: ", HomeState.asked, ". "),
        rx.el.a("Look at your requests", href="/sessions"),
        tone="brand",
        icon_name="clock",
    )
    return rx.el.div(
        rx.el.div(_calls(), when(HomeState.asked != "", asked), class_name="stack gap-3 empty:hidden"),
        when(HomeState.has_next, _next(), first),
        rx.el.div(_goals(), rx.el.aside(_due(), aria_label="To do"), class_name="pair"),
        _people(),
        class_name="stack gap-12",
    )


def _ahead() -> rx.Component:
    def draw(row: rx.Var[AheadShown]) -> rx.Component:
        return rx.el.li(
            rx.el.time(row.clock),
            rx.el.div(
                when(row.day != "", rx.el.p(row.day, class_name="note muted")),
                rx.el.b(rx.el.a(row.who, href=row.href, class_name="quiet-link")),
                rx.el.p(row.note, class_name="muted"),
            ),
        )

    nobody = rx.el.p(
        "Nobody has booked yet. ", rx.el.a("See your page as others do", href=DeskState.own_page), class_name="muted"
    )
    listed = rx.el.ol(rx.foreach(DeskState.ahead, draw), class_name="today")
    return section.part(
        "Sessions ahead",
        when(DeskState.ahead.length() > 0, listed, nobody),
        name="ahead",
        aside=text_link("All sessions", href="/sessions"),
    )


def _money() -> rx.Component:
    figures = rx.foreach(DeskState.sums, lambda one: section.figure(one.label, one.value, one.note))
    return when(
        DeskState.sums.length() > 0,
        section.part("Earnings", rx.el.div(figures, class_name="stack gap-6"), name="earnings"),
    )


def _paused() -> rx.Component:
    """Two requests lapsed within thirty days: the way back is one press."""
    words = banner(
        rx.el.b("Your profile is paused. "),
        "Two requests ended without an answer within 30 days, so nobody finds you for now. Sessions already booked "
        "take place, and your group sessions stay published.",
        when(DeskState.refused != "", rx.el.p(DeskState.refused)),
        rx.el.p(button("Take requests again", on_click=DeskState.come_back)),
        tone="warning",
    )
    return when(DeskState.is_paused, words)


def _calendar_down() -> rx.Component:
    words = banner(
        rx.el.b(DeskState.down),
        " could not be read for over an hour, so new appointments there may be missing here. ",
        rx.el.a("Look at your calendars", href="/account/calendars"),
        tone="warning",
    )
    return when(DeskState.down != "", words)


def _to_answer() -> rx.Component:
    words = banner(
        rx.el.b("Waiting for your answer: ", ViewerState.requests, ". "),
        rx.el.a("Look at your requests", href="/mentoring/requests"),
        tone="brand",
        icon_name="inbox",
    )
    return when(ViewerState.requests != "", words)


def _mentoring() -> rx.Component:
    steps = section.steps_to_be_found(DeskState.steps, in_words=DeskState.steps_words, share=DeskState.steps_share)
    quiet = empty(
        "You are open, and nobody has booked yet",
        "People find you by what you can help with and when you are free. More open hours help most.",
        icon_name="calendar-plus",
        action=link_button("Open more hours", href="/mentoring/hours", kind="primary"),
    )
    side = rx.el.aside(
        _money(),
        section.part("Your set-up", section.facts(DeskState.set_up), name="set-up"),
        class_name="stack gap-12",
        aria_label="Earnings and set-up",
    )
    rest = rx.el.div(_ahead(), side, class_name="pair")
    has_rest = DeskState.is_open | DeskState.is_paused | (DeskState.ahead.length() > 0) | (DeskState.sums.length() > 0)
    return rx.el.div(
        rx.el.div(_paused(), _calendar_down(), _to_answer(), _calls(), class_name="stack gap-3 empty:hidden"),
        when(HomeState.has_next, _next(), when(DeskState.is_open, quiet)),
        when(DeskState.is_open, rx.fragment(), steps),
        when(has_rest, rest),
        class_name="stack gap-12",
    )


def page() -> rx.Component:
    """The home of the hat one wears."""
    waiting = rx.el.div(skeleton("half", "block", "block"), class_name="page pt-8")
    side = rx.cond(
        ViewerState.me.hat == "mentor",
        loading(is_loaded=DeskState.ready, content=_mentoring(), waiting=skeleton("block", "block")),
        _learning(),
    )
    body = rx.el.div(section.greeting(HomeState.hello, HomeState.now_words), side, class_name="page pt-8")
    return framed(loading(is_loaded=HomeState.loaded, content=body, waiting=waiting), here="home", kind="app")


ROUTE = Route(
    page=page,
    path="/home",
    title="Home | MentorHub",
    description="Your next session, your goals and people with time for you on MentorHub.",
    on_load=(HomeState.load,),
    access=Access.SIGNED_IN,
)
