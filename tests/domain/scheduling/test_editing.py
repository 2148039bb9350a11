"""The hours form's own rules: what a person may type, and what is suggested."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling.rules import WeeklyHours
from mentorhub.domain.scheduling.rules.editing import (
    HoursRow,
    Limits,
    checked_days,
    checked_limits,
    checked_week,
    clock_of,
    minute_typed,
    next_span,
    read_week,
    span_typed,
)

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("9", 540),
        ("09:00", 540),
        (" 9:05 ", 545),
        ("0905", 545),
        ("9.05", 545),
        ("00:00", 0),
        ("24:00", 1440),
        ("24:05", None),
        ("9:5", None),
        ("9:60", None),
        ("", None),
        ("-1", None),
        ("٩:٠٠", None),
        ("9 am", 540),
        ("2:30 pm", 870),
        ("230PM", 870),
        ("2.30 p.m.", 870),
        ("1 am", 60),
        ("1:05 pm", 785),
        ("12 am", 0),
        ("12:30 am", 30),
        ("12:00 pm", 720),
        ("0:30 am", None),
        ("13:00 pm", None),
        ("9 xm", None),
        ("pm", None),
    ],
)
def test_times_are_read_as_people_write_them_and_nothing_else(typed: str, minute: int | None) -> None:
    assert minute_typed(typed) == minute


def test_a_minute_is_written_with_four_digits() -> None:
    assert (clock_of(0), clock_of(545), clock_of(1440)) == ("00:00", "09:05", "24:00")


def test_one_bad_row_leaves_the_others_standing_and_is_named_by_its_place() -> None:
    rows = [HoursRow(1, "9", "12"), HoursRow(5, "15:00", "14:00"), HoursRow(5, "10:00", "13:00")]

    week, wrong = read_week(rows)

    assert week == (WeeklyHours(1, 540, 720), WeeklyHours(5, 600, 780))
    assert {place: (refusal.field, str(refusal)) for place, refusal in wrong.items()} == {
        1: ("end", "The end is before the start.")
    }


def test_added_hours_begin_after_the_last_and_end_within_the_day() -> None:
    assert next_span([]) == (540, 720)
    assert next_span([(540, 720)]) == (780, 900)
    assert next_span([(540, 720), (1200, 1380)]) == (1380, 1440)


TODAY = date(2026, 11, 22)
ZONE_REFUSED = "Please choose a time zone from the list, such as Europe/London."
NOTICE_REFUSED = "The notice is at most 14 days, in steps of 5 minutes."
LIMITS = Limits(time_zone="Europe/London")


def refusal_of(verb: Callable[..., object], *arguments: Any, **named: Any) -> tuple[str, str]:
    with pytest.raises(FieldError) as refusal:
        verb(*arguments, **named)
    return refusal.value.field, str(refusal.value)


def test_hours_end_after_they_begin_and_midnight_at_the_end_is_the_day_s_end() -> None:
    assert span_typed("9", "9:05") == (540, 545)
    assert span_typed("9", "00:00") == span_typed("9", "24:00") == (540, 1440)
    assert refusal_of(span_typed, "9", "8:55") == ("end", "The end is before the start.")
    assert refusal_of(span_typed, "9", "9:00") == ("end", "The end is the same as the start.")


def test_hours_that_are_no_time_or_off_the_step_are_refused_at_their_field() -> None:
    clock, step = "Please enter a time such as 09:30.", "Times come in steps of 5 minutes."
    assert refusal_of(span_typed, "soon", "10") == ("start", clock)
    assert refusal_of(span_typed, "9", "") == ("end", clock)
    assert refusal_of(span_typed, "9:01", "10") == ("start", step)
    assert refusal_of(span_typed, "9", "9:59") == ("end", step)


def test_a_day_has_room_for_eight_spans() -> None:
    rows = [HoursRow(0, f"{hour}", f"{hour}:30") for hour in range(9)]

    assert len(checked_week(rows[:8])) == 8
    assert refusal_of(checked_week, rows) == ("row-8", "A day has room for 8 spans of hours.")
    assert read_week(rows)[1][8].field == "start"


def test_a_week_is_refused_at_its_first_bad_row_and_has_seven_days() -> None:
    rows = [HoursRow(6, "9", "10"), HoursRow(7, "9", "10"), HoursRow(-1, "9", "10")]
    assert checked_week(rows[:1]) == (WeeklyHours(6, 540, 600),)
    assert refusal_of(checked_week, rows) == ("row-1", "That is no day of the week.")
    _, wrong = read_week(rows)
    assert {place: refusal.field for place, refusal in wrong.items()} == {1: "start", 2: "start"}


def test_changed_days_are_all_days_from_first_to_last_with_their_hours_joined() -> None:
    dates, spans = checked_days(TODAY, TODAY + timedelta(days=2), [("9", "10"), ("10", "11")], today=TODAY)
    assert dates == (TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    assert spans == ((540, 660),)
    assert checked_days(TODAY, TODAY, [], today=TODAY) == ((TODAY,), ())


def test_days_are_changed_ahead_92_at_once_and_within_two_years() -> None:
    def refused(first: int, last: int) -> tuple[str, str]:
        day = timedelta(days=1)
        return refusal_of(checked_days, TODAY + first * day, TODAY + last * day, [], today=TODAY)

    assert refused(-1, 0) == ("first", "That day has passed.")
    assert refused(1, 0) == ("last", "The last day is before the first.")
    assert refused(0, 92) == ("last", "Please change at most 92 days at once.")
    assert len(checked_days(TODAY, TODAY + timedelta(days=91), [], today=TODAY)[0]) == 92
    assert refused(729, 731) == ("last", "Please stay within the next two years.")
    end = TODAY + timedelta(days=730)
    assert checked_days(end, end, [], today=TODAY)[0] == (end,)


@pytest.mark.parametrize(
    ("field", "good", "bad", "sentence"),
    [
        ("time_zone", ("Asia/Kolkata",), ("Asia/Pune", ""), ZONE_REFUSED),
        ("slot_step_minutes", (5, 120, None), (25, 0), "Please choose one of the steps from the list."),
        ("buffer_before_minutes", (0, 120), (-5, 125, 7, None), "A break lasts 0 to 120 minutes, in steps of 5."),
        ("buffer_after_minutes", (0, 120), (-5, 125, 7, None), "A break lasts 0 to 120 minutes, in steps of 5."),
        ("min_notice_minutes", (0, 20160), (-5, 20165, 7, None), NOTICE_REFUSED),
        ("horizon_days", (1, 7, 365), (0, 366, None), "People can book 1 to 365 days ahead."),
        ("max_per_day", (1, 7, 20, None), (0, 21), "A day has room for 1 to 20 sessions."),
        ("max_per_week", (1, 7, 60, None), (0, 61), "A week has room for 1 to 60 sessions."),
    ],
)  # fmt: skip
def test_each_limit_has_its_bounds_and_says_them(
    field: str, good: tuple[Any, ...], bad: tuple[Any, ...], sentence: str
) -> None:
    for value in good:
        limits = replace(LIMITS, **{field: value})
        assert checked_limits(limits) == limits
    for value in bad:
        assert refusal_of(checked_limits, replace(LIMITS, **{field: value})) == (field, sentence)


def test_the_step_suits_the_sessions_length_until_the_mentor_says_otherwise() -> None:
    lengths = (15, 20, 30, 45, 60, 90, 120, 150)
    suited, said = Limits("Europe/London"), Limits("Europe/London", slot_step_minutes=20)

    assert {length: suited.step_for(length) for length in lengths} == {
        15: 15, 20: 15, 30: 30, 45: 15, 60: 30, 90: 15, 120: 30, 150: 15,
    }  # fmt: skip
    assert {said.step_for(length) for length in lengths} == {20}


def test_no_cap_a_day_does_not_hide_a_bad_one_a_week() -> None:
    limits = replace(LIMITS, max_per_day=None, max_per_week=61)

    assert refusal_of(checked_limits, limits) == ("max_per_week", "A week has room for 1 to 60 sessions.")
