"""Samples of asking and agreeing on a time: the intake, a request and its facts, waiting, zones, another time."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from mentorhub.components.countdown import countdown
from mentorhub.components.file_field import file_field
from mentorhub.components.sections.intake import fullness
from mentorhub.components.sections.moving import move_card, own_time_form, proposal_banner
from mentorhub.components.sections.requests import (
    ask_form,
    decline_form,
    exchange,
    facts_list,
    fits_list,
    lapsed_list,
    request_head,
)
from mentorhub.components.sections.waiting import wait_for_time
from mentorhub.components.zone_picker import zone_picker
from mentorhub.pages.design.samples import KABIR, RIYA
from mentorhub.state.moves_shown import TimeShown
from mentorhub.state.request import FitShown
from mentorhub.state.request_shown import REASONS, FactShown, LapsedShown
from mentorhub.state.shown import FileShown

_NOTHING = rx.console_log("sample")
_FACTS = [
    FactShown("Sessions held", "4 of 4"),
    FactShown("Open requests", "1 of 3"),
    FactShown("Called off late", "None"),
]
_FITS = [
    FitShown("Kabir Deshmukh", "Group product manager, Lumen Health", "/design", KABIR, "KD", "Thu 26 Nov, 14:30"),
    FitShown("Maximiliane von Hohenstein-Wittgenstein", "Researcher", "/design", "", "MW", "Fri 27 Nov, 09:00"),
]
_LAPSED = [
    LapsedShown("/design", "Riya Patil", "CV review", "Mon 23 Nov, 14:30", "This request ended before Riya replied."),
]
_TIMES = [
    TimeShown("1", "Wed 25 Nov, 14:30 to 15:00 in Kolkata", "Wed 25 Nov, 09:00 in London"),
    TimeShown("2", "Thu 26 Nov, 14:30 to 15:00 in Kolkata", "Thu 26 Nov, 09:00 in London", is_free=False),
]


_FILES = [
    FileShown("1", "Riya-Patil-CV.pdf", "PDF, 184 KB", "/design"),
    FileShown("2", "the-sensor-dashboard-of-the-bridge-photographed-at-noon.jpeg", "JPEG, 2.4 MB", "/design", True),
]


def _files(files: list[FileShown], room: int) -> rx.Component:
    return file_field(
        f"files-{room}",
        "Your CV, a job post, your work",
        note="up to three files or links",
        files=rx.Var.create(files),
        room=room,
        address="/design",
        on_sent=_NOTHING,
        on_remove=lambda *_: rx.console_log("sample"),
    )


def _intake() -> rx.Component:
    empty, half, whole = [False] * 4, [True, True, False, False], [True] * 4
    return rx.el.div(
        fullness(empty, "None of four parts"),
        fullness(half, "Two of four parts"),
        fullness(whole, "Everything is there."),
        _files([], 3),
        _files(_FILES, 0),
        class_name="stack gap-6",
    )


def _request() -> rx.Component:
    clock = countdown(
        ends_at="2026-11-24T09:00:00.000Z",
        server_now="2026-11-23T20:15:00.000Z",
        label="Time left to answer",
        total_seconds=86_400,
    )
    question = "Which of the two projects did you lead yourself?"
    return rx.el.div(
        rx.el.article(
            request_head("Riya Patil", RIYA, "RP", "CV review", "30 min, ₹1,200", clock),
            exchange("Kabir asks", question, "Riya replied", "The one in Pune, with a team of three."),
            ask_form("sample", error="Please write your question.", busy=False, on_ask=_NOTHING),
            decline_form("sample", reasons=REASONS, error="", busy=False, on_decline=_NOTHING),
            class_name="card stack gap-5",
        ),
        rx.el.div(facts_list(_FACTS, "About Riya", "Only what both sides may see."), class_name="card"),
        rx.el.div(fits_list(_FITS), class_name="card"),
        rx.el.div(lapsed_list(_LAPSED), class_name="card"),
        class_name="stack gap-6",
    )


def _waiting() -> rx.Component:
    def line(place: str, kept: str = "", error: str = "") -> rx.Component:
        return wait_for_time(place=place, kept_href=kept, error=error, on_join=_NOTHING, on_leave=_NOTHING)

    return rx.el.div(
        line(""),
        line("You are second of five in line."),
        line("A time is kept for you until Tue 24 Nov, 16:30.", "/design"),
        class_name="stack gap-6",
    )


def _another_time() -> rx.Component:
    effect = "Agreed until Mon 23 Nov, 14:30, the refund deadlines move with the session."
    left = "You have 1 of 2 moves left, Kabir has 2."

    def banner(by_me: bool, refused: str) -> rx.Component:
        return proposal_banner(
            who="Kabir",
            by_me=by_me,
            options=_TIMES,
            note="I am at a conference on Tuesday.",
            lapses="The proposal stands until Tue 24 Nov, 08:30.",
            effect=effect,
            on_accept=lambda _: _NOTHING,
            on_decline=_NOTHING,
            on_withdraw=_NOTHING,
            busy=False,
            refused=refused,
        )

    return rx.el.div(
        rx.el.div(
            zone_picker(
                on_choose=_NOTHING,
                error="",
                clock_hours=24,
                on_clock=lambda _: _NOTHING,
                note="Clocks in London go back on Sun 25 Oct.",
            )
        ),
        move_card(left=left, effect=effect, can_propose=True, on_open=_NOTHING),
        banner(False, "That time was taken a moment ago. The present time stays."),
        rx.el.div(own_time_form(place="London", on_choose=_NOTHING), class_name="card"),
        class_name="stack gap-6",
    )


ASKING: list[tuple[str, Callable[[], rx.Component]]] = [
    ("Intake", _intake),
    ("Requests", _request),
    ("Waiting for a time", _waiting),
    ("Another time", _another_time),
]
