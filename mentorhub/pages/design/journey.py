"""Specimens of the journey: a mentor among others, a week, money, reviews, goals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from mentorhub.components.bell import bell
from mentorhub.components.checklist import action_item, action_list, due_mark
from mentorhub.components.coming import coming_line
from mentorhub.components.countdown import countdown
from mentorhub.components.empty import meter, skeleton_cards
from mentorhub.components.goal_path import goal_path
from mentorhub.components.histogram import histogram
from mentorhub.components.mentor_card import mentor_card
from mentorhub.components.more import show_more
from mentorhub.components.offering_card import offering_card, offering_pick
from mentorhub.components.paths import paths
from mentorhub.components.price import policy_line, policy_window, price, price_lines, price_split, refund_sum
from mentorhub.components.review import review
from mentorhub.components.ribbon import ribbon
from mentorhub.components.sections.notices import notice_row
from mentorhub.components.trail import progress_steps, trail
from mentorhub.components.week_grid import day_list, week_grid, week_pager
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments.rules import Side
from mentorhub.pages.design.samples import (
    BARS,
    CHOSEN,
    DAYS,
    GONE,
    HOURS,
    KABIR,
    MILESTONES,
    RECENT,
    RIYA,
    STATIONS,
    TERMS,
    Line,
)
from mentorhub.state.refund_shown import refund_shown

_NOTHING = rx.console_log("sample")
_PRICE, _NONE = Money(120000, "INR"), Money(0, "INR")


def _ignore(_: Any) -> Any:
    return _NOTHING


def sample_card(**changes: Any) -> rx.Component:
    """A mentor card with believable facts, of which some may be changed."""
    facts: dict[str, Any] = {
        "name": "Kabir Deshmukh",
        "headline": "Group product manager, Lumen Health",
        "href": "/design",
        "portrait_source": KABIR,
        "initials": "KD",
        "place": "London",
        "is_open": True,
        "reasons": [
            "Studied civil engineering in Pune, now ten years in product",
            "Free Tuesday and Thursday in your hours",
        ],
        "missing": "Has not hired interns himself",
        "rating": "4.9",
        "reviews": "64",
        "answered": "41 of 43 answered",
        "recent": RECENT,
        "attended": "212 of 214 attended",
        "next_free": "Tue 24 Nov, 14:30",
        "price_tag": "₹1,200",
        "minutes": "30 min",
        "hint": "the whole price",
    }
    return mentor_card(**{**facts, **changes})


def sample_ribbon() -> rx.Component:
    """The meeting of the mockups."""
    return ribbon(
        start=CHOSEN,
        end="2026-11-24T09:30:00Z",
        your_zone="Asia/Kolkata",
        their_zone="Europe/London",
        your_place="Pune",
        their_name="Kabir",
        their_place="London",
        your_time="Tue 24 Nov, 14:30 to 15:00",
        their_time="Tue 24 Nov, 09:00 to 09:30",
    )


def _cards() -> rx.Component:
    long = sample_card(
        name="Aleksandra Wiśniewska-Kowalczyk van der Hoeven",
        headline="Principal clinical data scientist and head of the trial design office",
        portrait_source="",
        initials="AW",
        rating="",
        answered="",
        recent=["attended", "unknown"],
        attended="2 sessions, not enough data",
        is_open=False,
        next_free="",
        price_tag="CHF 180",
        hint="about ₹18,900, charged as listed",
    )
    return rx.el.div(
        rx.el.div(
            sample_card(),
            long,
            sample_card(
                name="Inês Carvalho",
                portrait_source="/portraits/ines.svg",
                price_tag="Free",
                hint="nothing to pay",
            ),
            class_name="results",
        ),
        rx.el.div(skeleton_cards(3)),
        show_more("Show 9 more", "9 of 24 mentors", has_more=True, on_more=_NOTHING),
        class_name="stack gap-6",
    )


def _time() -> rx.Component:
    picks = [
        offering_pick(title="CV review", terms="30 min, ₹1,200", value="cv", is_chosen=True, on_choose=_NOTHING),
        offering_pick(title="Career talk", terms="45 min, ₹1,800", value="talk", is_chosen=False, on_choose=_NOTHING),
        offering_pick(title="Intro call", terms="15 min, free", value="intro", is_chosen=False, on_choose=_NOTHING),
    ]
    grid = week_grid(
        label="Free times, 23 to 29 November",
        their_place="London",
        gutter=HOURS,
        days=DAYS,
        chosen=CHOSEN,
        gone=GONE,
        on_choose=_ignore,
    )
    phone = day_list(days=DAYS, chosen_day="24", chosen=CHOSEN, gone=GONE, on_day=_ignore, on_choose=_ignore)
    left = rx.el.div(
        week_pager("23 to 29 Nov", is_first=True),
        rx.el.fieldset(rx.el.legend("Offering", class_name="hidden-text"), *picks, class_name="pick"),
        grid,
        class_name="card booking",
    )
    right = rx.el.div(
        sample_ribbon(),
        countdown(ends_at="2026-11-24T09:09:12Z", server_now="2026-11-24T09:00:00Z", label="Held until 10:14"),
        countdown(ends_at="2026-11-24T09:01:40Z", server_now="2026-11-24T09:00:00Z", label="Held until 10:02"),
        phone,
        class_name="stack gap-6",
    )
    return rx.el.div(left, right, class_name="halves")


def _money() -> rx.Component:
    lines = [
        Line("CV review, 30 min", "₹1,200.00"),
        Line("Booking fee", "none"),
        Line("Total, the listed price", "₹1,200.00", True),
    ]
    parts = [
        Line("Kabir receives", "₹1,052", minor=1052),
        Line("MentorHub fee, 10 %,", "₹120", minor=120),
        Line("Card cost", "₹28", minor=28),
    ]
    return rx.el.div(
        rx.el.div(price("₹1,200", large=True), price_lines(lines), price_split(parts), class_name="stack"),
        rx.el.div(
            policy_line("Free to cancel or move ", rx.el.b("until Mon 23 Nov, 14:30"), ", half back until Tue 12:30."),
            policy_window(TERMS, now="now, Sun 10:31"),
            refund_sum(refund_shown(_PRICE, _PRICE, by=Side.MENTEE, mentee="Riya", words="To the card you paid with.")),
            refund_sum(refund_shown(_PRICE, _PRICE, by=Side.MENTOR, mentee="Riya", words="")),
            refund_sum(refund_shown(_NONE, _PRICE, by=Side.MENTEE, mentee="Riya", words="It starts within 2 hours.")),
            class_name="stack",
        ),
        class_name="halves",
    )


def _proof() -> rx.Component:
    return rx.el.div(
        rx.el.ul(
            offering_card(
                title="CV review",
                terms="30 min, books instantly",
                price_tag="₹1,200",
                bring="Your CV and one job post",
                leave_with="A marked-up CV and three stories",
                is_chosen=True,
            ),
            offering_card(title="Intro call", terms="15 min, once per person", price_tag="Free"),
            class_name="stack gap-3",
        ),
        rx.el.div(
            histogram(BARS),
            rx.el.ul(
                review(
                    author="Wei Zhang",
                    about_author="backend developer, Kuala Lumpur",
                    portrait_source="/portraits/wei.svg",
                    initials="WZ",
                    stars=4,
                    words="Clear and kind. I wanted more on portfolio pieces.",
                    met="Met 29 min of 30",
                    written="3 Oct 2026",
                    reply_from="Kabir",
                    reply="Fair point. I now ask for portfolio links before the session.",
                ),
                review(
                    author="Lerato M.",
                    about_author="graduate, Gaborone",
                    portrait_source="",
                    initials="LM",
                    stars=5,
                    words="That saved me a year.",
                    met="Met 44 min of 45",
                    written="18 Sep 2026",
                ),
            ),
        ),
        class_name="halves",
    )


def _goals() -> rx.Component:
    return rx.el.div(
        rx.el.div(goal_path(MILESTONES, 6), class_name="card"),
        action_list(
            action_item(
                item_id="1",
                title="Ask Professor Joshi for a reference",
                source="From 6 Nov with Jonas",
                due=due_mark("4 days late", "late"),
                is_done=False,
            ),
            action_item(
                item_id="2",
                title="Send three numbers that show the app’s effect",
                source="From 12 Nov with Kabir",
                due=due_mark("Today", "today"),
                is_done=False,
            ),
            action_item(item_id="3", title="Cut the CV to one page", source="Done 16 Nov", due="Done", is_done=True),
        ),
        meter(33, "1 of 3 milestones done"),
        trail(["Your question", "Payment", "Confirmed"], 1),
        progress_steps(3, 4),
        paths(
            STATIONS,
            spoken="Kabir was a final-year engineer in Pune in 2011, where you are today.",
            mentor_face=KABIR,
            your_face=RIYA,
        ),
        class_name="stack gap-6",
    )


def _notices() -> rx.Component:
    rows = rx.el.ul(
        notice_row(
            text="Riya Patil booked CV review with you for Tue 24 Nov, 09:00 in London.",
            told="Sun 22 Nov, 12:00 in London",
            href="#part-notices",
            is_read=False,
            on_open=_NOTHING,
        ),
        notice_row(
            text="CV review with Riya Patil is counted as held.",
            told="Fri 20 Nov, 17:00 in London",
            href="#part-notices",
            is_read=True,
            on_open=_NOTHING,
        ),
        class_name="notices",
    )
    coming = coming_line(other="Riya", i_come=False, other_comes=True, on_say=_NOTHING)
    return rx.el.div(rx.el.div(bell("3")), rows, coming, class_name="stack gap-5")


JOURNEY: list[tuple[str, Callable[[], rx.Component]]] = [
    ("Mentor cards", _cards),
    ("Time", _time),
    ("Money", _money),
    ("Notices", _notices),
    ("Offerings and reviews", _proof),
    ("Goals", _goals),
]
