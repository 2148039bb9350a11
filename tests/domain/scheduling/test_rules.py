"""Start times: hours, grid, paddings, notice, window and cap, as a mentor would tell them."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorhub.domain.scheduling.rules import (
    compute_slots,
    fits,
    last_day_ends,
    parse_minutes,
    parse_request,
    to_datetime,
)
from tests.domain.scheduling.asking import clocks, every_day, question, starts, weekly


def test_an_open_morning_gives_every_start_whose_session_ends_in_time() -> None:
    assert starts() == [
        "2026-06-01T08:00:00Z",
        "2026-06-01T08:30:00Z",
        "2026-06-01T09:00:00Z",
        "2026-06-01T09:30:00Z",
        "2026-06-01T10:00:00Z",
    ]


def test_hours_open_only_on_their_own_weekday() -> None:
    assert starts(weekly_rules=weekly((1, "09:00", "12:00"), (6, "09:00", "12:00"))) == []


def test_two_ranges_of_a_day_that_touch_are_one() -> None:
    assert clocks(weekly_rules=weekly((0, "09:00", "09:30"), (0, "09:30", "10:00"))) == ["08:00"]


def test_overlapping_ranges_give_each_start_once() -> None:
    assert clocks(weekly_rules=weekly((0, "09:00", "10:30"), (0, "09:00", "11:00"))) == [
        "08:00",
        "08:30",
        "09:00",
    ]


def test_equal_times_open_nothing_also_at_midnight() -> None:
    assert clocks(weekly_rules=weekly((0, "09:00", "09:00"), (0, "00:00", "00:00"))) == []


@pytest.mark.parametrize("midnight", ["24:00", "00:00"])
def test_an_end_at_midnight_is_the_end_of_the_day_however_written(midnight: str) -> None:
    assert clocks(weekly_rules=weekly((0, "22:30", midnight))) == ["21:30", "22:00"]


def test_open_from_the_first_minute_of_the_day_to_its_end_however_written() -> None:
    for midnight in ("24:00", "00:00"):
        assert parse_minutes("00:01", midnight) == (1, 1440)


def test_a_minute_before_midnight_is_meant_literally() -> None:
    assert clocks(weekly_rules=weekly((0, "22:30", "23:59"))) == ["21:30"]


def test_a_session_may_run_past_midnight_where_the_next_day_goes_on() -> None:
    hours = weekly((0, "23:00", "24:00"), (1, "00:00", "00:30"))

    assert clocks(weekly_rules=hours) == ["22:00", "22:30"]


def test_a_night_shift_is_two_rules_and_one_open_time() -> None:
    hours = weekly((0, "23:30", "24:00"), (1, "00:00", "03:00"))

    assert clocks(weekly_rules=hours, session_minutes=180, range_end="2026-06-03T00:00Z") == [
        "22:30",
        "23:00",
    ]


def test_an_override_replaces_all_hours_of_its_date() -> None:
    override = {"date": "2026-06-01", "intervals": [["15:00", "16:00"]]}

    assert clocks(overrides=[override]) == ["14:00"]


def test_several_overrides_of_one_date_are_united() -> None:
    overrides = [
        {"date": "2026-06-01", "intervals": [["15:00", "15:30"]]},
        {"date": "2026-06-01", "intervals": []},
        {"date": "2026-06-01", "intervals": [["15:30", "16:00"]]},
    ]

    assert clocks(overrides=overrides) == ["14:00"]


@pytest.mark.parametrize("intervals", [[], [["10:00", "10:00"]], [["00:00", "00:00"]]])
def test_an_override_without_open_minutes_is_a_day_off(intervals: list[list[str]]) -> None:
    assert starts(overrides=[{"date": "2026-06-01", "intervals": intervals}]) == []


def test_an_override_opens_a_date_that_has_no_weekly_hours() -> None:
    override = {"date": "2026-06-01", "intervals": [["15:00", "16:00"]]}

    assert clocks(weekly_rules=[], overrides=[override]) == ["14:00"]


def test_an_event_takes_its_time_and_a_new_grid_starts_after_it() -> None:
    busy = [["2026-06-01T08:40:00Z", "2026-06-01T09:20:00Z"]]

    assert clocks(busy=busy, session_minutes=30) == ["08:00", "09:30", "10:00", "10:30"]


def test_after_a_gap_the_grid_starts_at_the_first_multiple_on_the_mentors_clock() -> None:
    busy = [["2026-06-01T08:40:00Z", "2026-06-01T08:46:00Z"]]

    assert clocks(busy=busy, session_minutes=30, slot_step_minutes=45) == ["08:00", "09:00", "09:45", "10:30"]


def test_the_first_start_is_rounded_by_the_largest_unit_that_divides_the_step() -> None:
    hours = weekly((0, "09:05", "11:00"))

    assert {
        step: clocks(weekly_rules=hours, session_minutes=5, slot_step_minutes=step)[0]
        for step in (1, 5, 7, 10, 15, 20, 25, 30, 40, 45, 60, 90, 120)
    } == {
        1: "08:05",
        5: "08:05",
        7: "08:05",
        10: "08:10",
        15: "08:15",
        20: "08:20",
        25: "08:05",
        30: "08:30",
        40: "08:20",
        45: "08:15",
        60: "09:00",
        90: "08:30",
        120: "09:00",
    }


def test_the_grid_is_read_on_the_mentors_clock_not_in_utc() -> None:
    hours = every_day("09:10", "11:00")

    assert clocks(mentor_timezone="Asia/Kathmandu", weekly_rules=hours, slot_step_minutes=60) == ["04:15"]


def test_each_date_starts_a_new_grid() -> None:
    days = {"weekly_rules": every_day("00:00", "24:00"), "slot_step_minutes": 420}

    assert clocks(**days, range_end="2026-06-02T12:00Z") == ["06:00", "13:00", "20:00", "23:00", "06:00"]


def test_the_range_never_moves_the_grid() -> None:
    assert clocks(slot_step_minutes=45, range_start="2026-06-01T08:10:00Z") == ["08:45", "09:30"]


def test_adjoining_ranges_together_equal_the_whole() -> None:
    days = {"weekly_rules": every_day("00:00", "24:00"), "slot_step_minutes": 35, "session_minutes": 100}
    cut = "2026-06-01T11:11:11.5Z"

    assert starts(**days) == starts(**days, range_end=cut) + starts(**days, range_start=cut)


def test_the_range_holds_its_first_instant_and_not_its_last() -> None:
    limits = {"range_start": "2026-06-01T08:30:00Z", "range_end": "2026-06-01T09:30:00Z"}

    assert clocks(**limits) == ["08:30", "09:00"]


def test_an_empty_range_has_no_starts() -> None:
    assert starts(range_start="2026-06-01T09:00:00Z", range_end="2026-06-01T10:00:00+01:00") == []


def test_any_offset_names_the_same_instants() -> None:
    limits = {"range_start": "2026-06-01T14:00:00+05:30", "range_end": "2026-06-01T02:30:00-07:00"}

    assert clocks(**limits) == ["08:30", "09:00"]


def test_beside_an_event_the_new_session_needs_its_own_padding_only() -> None:
    busy = [["2026-06-01T09:00:00Z", "2026-06-01T09:30:00Z"]]

    assert clocks(
        busy=busy,
        session_minutes=15,
        slot_step_minutes=5,
        buffer_before_minutes=10,
        buffer_after_minutes=20,
        range_start="2026-06-01T08:15:00Z",
        range_end="2026-06-01T09:55:00Z",
    ) == ["08:15", "08:20", "08:25", "09:40", "09:45", "09:50"]


def test_beside_an_own_booking_both_sessions_keep_their_padding() -> None:
    bookings = [["2026-06-01T09:00:00Z", "2026-06-01T09:30:00Z"]]

    assert clocks(
        bookings=bookings,
        session_minutes=15,
        slot_step_minutes=5,
        buffer_before_minutes=10,
        buffer_after_minutes=20,
        range_end="2026-06-01T10:15:00Z",
    ) == ["08:00", "08:05", "08:10", "08:15", "10:00", "10:05", "10:10"]


def test_padding_may_lie_outside_the_open_hours_and_before_the_notice() -> None:
    padding = {"buffer_before_minutes": 50, "buffer_after_minutes": 50}

    assert clocks(**padding, now="2026-06-01T08:00:00Z") == clocks()


def test_an_event_of_no_length_takes_nothing() -> None:
    nothing = [["2026-06-01T09:00:00Z", "2026-06-01T09:00:00Z"]]

    assert clocks(busy=nothing, bookings=nothing, buffer_before_minutes=15, max_per_day=1) == clocks()


def test_an_event_of_one_microsecond_takes_its_time() -> None:
    busy = [["2026-06-01T09:00:00Z", "2026-06-01T09:00:00.000001Z"]]

    assert clocks(busy=busy) == ["08:00", "09:30", "10:00"]


def test_seconds_are_never_rounded_in_the_mentees_favour() -> None:
    assert clocks(now="2026-06-01T06:30:00Z", min_notice_minutes=120) == ["08:30", "09:00", "09:30", "10:00"]
    assert clocks(now="2026-06-01T06:30:00.1Z", min_notice_minutes=120) == ["09:00", "09:30", "10:00"]


def test_a_gap_that_the_notice_opens_starts_its_own_grid() -> None:
    late = {"now": "2026-06-01T07:10:00Z", "min_notice_minutes": 60}

    assert clocks(**late, slot_step_minutes=45) == ["08:15", "09:00", "09:45"]


def test_notice_is_counted_in_elapsed_minutes_over_a_clock_change() -> None:
    sunday = {"weekly_rules": weekly((6, "00:00", "06:00")), "slot_step_minutes": 60}
    limits = {"range_start": "2026-03-29T00:00Z", "range_end": "2026-03-29T12:00Z"}

    assert clocks(**sunday, **limits, now="2026-03-29T00:00Z", min_notice_minutes=120) == [
        "02:00",
        "03:00",
        "04:00",
    ]


@pytest.mark.parametrize(("horizon", "dates"), [(0, []), (1, ["2026-06-01"]), (8, ["2026-06-01", "2026-06-08"])])
def test_the_last_day_of_the_window_counts_in_full(horizon: int, dates: list[str]) -> None:
    found = starts(horizon_days=horizon, range_end="2026-07-01T00:00Z", session_minutes=180)

    assert [start[:10] for start in found] == dates


def test_today_for_the_window_is_today_on_the_mentors_clock() -> None:
    tokyo = {"mentor_timezone": "Asia/Tokyo", "horizon_days": 0, "range_start": "2026-05-01T00:00Z"}

    assert len(starts(**tokyo, now="2026-05-31T14:59:59Z")) == 0
    assert len(starts(**tokyo, now="2026-05-31T15:00:00Z")) == 5


def test_a_full_day_offers_nothing_and_its_neighbours_stay_open() -> None:
    bookings = [["2026-06-01T05:00:00Z", "2026-06-01T05:30:00Z"]]
    found = starts(bookings=bookings, max_per_day=1, range_end="2026-06-09T00:00Z", session_minutes=180)

    assert found == ["2026-06-08T08:00:00Z"]


def test_a_day_below_the_cap_stays_open() -> None:
    bookings = [["2026-06-01T05:00:00Z", "2026-06-01T05:30:00Z"]]

    assert clocks(bookings=bookings, max_per_day=2) == clocks()


def test_the_cap_counts_by_the_mentors_date_and_by_the_start_only() -> None:
    across_midnight = [["2026-05-31T22:30:00Z", "2026-06-01T00:30:00Z"]]
    before_midnight_in_london = [["2026-05-31T22:59:00Z", "2026-06-01T00:30:00Z"]]
    after_midnight_in_london = [["2026-05-31T23:00:00Z", "2026-05-31T23:30:00Z"]]

    assert clocks(bookings=across_midnight, max_per_day=1) == clocks()
    assert clocks(bookings=before_midnight_in_london, max_per_day=1) == clocks()
    assert clocks(bookings=after_midnight_in_london, max_per_day=1) == []


def test_events_do_not_count_towards_the_cap() -> None:
    busy = [["2026-06-01T05:00:00Z", "2026-06-01T05:30:00Z"]]

    assert clocks(busy=busy, max_per_day=1) == clocks()


def test_a_cap_of_nothing_closes_every_day() -> None:
    assert starts(max_per_day=0) == []
    assert not fits(parse_request(question(max_per_day=0)), compute_slots(parse_request(question()))[0])


def test_bookings_may_be_left_out_of_the_question() -> None:
    asked = question()
    del asked["bookings"]

    assert compute_slots(parse_request(asked)) == compute_slots(parse_request(question()))


def test_numbers_without_bound_are_answered_at_once() -> None:
    endless = 10**400

    assert clocks(slot_step_minutes=endless, horizon_days=endless, max_per_day=endless) == ["08:00"]
    assert clocks(session_minutes=endless) == []
    assert clocks(min_notice_minutes=endless) == []
    assert clocks(buffer_after_minutes=endless, busy=[["2026-06-08T08:00Z", "2026-06-08T08:01Z"]]) == []


def test_ten_thousand_years_of_range_cost_no_more_than_what_is_open_in_them() -> None:
    forever = {"range_start": "0001-01-01T00:00:00Z", "range_end": "9999-12-31T23:59:59Z"}
    override = {"date": "9999-12-31", "intervals": [["23:00", "24:00"]]}

    assert starts(**forever, horizon_days=1) == starts()
    assert starts(**forever, weekly_rules=[], overrides=[override]) == ["9999-12-31T23:00:00Z"]


def test_the_first_and_last_days_of_the_calendar_are_days_like_others() -> None:
    first = {"now": "0001-01-01T00:00Z", "range_start": "0001-01-01T00:00Z", "range_end": "0001-01-01T18:00Z"}
    last = {"range_start": "9999-12-31T20:00Z", "range_end": "9999-12-31T23:59:59.999999-23:59"}
    open_always = {"weekly_rules": every_day("00:00", "24:00"), "slot_step_minutes": 60}

    assert starts(**open_always, **first, mentor_timezone="Asia/Tokyo")[0] == "0001-01-01T00:42:00Z"
    assert starts(**open_always, **first, mentor_timezone="Etc/GMT+5")[0] == "0001-01-01T05:00:00Z"
    assert starts(**open_always, **last, mentor_timezone="Etc/GMT+5")[-1] == "9999-12-31T23:00:00Z"
    assert starts(**open_always, **last, mentor_timezone="Asia/Tokyo") == []


def test_a_start_that_was_offered_fits_although_the_grid_has_moved() -> None:
    offered = compute_slots(parse_request(question(slot_step_minutes=45)))
    later = parse_request(question(slot_step_minutes=45, now="2026-06-01T08:10:00Z"))

    assert offered[1] not in compute_slots(later)
    assert fits(later, offered[1])


@pytest.mark.parametrize(
    "changes",
    [
        {"busy": [["2026-06-01T09:15:00Z", "2026-06-01T09:16:00Z"]]},
        {"bookings": [["2026-06-01T07:00:00Z", "2026-06-01T08:00:00Z"]], "buffer_after_minutes": 31},
        {"now": "2026-06-01T08:30:01Z"},
        {"now": "2026-05-30T12:00:00Z", "horizon_days": 1},
        {"bookings": [["2026-06-01T20:00:00Z", "2026-06-01T20:30:00Z"]], "max_per_day": 1},
        {"overrides": [{"date": "2026-06-01", "intervals": []}]},
        {"weekly_rules": weekly((0, "09:31", "12:00"))},
        {"weekly_rules": weekly((0, "09:00", "10:29"))},
    ],
)
def test_a_start_no_longer_fits_once_a_rule_stands_against_it(changes: dict[str, object]) -> None:
    start = compute_slots(parse_request(question()))[1]

    assert fits(parse_request(question()), start)
    assert not fits(parse_request(question(**changes)), start)


def test_a_start_fits_outside_the_range_that_was_asked_for() -> None:
    a_week_later = to_datetime(1_780_905_600_000_000)

    assert a_week_later.isoformat() == "2026-06-08T08:00:00+00:00"
    assert fits(parse_request(question()), a_week_later)


def test_the_last_start_that_ends_with_the_hours_fits_and_the_one_after_it_does_not() -> None:
    request = parse_request(question())
    last = compute_slots(request)[-1]

    assert fits(request, last)
    assert not fits(request, last + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        ({"horizon_days": 0}, datetime(2026, 5, 31, 23, tzinfo=UTC)),
        ({"horizon_days": 8}, datetime(2026, 6, 8, 23, tzinfo=UTC)),
        ({"horizon_days": 0, "now": "9999-12-31T12:00:00Z"}, datetime.max.replace(tzinfo=UTC)),
        ({"horizon_days": None}, datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_the_last_day_ends_at_midnight_on_the_mentors_clock(asked: dict[str, object], ends: datetime) -> None:
    assert last_day_ends(parse_request(question(**asked))) == ends


def test_the_day_after_the_horizon_does_not_fit_from_its_first_instant_on() -> None:
    request = parse_request(
        question(weekly_rules=every_day("00:00", "24:00"), now="2026-06-01T00:00:00Z", horizon_days=0)
    )
    midnight = datetime(2026, 6, 1, 23, 0, tzinfo=UTC)

    assert fits(request, midnight - timedelta(minutes=60))
    assert not fits(request, midnight)
