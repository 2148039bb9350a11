"""What is refused before any time is worked out, and what only looks odd and is answered."""

import copy
from typing import Any

import pytest

from mentorhub.domain.common.errors import DomainError
from mentorhub.domain.scheduling.errors import InvalidSlotRequest
from mentorhub.domain.scheduling.rules import compute_slots, parse_request
from tests.domain.scheduling.asking import clocks, question, weekly

FIELDS = sorted(set(question()) - {"bookings"})
NUMBERS = [
    "session_minutes",
    "slot_step_minutes",
    "buffer_before_minutes",
    "buffer_after_minutes",
    "min_notice_minutes",
    "horizon_days",
    "max_per_day",
]
NOT_TIMES = [
    "9:00", "09:0", "0900", "09:00:00", " 09:00", "09:00 ", "09:00\n", "24:01", "25:00", "09:60", "-1:00",
    "0a:00", "٠٩:٠٠", "0٩:00", "09:0٠", "2٣:00", "09：00", "", "\ud800", 540, None, True, ["09:00"],
    {"09": "00"},
]  # fmt: skip
NOT_TIMESTAMPS = [
    "2026-06-01T00:00", "2026-06-01", "2026-06-01T00:00z", "2026-06-01t00:00Z", "2026-06-01 00:00Z",
    "2026-06-01T24:00Z", "2026-06-01T24:00:00Z", "2026-06-01T00:60Z", "2026-06-01T00:00:60Z",
    "2026-02-29T00:00Z", "2026-13-01T00:00Z", "0000-01-01T00:00Z", "10000-01-01T00:00Z",
    "2026-06-01T00:00+24:00", "2026-06-01T00:00+05:60", "2026-06-01T00:00+5:00", "2026-06-01T00:00+05",
    "2026-06-01T00:00+05:00:30", "2026-06-01T00:00 Z", "2026-06-01T00:00Z\n", "２026-06-01T00:00Z",
    "2026-06-0１T00:00Z", "2026-06-01T0０:00Z", "2026-W23-1T00:00Z", "2026-06-01T00:00:00.Z", "", 0, 1.5,
    None, True, [], {},
]  # fmt: skip


def is_refused(asked: Any) -> bool:
    try:
        parse_request(asked)
    except InvalidSlotRequest as refusal:
        return str(refusal).endswith(".")
    return False


@pytest.mark.parametrize("asked", [None, True, 3, "x", [], [question()], {}])
def test_a_question_is_one_object_with_its_fields(asked: Any) -> None:
    assert is_refused(asked)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_but_the_bookings_is_needed_and_named_when_missing(field: str) -> None:
    asked = question()
    del asked[field]

    with pytest.raises(DomainError, match=f"{field}: this field is missing."):
        parse_request(asked)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"mentor_timezone": "Mars"}, 'this is a zone of the IANA database, such as "Europe/London".'),
        ({"weekly_rules": {}}, "this is a list."),
        ({"weekly_rules": [{"weekday": 0}]}, 'each item is an object that holds "start".'),
        ({"weekly_rules": weekly((7, "09:00", "10:00"))}, "a weekday is a whole number from 0, Monday, to 6."),
        ({"weekly_rules": weekly((0, "9:00", "10:00"))}, 'times are written "09:30", and only an end may be "24:00".'),
        ({"weekly_rules": weekly((0, "10:00", "09:00"))}, "hours end before they start."),
        ({"overrides": [{"date": "1 June", "intervals": []}]}, 'a date is written "2026-05-31".'),
        ({"overrides": [{"date": "2026-06-31", "intervals": []}]}, "a date is one of the calendar."),
        ({"busy": [[]]}, "a span is a list of exactly two, its start and its end."),
        ({"busy": [["2026-06-02T00:00Z", "2026-06-01T00:00Z"]]}, "a span ends before it starts."),
        ({"now": "today"}, 'a timestamp is written "2026-05-31T09:30Z", with "Z" or an offset.'),
        ({"session_minutes": 0}, "this is a whole number of at least 1."),
        ({"range_end": "2020-01-01T00:00Z"}, "the range ends before it starts."),
    ],
)
def test_a_refusal_names_the_field_and_says_what_belongs_there(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidSlotRequest) as refusal:
        parse_request(question(**changes))
    assert str(refusal.value) == f"{next(iter(changes))}: {sentence}"


def test_what_is_no_object_is_refused_in_a_sentence() -> None:
    with pytest.raises(InvalidSlotRequest) as refusal:
        parse_request([question()])
    assert str(refusal.value) == "A question for start times is one object."


@pytest.mark.parametrize("field", [*FIELDS, "bookings"])
@pytest.mark.parametrize("value", [True, 1.5, "x", {}, [[]], [None], [[[]]]])
def test_no_field_takes_a_value_of_another_shape(field: str, value: Any) -> None:
    assert is_refused(question(**{field: value}))


@pytest.mark.parametrize("field", sorted({*FIELDS, "bookings"} - {"horizon_days", "max_per_day"}))
def test_only_horizon_and_cap_may_be_null(field: str) -> None:
    assert is_refused(question(**{field: None}))


@pytest.mark.parametrize("field", NUMBERS)
@pytest.mark.parametrize("value", [True, False, 60.0, "60", -1, float("nan"), float("inf"), [60]])
def test_numbers_are_whole_and_in_bounds(field: str, value: Any) -> None:
    assert is_refused(question(**{field: value}))


@pytest.mark.parametrize(
    ("field", "least"), [(name, int(name.endswith(("session_minutes", "step_minutes")))) for name in NUMBERS]
)
def test_the_smallest_number_allowed_is_allowed(field: str, least: int) -> None:
    assert not is_refused(question(**{field: least}))
    assert is_refused(question(**{field: least - 1}))


@pytest.mark.parametrize("weekday", [-1, 7, True, 1.0, "0", None])
def test_a_weekday_is_a_whole_number_from_monday_to_sunday(weekday: Any) -> None:
    assert is_refused(question(weekly_rules=weekly((weekday, "09:00", "10:00"))))


@pytest.mark.parametrize("time", NOT_TIMES)
def test_a_time_is_two_digits_colon_two_digits(time: Any) -> None:
    assert is_refused(question(weekly_rules=weekly((0, time, "23:59"))))
    assert is_refused(question(weekly_rules=weekly((0, "00:00", time))))
    assert is_refused(question(overrides=[{"date": "2026-06-01", "intervals": [[time, "23:59"]]}]))
    assert is_refused(question(overrides=[{"date": "2026-06-01", "intervals": [["00:00", time]]}]))


@pytest.mark.parametrize("end", ["24:00", "12:00", "00:00"])
def test_the_end_of_the_day_is_no_start(end: str) -> None:
    assert is_refused(question(weekly_rules=weekly((0, "24:00", end))))
    assert is_refused(question(overrides=[{"date": "2026-06-01", "intervals": [["24:00", end]]}]))


def test_hours_that_end_before_they_start_are_refused_although_the_range_is_elsewhere() -> None:
    assert is_refused(question(weekly_rules=weekly((3, "17:00", "09:00"))))
    assert is_refused(question(overrides=[{"date": "2030-01-01", "intervals": [["10:00", "09:59"]]}]))


@pytest.mark.parametrize(
    "date",
    [
        "2026-02-29", "2026-6-01", "20260601", "2026-06-31", "0000-01-01", "2026-06-01T00:00Z",
        "2026-W23-1", " 2026-06-01", "2026-06-01\n", "２026-06-01", "2026-06-0１", 20260601, None,
    ],
)  # fmt: skip
def test_a_date_is_one_of_the_calendar_written_in_full(date: Any) -> None:
    assert is_refused(question(overrides=[{"date": date, "intervals": []}]))


@pytest.mark.parametrize(
    "intervals",
    [
        None, {}, "09:00", ["09:00", "10:00"], [["09:00"]], [["09:00", "10:00", "11:00"]],
        [{"start": "09:00", "end": "10:00"}], [("09:00", "10:00")],
    ],
)  # fmt: skip
def test_intervals_are_lists_of_exactly_two(intervals: Any) -> None:
    assert is_refused(question(overrides=[{"date": "2026-06-01", "intervals": intervals}]))


@pytest.mark.parametrize("missing", ["weekday", "start", "end"])
def test_a_rule_needs_all_its_parts(missing: str) -> None:
    rule = weekly((0, "09:00", "10:00"))[0]
    del rule[missing]

    assert is_refused(question(weekly_rules=[rule]))


def test_an_override_needs_its_date_and_its_intervals() -> None:
    assert is_refused(question(overrides=[{"date": "2026-06-01"}]))
    assert is_refused(question(overrides=[{"intervals": []}]))


@pytest.mark.parametrize("value", NOT_TIMESTAMPS)
def test_a_timestamp_has_a_real_time_and_an_offset(value: Any) -> None:
    for field in ("now", "range_start", "range_end"):
        assert is_refused(question(**{field: value}))
    for field in ("busy", "bookings"):
        assert is_refused(question(**{field: [[value, "2026-06-01T00:00Z"]]}))
        assert is_refused(question(**{field: [["2026-06-01T00:00Z", value]]}))


@pytest.mark.parametrize(
    "written",
    [
        "2026-06-01T10:00Z", "2026-06-01T10:00:00Z", "2026-06-01T10:00:00.000000Z",
        "2026-06-01T10:00:00.000Z", "2026-06-01T10:00-00:00", "2026-06-02T09:59+23:59",
        "2026-05-31T10:01-23:59",
    ],
)  # fmt: skip
def test_a_timestamp_may_have_seconds_fractions_and_any_offset(written: str) -> None:
    assert clocks(range_start=written) == ["10:00"]


def test_a_timestamp_keeps_its_microseconds() -> None:
    assert clocks(range_start="2026-06-01T09:30:00.000001Z") == ["10:00"]


@pytest.mark.parametrize("field", ["busy", "bookings"])
def test_nothing_ends_before_it_starts(field: str) -> None:
    assert is_refused(question(**{field: [["2020-06-01T10:00:00.000001Z", "2020-06-01T10:00:00Z"]]}))
    assert is_refused(question(range_start="2026-06-01T10:00:00.000001Z", range_end="2026-06-01T10:00:00Z"))


@pytest.mark.parametrize("field", ["busy", "bookings"])
@pytest.mark.parametrize(
    "span",
    [
        [], ["2026-06-01T10:00Z"], ["2026-06-01T10:00Z"] * 3, {"start": "2026-06-01T10:00Z"},
        ("2026-06-01T10:00Z", "2026-06-01T10:00Z"), "ab", None,
    ],
)  # fmt: skip
def test_events_are_lists_of_exactly_two(field: str, span: Any) -> None:
    assert is_refused(question(**{field: [span]}))


@pytest.mark.parametrize(
    "zone",
    [
        "Mars/Olympus", "europe/london", "Europe/London ", "localtime", "posixrules", "../Europe/London",
        "/Europe/London", "Europe", "right/UTC", "posix/UTC", "tzdata.zi", "UTC+1", "+01:00", "",
        "\ud800", "Europe/London\x00", None, 0, ["Europe/London"], {},
    ],
)  # fmt: skip
def test_a_zone_is_a_zone_or_link_of_the_iana_database(zone: Any) -> None:
    assert is_refused(question(mentor_timezone=zone))


def test_what_is_malformed_is_refused_also_for_an_empty_range() -> None:
    empty = {"range_start": "2026-06-01T10:00Z", "range_end": "2026-06-01T10:00Z"}

    assert clocks(**empty) == []
    assert is_refused(question(**empty, weekly_rules=weekly((3, "17:00", "09:00"))))


def test_fields_that_nobody_asked_for_are_ignored_wherever_they_stand() -> None:
    asked = question(colour="red")
    asked["weekly_rules"][0]["note"] = {"deep": [1, 2]}
    asked["overrides"] = [{"date": "2020-01-01", "intervals": [], "why": None}]

    assert compute_slots(parse_request(asked)) == compute_slots(parse_request(question()))


def test_reading_a_question_changes_nothing_in_it() -> None:
    asked = question(busy=[["2026-06-01T10:00Z", "2026-06-01T10:30Z"]])
    before = copy.deepcopy(asked)
    compute_slots(parse_request(asked))

    assert asked == before
