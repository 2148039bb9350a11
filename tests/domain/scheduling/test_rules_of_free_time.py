"""The pieces between open hours and gaps, each told exactly: where they begin and end, none empty, none twice."""

import time
from typing import Any

import pytest

from mentorhub.domain.scheduling.rules import parse_request, to_datetime
from mentorhub.domain.scheduling.rules.free_time import Gap, gaps
from mentorhub.domain.scheduling.rules.hours import OpenHours, open_spans, united
from mentorhub.domain.scheduling.rules.seasons import DAY
from mentorhub.domain.scheduling.rules.zones import zone_named
from tests.domain.scheduling.asking import clocks, every_day, question, starts, weekly
from tests.domain.scheduling.brute_force import HOUR, instant

MONDAY = instant("2026-06-01T00:00Z") // DAY
EIGHT, ELEVEN = instant("2026-06-01T08:00Z"), instant("2026-06-01T11:00Z")
A_WEEK = 7 * DAY
FOR_EVER = {"range_start": "0001-01-01T00:00Z", "range_end": "9999-12-31T23:59Z", "now": "0001-01-01T00:00Z"}


def opened(*, before: int, enough: int | None = None, **changes: Any) -> list[tuple[int, int]]:
    """The open spans from that Monday on."""
    asked = parse_request(question(**changes))
    zone = zone_named(asked.mentor_timezone)
    return list(open_spans(OpenHours(asked), zone, first_day=MONDAY, before=before, enough=enough or before))


def pieces(range_start: int, range_end: int, **changes: Any) -> list[Gap]:
    asked = parse_request(question(**changes))
    zone = zone_named(asked.mentor_timezone)
    return list(gaps(asked, OpenHours(asked), zone, range_start=range_start, range_end=range_end))


def test_united_spans_are_in_order_joined_where_they_touch_and_never_empty() -> None:
    assert united([(6, 9), (3, 4), (1, 2), (2, 3), (7, 8), (11, 11)]) == [(1, 4), (6, 9)]


def test_only_spans_that_begin_before_the_limit_are_open() -> None:
    assert opened(before=EIGHT) == opened(before=EIGHT, enough=ELEVEN + HOUR) == []
    assert opened(before=EIGHT + 1) == opened(before=EIGHT + A_WEEK) == [(EIGHT, ELEVEN)]
    assert opened(before=EIGHT + A_WEEK + 1) == [(EIGHT, ELEVEN), (EIGHT + A_WEEK, ELEVEN + A_WEEK)]


def test_without_hours_nothing_is_open() -> None:
    override = {"date": "2026-06-02", "intervals": [["09:00", "12:00"]]}

    assert opened(before=ELEVEN, weekly_rules=[]) == []
    assert opened(before=EIGHT + DAY, weekly_rules=[], overrides=[override]) == []
    assert opened(before=EIGHT + A_WEEK, weekly_rules=[], overrides=[override]) == [(EIGHT + DAY, ELEVEN + DAY)]


def test_gaps_are_those_the_range_touches_each_whole() -> None:
    assert pieces(EIGHT - HOUR, EIGHT) == []
    assert pieces(EIGHT - HOUR, EIGHT + 1) == pieces(ELEVEN - 1, ELEVEN) == [Gap(MONDAY, EIGHT, ELEVEN, ELEVEN)]
    assert pieces(EIGHT, EIGHT + 9 * DAY) == [
        Gap(MONDAY, EIGHT, ELEVEN, ELEVEN),
        Gap(MONDAY + 7, EIGHT + A_WEEK, ELEVEN + A_WEEK, ELEVEN + A_WEEK),
    ]


def test_gaps_end_at_every_midnight_and_know_how_long_the_free_time_goes_on() -> None:
    """Free from Monday to Thursday at midnight on the clock of London, an hour ahead."""
    midnight, hours = MONDAY * DAY - HOUR, weekly(*((day, "00:00", "24:00") for day in range(3)))

    assert pieces(midnight, midnight + 5 * DAY, weekly_rules=hours) == [
        Gap(MONDAY + day, midnight + day * DAY, midnight + (day + 1) * DAY, midnight + 3 * DAY) for day in range(3)
    ]
    assert len(pieces(midnight, midnight + DAY, weekly_rules=hours)) == 1


def test_events_that_are_over_when_the_hours_begin_hide_none_that_come_later() -> None:
    early = [[f"2026-06-01T0{hour}:00Z", f"2026-06-01T0{hour}:30Z"] for hour in (4, 5, 6)]

    assert clocks(busy=[*early, ["2026-06-01T09:00Z", "2026-06-01T09:30Z"]]) == ["08:00", "09:30", "10:00"]


def test_a_session_ends_not_a_microsecond_after_an_event_begins() -> None:
    assert clocks(busy=[["2026-06-01T08:59:59.999999Z", "2026-06-01T11:00Z"]]) == []
    assert clocks(busy=[["2026-06-01T09:00Z", "2026-06-01T11:00Z"]]) == ["08:00"]


@pytest.mark.parametrize("closed", [{"max_per_day": 0}, {"min_notice_minutes": 10**12}])
def test_what_closes_every_day_is_known_without_looking_at_one(closed: dict[str, int]) -> None:
    began = time.process_time()

    assert starts(**FOR_EVER, **closed) == []
    assert time.process_time() - began < 0.5


def test_no_start_is_offered_that_four_digits_cannot_write() -> None:
    open_always = {"weekly_rules": every_day("00:00", "24:00"), "slot_step_minutes": 60}
    first = {"now": "0001-01-01T00:00+14:00", "range_start": "0001-01-01T00:00+14:00", "range_end": "0001-01-01T18:00Z"}
    last = {"range_start": "9999-12-31T20:00Z", "range_end": "9999-12-31T23:59-23:59", "horizon_days": 10**7}

    assert starts(**open_always, **first, mentor_timezone="Asia/Tokyo")[0] == "0001-01-01T00:42:00Z"
    assert starts(**open_always, **last, mentor_timezone="Etc/GMT+5")[-1] == "9999-12-31T23:00:00Z"


def test_the_day_that_days_are_counted_from_is_one_like_others() -> None:
    assert starts(
        mentor_timezone="Asia/Tokyo",
        weekly_rules=every_day("12:00", "13:00"),
        now="1969-12-01T00:00Z",
        range_start=to_datetime(0).isoformat(),
        range_end=to_datetime(DAY).isoformat(),
    ) == ["1970-01-01T03:00:00Z"]
