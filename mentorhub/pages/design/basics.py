"""Specimens every page is made of: words, controls, labels, people, messages."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from mentorhub.components.attendance import attendance_dots
from mentorhub.components.badge import badge, booking_badge, tag
from mentorhub.components.banner import banner
from mentorhub.components.button import button, icon_button, link_button, text_button, text_link
from mentorhub.components.check import check, choice, switch
from mentorhub.components.chip import chip, chip_link, filter_chip
from mentorhub.components.dialog import dialog
from mentorhub.components.empty import empty
from mentorhub.components.field import field, text_area
from mentorhub.components.mark import brand, seal
from mentorhub.components.portrait import person, portrait
from mentorhub.components.rating import rating, stars
from mentorhub.components.search import search_field
from mentorhub.components.select import select, small_select
from mentorhub.components.shell import demo_banner
from mentorhub.pages.design.samples import (
    KABIR,
    RECENT,
    RIYA,
)

_NOTHING = rx.console_log("sample")


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
        field(
            "s-name",
            "Your name",
            default_value="Riya Kulkarni",
            hint="As people call you. Shown on your bookings.",
        ),
        field(
            "s-mail",
            "Email",
            kind="email",
            default_value="riya@savitri",
            error="This address misses its ending, like .edu or .com.",
        ),
        text_area("s-now", "Where are you now?", default_value="Final year of civil engineering in Pune."),
        select(
            "s-break",
            "Break around a session",
            [("0", "None"), ("10", "10 minutes")],
            hint="Counted for both meetings",
        ),
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
    states = (
        "held",
        "requested",
        "confirmed",
        "live",
        "met",
        "short",
        "mentor_absent",
        "nobody",
        "expired",
        "cancelled",
    )
    return rx.el.div(
        rx.el.div(*(booking_badge(state) for state in states), class_name="row gap-2"),
        rx.el.div(
            badge("Due in 2 days", "warning", "clock"),
            badge("New", "line"),
            badge("Same start", "brand"),
            class_name="row gap-2",
        ),
        rx.el.div(
            tag("Open to mentorship"),
            tag("Waitlist", "waitlist"),
            tag("Not taking people now", "paused"),
            class_name="row gap-4",
        ),
        rx.el.div(
            chip("Health technology"),
            chip_link("my first year in intensive care", "/design"),
            filter_chip("Up to ₹6,000", _NOTHING),
            class_name="row gap-2",
        ),
        rx.el.div(
            seal("Met 31 min of 30"),
            rating("4.9", "64"),
            stars(4),
            attendance_dots(RECENT, "212 of 214 attended"),
            class_name="row gap-4",
        ),
        class_name="stack",
    )


def _people() -> rx.Component:
    return rx.el.div(
        portrait(KABIR, "KD", size="xl", spoken="Portrait of Kabir Deshmukh"),
        portrait(KABIR, "KD", size="l"),
        portrait("", "LM"),
        portrait(RIYA, "RK", size="s"),
        person(
            "Aleksandra Wiśniewska-Kowalczyk van der Hoeven",
            "principal clinical data scientist",
            source="",
            initials="AW",
        ),
        class_name="row gap-4",
    )


def _messages() -> rx.Component:
    return rx.el.div(
        demo_banner("Demo with test money. It is Sun 22 Nov 2026, 10:31.", button("+15 min"), button("+1 day")),
        banner("The room opens fifteen minutes before the start."),
        banner("Thu 14:30 was taken a moment ago.", tone="warning"),
        banner(
            rx.el.b("The card was refused. "),
            "Nothing was charged. Your time stays held until 10:41.",
            tone="danger",
            urgent=True,
        ),
        banner("Your hours are saved.", tone="success"),
        empty(
            "No sessions booked",
            "When you book a mentor the session shows here, with the room link and your notes.",
            icon_name="calendar-plus",
            action=link_button("Find a mentor", href="/mentors", kind="primary"),
        ),
        dialog(
            rx.el.p("Sample."),
            name="sample-dialog",
            title="Cancel your session with Kabir?",
            is_open=False,
            on_close=_NOTHING,
            actions=[button("Keep the session")],
        ),
        class_name="stack",
    )


BASICS: list[tuple[str, Callable[[], rx.Component]]] = [
    ("Words", _words),
    ("Buttons", _buttons),
    ("Fields", _fields),
    ("Labels", _labels),
    ("People", _people),
    ("Messages to people", _messages),
]
