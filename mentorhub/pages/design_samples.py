"""Sample data and specimens for /design: long names, empty, busy and wrong states included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field as data_field
from typing import Any

import reflex as rx

from mentorhub.components.attendance import attendance_dots
from mentorhub.components.badge import badge, booking_badge, tag
from mentorhub.components.banner import banner
from mentorhub.components.button import button, icon_button, link_button, text_button, text_link
from mentorhub.components.check import check, choice, switch
from mentorhub.components.checklist import action_item, action_list, due_mark
from mentorhub.components.chip import chip, chip_link, filter_chip
from mentorhub.components.countdown import countdown
from mentorhub.components.dialog import dialog
from mentorhub.components.empty import empty, meter, skeleton_cards
from mentorhub.components.field import field, text_area
from mentorhub.components.goal_path import goal_path
from mentorhub.components.histogram import histogram
from mentorhub.components.mark import brand, seal
from mentorhub.components.mentor_card import mentor_card
from mentorhub.components.more import show_more
from mentorhub.components.offering_card import offering_card, offering_pick
from mentorhub.components.paths import Station, paths
from mentorhub.components.portrait import person, portrait
from mentorhub.components.price import policy_line, policy_window, price, price_lines, price_split, refund_sum
from mentorhub.components.rating import rating, stars
from mentorhub.components.review import review
from mentorhub.components.ribbon import ribbon
from mentorhub.components.search import search_field
from mentorhub.components.select import select, small_select
from mentorhub.components.shell import demo_banner
from mentorhub.components.trail import progress_steps, trail
from mentorhub.components.week_grid import day_list, week_grid, week_pager

KABIR = "/portraits/kabir.svg"
RIYA = "/portraits/riya.svg"
_NOTHING = rx.console_log("sample")


def _ignore(_: Any) -> Any:
    return _NOTHING


@dataclass(frozen=True)
class Line:
    """A line of a bill."""

    label: str
    amount: str
    is_total: bool = False
    minor: int = 0


@dataclass(frozen=True)
class Term:
    """A part of the cancellation terms."""

    share: str
    until: str


@dataclass(frozen=True)
class Bar:
    """How many reviews gave so many stars."""

    stars: int
    count: int
    share: int


@dataclass(frozen=True)
class Milestone:
    """A station of a goal."""

    title: str
    when: str
    state: str


@dataclass(frozen=True)
class Slot:
    """A time in the week grid."""

    start: str
    time: str
    their_time: str
    row: int
    is_free: bool
    spoken: str


@dataclass(frozen=True)
class Day:
    """A day of the week grid."""

    key: str
    weekday: str
    number: str
    is_off: bool
    spoken: str
    slots: list[Slot] = data_field(default_factory=list)


_HOURS = ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30")
_YOURS = ("14:30", "15:00", "15:30", "16:00", "16:30", "17:00")
_WEEK = (("Mon", 23, "45"), ("Tue", 24, "012x45"), ("Wed", 25, ""), ("Thu", 26, "012345"), ("Fri", 27, ""), ("Sat", 28, "01x345"), ("Sun", 29, ""))


def _slot(weekday: str, number: int, row: int, is_free: bool) -> Slot:
    return Slot(
        start=f"2026-11-{number}T{_HOURS[row]}:00Z",
        time=_YOURS[row],
        their_time=f"{_HOURS[row]} London",
        row=row + 1,
        is_free=is_free,
        spoken=f"{weekday} {number} November, {_YOURS[row]} your time, {_HOURS[row]} in London",
    )


def _day(weekday: str, number: int, rows: str) -> Day:
    booked = rows.index("x") if "x" in rows else -1
    slots = [_slot(weekday, number, int(row), True) for row in rows if row != "x"]
    if booked > 0:
        slots.append(_slot(weekday, number, booked, False))
    slots.sort(key=lambda slot: slot.row)
    return Day(str(number), weekday, str(number), not rows, f"{weekday} {number}, {len(slots)} times", slots)


DAYS = [_day(*day) for day in _WEEK]
CHOSEN = "2026-11-24T09:00:00Z"
GONE = ["2026-11-26T09:00:00Z"]
TERMS = [
    Term("Everything back", "until Mon 23 Nov, 14:30"),
    Term("Half back", "until Tue 24 Nov, 12:30"),
    Term("Nothing back", "after that"),
]
RECENT = ["attended"] * 8 + ["absent", "attended"]
BARS = [Bar(5, 57, 89), Bar(4, 6, 10), Bar(3, 1, 3), Bar(2, 0, 0), Bar(1, 0, 0)]
MILESTONES = [
    Milestone("Tell my story in two minutes", "18 Sep", "done"),
    Milestone("Ship a small app that 20 people use", "9 Oct", "done"),
    Milestone("Talk to three product managers", "6 Nov", "done"),
    Milestone("CV ready for product roles", "due 30 Nov", "now"),
    Milestone("Four mock interviews", "by 31 Jan", "ahead"),
    Milestone("First internship offer", "by 31 Mar", "end"),
]
STATIONS = [
    Station("Group product manager", "Lumen Health, since 2022", mentor="face"),
    Station("First product job", "2016, your goal", you="ahead"),
    Station("Software tester", "Hyderabad, 2013", you="passing"),
    Station("Final-year engineer, Pune", "2011, you today", mentor="to", you="face"),
]


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
        "reasons": ["Studied civil engineering in Pune, now ten years in product", "Free Tuesday and Thursday in your hours"],
        "missing": "Has not hired interns himself",
        "rating": "4.9",
        "reviews": "64",
        "replies": "replies in 5 h",
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


def _words() -> rx.Component:
    return rx.el.div(
        brand(),
        rx.el.p("Talk to someone who has already been where you are", class_name="title hero-title"),
        rx.el.p("A lead says what happens next and what it costs, in one breath.", class_name="lead"),
        rx.el.p("Body text stops at 68 characters. Łukasz, Inês and Olená pay ₹1,200, €60, £45, ¥3,000 or R650."),
        rx.el.p("Small text carries facts.", class_name="small"),
        rx.el.p("The smallest is thirteen pixels.", class_name="note muted"),
        class_name="stack",
    )


def _buttons() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            button("Hold Tue 24 Nov, 14:30", kind="primary", large=True),
            button("Plain"),
            button("Soft", kind="soft"),
            button("Quiet", kind="quiet"),
            button("Cancel and refund ₹1,200.00", kind="danger"),
            button("Cancel and get ₹1,200.00", kind="quiet-danger"),
            class_name="row",
        ),
        rx.el.div(
            button("Paying", kind="primary", busy=True),
            button("Continue to payment", kind="primary", disabled=True, described_by="why-off"),
            link_button("See times", href="/design", kind="soft"),
            icon_button("bookmark", "Save"),
            icon_button("chevron-left", "Week before", disabled=True),
            text_link("All 412 mentors", href="/design"),
            text_button("Clear all"),
            class_name="row",
        ),
        rx.el.p("Opens when your question can be answered.", class_name="small muted", id="why-off"),
        class_name="stack",
    )


def _fields() -> rx.Component:
    return rx.el.div(
        field("s-name", "Your name", default_value="Riya Kulkarni", hint="As people call you. Shown on your bookings."),
        field("s-mail", "Email", kind="email", default_value="riya@savitri", error="This address misses its ending, like .edu or .com."),
        text_area("s-now", "Where are you now?", default_value="Final year of civil engineering in Pune."),
        select("s-break", "Break around a session", [("0", "None"), ("10", "10 minutes")], hint="Counted for both meetings"),
        rx.el.div(
            check("This week", count=24, checked=True, read_only=True),
            check("Evenings, after 17:00", count=11),
            check("Nobody speaks this", count=0, disabled=True),
            switch("Open to mentorship only", checked=True, read_only=True),
            class_name="stack gap-1",
        ),
        rx.el.fieldset(
            rx.el.legend("What happened since?", class_name="label"),
            choice("I got an interview", "With a product firm", group="s-oc", value="a", default_checked=True),
            choice("Nothing yet", group="s-oc", value="b"),
            class_name="stack gap-2",
        ),
        search_field(spoken="Search sample"),
        small_select("Sort by", [("match", "Best match"), ("soon", "Soonest free")]),
        class_name="halves",
    )


def _labels() -> rx.Component:
    states = ("held", "requested", "confirmed", "live", "met", "short", "mentor_absent", "nobody", "expired", "cancelled")
    return rx.el.div(
        rx.el.div(*(booking_badge(state) for state in states), class_name="row gap-2"),
        rx.el.div(badge("Due in 2 days", "warning", "clock"), badge("New", "line"), badge("Same start", "brand"), class_name="row gap-2"),
        rx.el.div(tag("Open to mentorship"), tag("Waitlist", "waitlist"), tag("Not taking people now", "paused"), class_name="row gap-4"),
        rx.el.div(chip("Health technology"), chip_link("my first year in intensive care", "/design"), filter_chip("Up to ₹6,000", _NOTHING), class_name="row gap-2"),
        rx.el.div(seal("Met 31 min of 30"), rating("4.9", "64"), stars(4), attendance_dots(RECENT, "212 of 214 attended"), class_name="row gap-4"),
        class_name="stack",
    )


def _people() -> rx.Component:
    return rx.el.div(
        portrait(KABIR, "KD", size="xl", spoken="Portrait of Kabir Deshmukh"),
        portrait(KABIR, "KD", size="l"),
        portrait("", "LM"),
        portrait(RIYA, "RK", size="s"),
        person("Aleksandra Wiśniewska-Kowalczyk van der Hoeven", "principal clinical data scientist", source="", initials="AW"),
        class_name="row gap-4",
    )


def _cards() -> rx.Component:
    long = sample_card(
        name="Aleksandra Wiśniewska-Kowalczyk van der Hoeven",
        headline="Principal clinical data scientist and head of the trial design office",
        portrait_source="",
        initials="AW",
        rating="",
        replies="",
        recent=["attended", "unknown"],
        attended="2 sessions, not enough data",
        is_open=False,
        next_free="",
        price_tag="CHF 180",
        hint="about ₹18,900, charged as listed",
    )
    return rx.el.div(
        rx.el.div(sample_card(), long, sample_card(name="Inês Carvalho", portrait_source="/portraits/ines.svg", price_tag="Free", hint="nothing to pay"), class_name="results"),
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
    grid = week_grid(label="Free times, 23 to 29 November", their_place="London", gutter=_HOURS, days=DAYS, chosen=CHOSEN, gone=GONE, on_choose=_ignore)
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
    lines = [Line("CV review, 30 min", "₹1,200.00"), Line("Booking fee", "none"), Line("Total, the listed price", "₹1,200.00", True)]
    parts = [Line("Kabir receives", "₹1,052", minor=1052), Line("MentorHub fee, 10 %,", "₹120", minor=120), Line("Card cost", "₹28", minor=28)]
    return rx.el.div(
        rx.el.div(price("₹1,200", large=True), price_lines(lines), price_split(parts), class_name="stack"),
        rx.el.div(
            policy_line("Free to cancel or move ", rx.el.b("until Mon 23 Nov, 14:30"), ", half back until Tue 12:30."),
            policy_window(TERMS, now="now, Sun 10:31"),
            refund_sum("₹1,200.00", "all of it, to the card you paid with."),
            class_name="stack",
        ),
        class_name="halves",
    )


def _proof() -> rx.Component:
    return rx.el.div(
        rx.el.ul(
            offering_card(title="CV review", terms="30 min, books instantly", price_tag="₹1,200", bring="Your CV and one job post", leave_with="A marked-up CV and three stories", is_chosen=True),
            offering_card(title="Intro call", terms="15 min, once per person", price_tag="Free"),
            class_name="stack gap-3",
        ),
        rx.el.div(
            histogram(BARS),
            rx.el.ul(
                review(author="Wei Zhang", about_author="backend developer, Kuala Lumpur", portrait_source="/portraits/wei.svg", initials="WZ", stars=4, words="Clear and kind. I wanted more on portfolio pieces.", met="Met 29 min of 30", written="3 Oct 2026", reply_from="Kabir", reply="Fair point. I now ask for portfolio links before the session."),
                review(author="Lerato M.", about_author="graduate, Gaborone", portrait_source="", initials="LM", stars=5, words="That saved me a year.", met="Met 44 min of 45", written="18 Sep 2026"),
            ),
        ),
        class_name="halves",
    )


def _goals() -> rx.Component:
    return rx.el.div(
        rx.el.div(goal_path(MILESTONES, 6), class_name="card"),
        action_list(
            action_item(item_id="1", title="Ask Professor Joshi for a reference", source="From 6 Nov with Jonas", due=due_mark("4 days late", "late"), is_done=False),
            action_item(item_id="2", title="Send three numbers that show the app’s effect", source="From 12 Nov with Kabir", due=due_mark("Today", "today"), is_done=False),
            action_item(item_id="3", title="Cut the CV to one page", source="Done 16 Nov", due="Done", is_done=True),
        ),
        meter(33, "1 of 3 milestones done"),
        trail(["Your question", "Payment", "Confirmed"], 1),
        progress_steps(3, 4),
        paths(STATIONS, spoken="Kabir was a final-year engineer in Pune in 2011, where you are today.", mentor_face=KABIR, your_face=RIYA),
        class_name="stack gap-6",
    )


def _messages() -> rx.Component:
    return rx.el.div(
        demo_banner("Demo with test money. It is Sun 22 Nov 2026, 10:31.", button("+15 min"), button("+1 day")),
        banner("The room opens fifteen minutes before the start."),
        banner("Thu 14:30 was taken a moment ago.", tone="warning"),
        banner(rx.el.b("The card was refused. "), "Nothing was charged. Your time stays held until 10:41.", tone="danger", urgent=True),
        banner("Your hours are saved.", tone="success"),
        empty("No sessions booked", "When you book a mentor the session shows here, with the room link and your notes.", icon_name="calendar-plus", action=link_button("Find a mentor", href="/mentors", kind="primary")),
        dialog(rx.el.p("Sample."), name="sample-dialog", title="Cancel your session with Kabir?", is_open=False, on_close=_NOTHING, actions=[button("Keep the session")]),
        class_name="stack",
    )


SPECIMENS: list[tuple[str, Callable[[], rx.Component]]] = [
    ("Words", _words),
    ("Buttons", _buttons),
    ("Fields", _fields),
    ("Labels", _labels),
    ("People", _people),
    ("Mentor cards", _cards),
    ("Time", _time),
    ("Money", _money),
    ("Offerings and reviews", _proof),
    ("Goals", _goals),
    ("Messages to people", _messages),
]
