"""Why a time is not offered: the rule a mentor would name first."""

import time
from datetime import timedelta
from typing import Any

import pytest

from mentorhub.domain.scheduling.rules import Rule, compute_slots, explain, format_slots, parse_request, rule_against
from tests.domain.scheduling.asking import question, starts, weekly


def told(**changes: Any) -> dict[str, str]:
    refused = explain(parse_request(question(**changes)))
    return dict(
        zip(
            (start[11:16] for start in format_slots(item.start for item in refused)),
            (item.rule.value for item in refused),
            strict=True,
        )
    )


HOUR = {"range_start": "2026-06-01T09:00:00Z", "range_end": "2026-06-01T10:00:00Z"}
BOOKING = ["2026-06-01T09:10:00Z", "2026-06-01T09:20:00Z"]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, {}),
        ({"overrides": [{"date": "2026-06-01", "intervals": []}]}, {"09:00": "day_off", "09:30": "day_off"}),
        (
            {"overrides": [{"date": "2026-06-01", "intervals": [["09:00", "09:00"]]}]},
            {"09:00": "day_off", "09:30": "day_off"},
        ),
        ({"weekly_rules": []}, {"09:00": "outside_hours", "09:30": "outside_hours"}),
        ({"now": "2026-05-30T12:00Z", "horizon_days": 1}, {"09:00": "horizon", "09:30": "horizon"}),
        ({"now": "2026-06-01T09:10Z"}, {"09:00": "notice"}),
        ({"now": "2026-06-01T09:00Z", "max_per_day": 0}, {"09:00": "daily_cap", "09:30": "daily_cap"}),
        ({"max_per_day": 0}, {"09:00": "daily_cap", "09:30": "daily_cap"}),
        ({"bookings": [["2026-06-01T08:50Z", "2026-06-01T09:30Z"]]}, {"09:00": "booking"}),
        (
            {"bookings": [["2026-06-01T08:30Z", "2026-06-01T09:00Z"]], "buffer_after_minutes": 5},
            {"09:00": "booking_buffer"},
        ),
        ({"busy": [["2026-06-01T08:50Z", "2026-06-01T09:30Z"]]}, {"09:00": "busy"}),
        (
            {"busy": [["2026-06-01T08:30Z", "2026-06-01T09:00Z"]], "buffer_before_minutes": 5},
            {"09:00": "busy_buffer"},
        ),
        ({"busy": [["2026-06-01T10:00Z", "2026-06-01T10:30Z"]]}, {"09:30": "does_not_fit"}),
        (
            {"busy": [["2026-06-01T08:00Z", "2026-06-01T08:15Z"]], "slot_step_minutes": 45},
            {"09:30": "off_grid"},
        ),
        (
            {"bookings": [BOOKING], "overrides": [{"date": "2026-06-01", "intervals": []}], "max_per_day": 1},
            {"09:00": "day_off", "09:30": "day_off"},
        ),
    ],
)
def test_each_rule_is_named_where_it_stands_against_a_time(changes: dict[str, Any], reasons: dict[str, str]) -> None:
    assert told(**HOUR, **changes) == reasons


def test_the_first_instant_after_the_horizon_is_beyond_it() -> None:
    night = {"range_start": "2026-06-01T00:00Z", "range_end": "2026-06-01T01:00Z", "mentor_timezone": "UTC"}

    refused = told(**night, weekly_rules=weekly((0, "00:00", "02:00")), now="2026-05-30T12:00Z", horizon_days=1)

    assert refused == {"00:00": "horizon", "00:30": "horizon"}


def test_a_grid_that_a_gap_started_is_explained_too() -> None:
    busy = [["2026-06-01T08:00Z", "2026-06-01T09:10Z"], ["2026-06-01T09:50Z", "2026-06-01T10:00Z"]]

    assert told(**HOUR, busy=busy, slot_step_minutes=45, session_minutes=30) == {"09:30": "does_not_fit"}
    assert told(**HOUR, busy=busy, slot_step_minutes=45, session_minutes=45) == {
        "09:15": "does_not_fit",
        "09:30": "does_not_fit",
    }


def test_each_day_starts_a_grid_of_its_own() -> None:
    days = explain(parse_request(question(weekly_rules=[], range_end="2026-06-03T00:00Z", slot_step_minutes=420)))

    assert [f"{item.start:%d %H:%M}" for item in days] == [
        "01 06:00", "01 13:00", "01 20:00", "01 23:00", "02 06:00", "02 13:00", "02 20:00", "02 23:00",
    ]  # fmt: skip


def test_a_session_that_would_just_fit_is_only_off_the_grid() -> None:
    busy = [["2026-06-01T08:00Z", "2026-06-01T08:15Z"]]
    limits = {"range_start": "2026-06-01T10:00Z", "range_end": "2026-06-01T10:30Z"}

    assert told(**limits, busy=busy, slot_step_minutes=45, session_minutes=45) == {"10:15": "off_grid"}


def test_the_last_instant_before_a_start_is_not_that_start() -> None:
    request = parse_request(question())
    first, second, *_ = compute_slots(request)
    instant = timedelta(microseconds=1)

    assert [rule_against(request, start) for start in (first, second)] == [None, None]
    assert rule_against(request, first - instant) is Rule.OUTSIDE_HOURS
    assert rule_against(request, second - instant) is rule_against(request, second + instant) is Rule.OFF_GRID


def test_times_offered_and_times_explained_never_meet_and_cover_the_plain_grid() -> None:
    explained = {*told()}
    offered = {start[11:16] for start in starts()}

    assert not explained & offered
    assert explained | offered == {f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)}


def test_an_empty_range_has_nothing_to_explain() -> None:
    assert told(range_end="2026-06-01T00:00:00Z") == {}


def test_an_empty_range_before_1970_is_answered_at_once_too() -> None:
    """Days before 1970 have negative numbers: counting from one up to day 0 took minutes."""
    empty = {"range_start": "1900-06-01T00:00:00Z", "range_end": "1900-06-01T00:00:00Z", "now": "1900-05-01T00:00:00Z"}
    began = time.process_time()

    assert told(**empty) == {}
    assert time.process_time() - began < 1


def test_a_range_of_centuries_is_explained_for_its_first_year() -> None:
    ends = explain(parse_request(question(range_end="9999-12-31T00:00Z", slot_step_minutes=1440)))[-1]

    assert ends.start.isoformat() == "2027-06-01T23:00:00+00:00"
    assert ends.rule is Rule.OUTSIDE_HOURS


def test_a_range_that_leaves_the_calendar_is_explained_to_its_first_and_last_hour() -> None:
    at_once = {"now": "0001-01-01T00:00+14:00"}
    early = {"range_start": "0001-01-01T00:00+14:00", "range_end": "0001-01-01T01:00Z", "mentor_timezone": "Etc/GMT-14"}
    late = {"range_start": "9999-12-31T23:00Z", "range_end": "9999-12-31T23:59-23:59", "mentor_timezone": "Etc/GMT+5"}

    assert told(**at_once, **early) == {"00:00": "outside_hours", "00:30": "outside_hours"}
    assert told(**at_once, **late) == {"23:00": "outside_hours", "23:30": "outside_hours"}
