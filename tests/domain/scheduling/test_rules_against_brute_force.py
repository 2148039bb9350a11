"""The rules and a scan of every minute agree: ordinary weeks, clock changes, doubled and missing dates."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorhub.domain.common.zones import zone_names
from mentorhub.domain.scheduling.rules import (
    Rule,
    compute_slots,
    explain,
    fits,
    format_slots,
    parse_request,
    rule_against,
    to_datetime,
)
from tests.domain.scheduling.brute_force import HOUR, MINUTE, Scan, instant, moment

TRIES_MANY_WAYS = True

# Each names a zone and an instant near which its clock did something worth checking.
NOTABLE = {
    "spring, one hour": ("Europe/London", "2026-03-29T01:00Z"),
    "autumn, one hour": ("Europe/London", "2026-10-25T01:00Z"),
    "winter time is the exception": ("Europe/Dublin", "2026-10-25T01:00Z"),
    "half an hour forward": ("Australia/Lord_Howe", "2026-10-03T15:30Z"),
    "half an hour back": ("Australia/Lord_Howe", "2026-04-04T15:00Z"),
    "two hours": ("Antarctica/Troll", "2026-03-29T01:00Z"),
    "no midnight": ("America/Sao_Paulo", "2018-11-04T03:00Z"),
    "two midnights before it": ("America/Sao_Paulo", "2018-02-18T02:00Z"),
    "back across midnight, a minute late": ("America/Goose_Bay", "2010-11-07T03:01Z"),
    "forward across midnight": ("America/Toronto", "1919-03-31T04:30Z"),
    "the last hour of a day is missing": ("America/Nuuk", "2026-03-29T01:00Z"),
    "a missing date": ("Pacific/Apia", "2011-12-30T10:00Z"),
    "no midnight in Beirut": ("Asia/Beirut", "2026-03-28T22:00Z"),
    "two midnights in Beirut": ("Asia/Beirut", "2026-10-24T21:00Z"),
    "no midnight in Cairo": ("Africa/Cairo", "2026-04-23T22:00Z"),
    "the last hour of a day twice in Cairo": ("Africa/Cairo", "2026-10-29T21:00Z"),
    "a missing date on an atoll": ("Pacific/Kwajalein", "1993-08-21T12:00Z"),
    "a missing date at new year": ("Pacific/Kiritimati", "1994-12-31T10:00Z"),
    "a missing date in Manila": ("Asia/Manila", "1844-12-30T15:56Z"),
    "a doubled date": ("America/Juneau", "1867-10-18T00:31Z"),
    "a doubled date on an atoll": ("Pacific/Kwajalein", "1969-09-30T13:00Z"),
    "seconds in the offset": ("Africa/Monrovia", "1972-01-07T00:44:30Z"),
    "seconds before standard time": ("America/New_York", "1883-11-18T17:00Z"),
    "quarter hours": ("Asia/Kathmandu", "2026-05-01T00:00Z"),
    "quarter hours and summer time": ("Pacific/Chatham", "2026-04-04T14:00Z"),
    "the rule of later years": ("America/Santiago", "2199-04-07T03:00Z"),
    "the far end of the calendar": ("Europe/Paris", "9998-03-29T01:00Z"),
    "summer time ends for ever": ("America/Vancouver", "2026-11-01T09:00Z"),
}

CLOCKS = st.one_of(
    st.sampled_from(["00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "23:00", "23:59"]),
    st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59)),
)


ALWAYS = [{"weekday": weekday, "start": "00:00", "end": "24:00"} for weekday in range(7)]


@st.composite
def intervals(draw: st.DrawFn) -> list[str]:
    start, end = sorted([draw(CLOCKS), draw(CLOCKS | st.just("24:00"))])
    if start == "24:00":
        start = "00:00"
    return [start, draw(st.sampled_from([end, end, "24:00", "00:00"]))]


@st.composite
def spans(draw: st.DrawFn, center: datetime) -> list[str]:
    seconds = draw(st.integers(-50 * 3600, 70 * 3600))
    start = center + timedelta(seconds=seconds if draw(st.booleans()) else seconds // 300 * 300)
    length = draw(st.sampled_from([0, 1, 60, 900, 1800, 3600, 5400]))
    end = start + timedelta(seconds=length, microseconds=draw(st.sampled_from([0, 0, 1])))
    return [start.isoformat(), end.isoformat()]


@st.composite
def requests(draw: st.DrawFn, zone: str, center: datetime) -> dict[str, Any]:
    some = st.builds(
        lambda weekday, interval: {"weekday": weekday, "start": interval[0], "end": interval[1]},
        st.integers(0, 6),
        intervals(),
    )
    near = st.integers(-2, 3).map(lambda days: (center.date() + timedelta(days=days)).isoformat())
    override = st.fixed_dictionaries({"date": near, "intervals": st.lists(intervals(), max_size=3)})
    range_start = center + timedelta(minutes=draw(st.integers(-40 * 60, 20 * 60)))
    return {
        "mentor_timezone": zone,
        "weekly_rules": draw(st.just(ALWAYS) | st.lists(some, min_size=3, max_size=16)),
        "overrides": draw(st.lists(override, max_size=4)),
        "busy": draw(st.lists(spans(center), max_size=4)),
        "bookings": draw(st.lists(spans(center), max_size=3)),
        "session_minutes": draw(st.sampled_from([1, 15, 30, 45, 60, 90, 500, 1440, 2000])),
        "slot_step_minutes": draw(st.sampled_from([1, 5, 7, 15, 20, 30, 40, 45, 60, 90, 1440])),
        "buffer_before_minutes": draw(st.sampled_from([0, 0, 5, 15, 61])),
        "buffer_after_minutes": draw(st.sampled_from([0, 0, 5, 10, 95])),
        "min_notice_minutes": draw(st.sampled_from([0, 0, 7, 120])),
        "horizon_days": draw(st.none() | st.integers(0, 3)),
        "max_per_day": draw(st.none() | st.integers(0, 2)),
        "now": (center + timedelta(seconds=draw(st.integers(-60 * 3600, 10 * 3600)))).isoformat(),
        "range_start": range_start.isoformat(),
        "range_end": (range_start + timedelta(minutes=draw(st.integers(0, 44 * 60)))).isoformat(),
    }


def assert_same(request: dict[str, Any]) -> Scan:
    scan = Scan(request)

    assert format_slots(compute_slots(parse_request(request))) == scan.starts()
    return scan


def thoroughly(examples: int) -> settings:
    """Settings under which two runs look at the same examples and leave no file behind."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("place", NOTABLE)
@thoroughly(20)
@given(data=st.data())
def test_near_notable_clock_changes_the_starts_are_those_of_a_scan_of_every_minute(
    place: str, data: st.DataObject
) -> None:
    zone, text = NOTABLE[place]

    assert_same(data.draw(requests(zone, datetime.fromisoformat(text))))


@thoroughly(120)
@given(data=st.data())
def test_in_any_zone_and_year_the_starts_are_those_of_a_scan_of_every_minute(data: st.DataObject) -> None:
    zone = data.draw(st.sampled_from(sorted(zone_names())))
    center = data.draw(st.integers(-68_000_000, 68_000_000).map(lambda minutes: to_datetime(minutes * MINUTE)))

    assert_same(data.draw(requests(zone, center)))


@thoroughly(120)
@given(data=st.data())
def test_wherever_a_range_is_cut_its_parts_offer_what_the_whole_does(data: st.DataObject) -> None:
    zone, text = data.draw(st.sampled_from(list(NOTABLE.values())))
    request = data.draw(requests(zone, datetime.fromisoformat(text)))
    begin, end = (instant(request[name]) for name in ("range_start", "range_end"))
    cut = moment(
        data.draw(st.integers(begin, end) | st.integers(begin, end).map(lambda at: min(end, at // HOUR * HOUR)))
    )
    cut = max(cut, moment(begin))

    def offered(since: datetime, until: datetime) -> list[datetime]:
        asked = {**request, "range_start": since.isoformat(), "range_end": until.isoformat()}
        return compute_slots(parse_request(asked))

    assert offered(moment(begin), cut) + offered(cut, moment(end)) == offered(moment(begin), moment(end))


def first_rule(scan: Scan, start: int) -> Rule:
    """The first rule that stands against a start that is not offered, found by counting."""
    asked, day = scan.request, scan.date_of(start)
    before, after = asked["buffer_before_minutes"] * MINUTE, asked["buffer_after_minutes"] * MINUTE
    notice = instant(asked["now"]) + asked["min_notice_minutes"] * MINUTE
    spans = {
        name: [(instant(a), instant(b)) for a, b in asked[name] if instant(a) != instant(b)]
        for name in ("busy", "bookings")
    }

    def within(name: str, early: int, late: int) -> bool:
        return any(a - early <= start < b + late for a, b in spans[name])

    last = scan.date_of(instant(asked["now"])) + timedelta(days=asked["horizon_days"] or 0)
    named = [item for item in asked["overrides"] if item["date"] == day.isoformat()]
    closed = all(a == b for item in named for a, b in item["intervals"])
    sessions = sum(scan.date_of(a) == day for a, _ in spans["bookings"])
    found = (
        (Rule.DAY_OFF, bool(named) and closed),
        (Rule.OUTSIDE_HOURS, not any(a <= start < b for a, b in scan.hours.get(day, []))),
        (Rule.HORIZON, asked["horizon_days"] is not None and day > last),
        (Rule.NOTICE, start < notice),
        (Rule.DAILY_CAP, asked["max_per_day"] is not None and sessions >= asked["max_per_day"]),
        (Rule.BOOKING, within("bookings", 0, 0)),
        (Rule.BOOKING_BUFFER, within("bookings", before + after, before + after)),
        (Rule.BUSY, within("busy", 0, 0)),
        (Rule.BUSY_BUFFER, within("busy", after, before)),
        (Rule.DOES_NOT_FIT, not scan.fits(start)),
    )
    return next((rule for rule, holds in found if holds), Rule.OFF_GRID)


@pytest.mark.parametrize("place", NOTABLE)
@thoroughly(12)
@given(data=st.data())
def test_any_minute_is_either_offered_or_told_the_first_rule_that_stands_against_it(
    place: str, data: st.DataObject
) -> None:
    zone, text = NOTABLE[place]
    request = data.draw(requests(zone, datetime.fromisoformat(text)))
    parsed, scan = parse_request(request), Scan(request)
    begin, end = scan.range
    if begin == end:
        return
    minutes = st.integers(begin // MINUTE, (end - 1) // MINUTE).map(lambda minute: max(begin, minute * MINUTE))
    offered = {instant(start) for start in scan.starts()}
    for start in data.draw(st.lists(minutes, min_size=6, max_size=12, unique=True)):
        expected = None if start in offered else first_rule(scan, start)
        assert rule_against(parsed, to_datetime(start)) == expected


@thoroughly(60)
@given(data=st.data())
def test_every_time_of_the_grids_is_offered_or_explained_and_never_both(data: st.DataObject) -> None:
    zone, text = data.draw(st.sampled_from(list(NOTABLE.values())))
    parsed = parse_request(request := data.draw(requests(zone, datetime.fromisoformat(text))))
    told = explain(parsed)
    explained, offered = {item.start for item in told}, set(compute_slots(parsed))
    open_always = {**request, "weekly_rules": ALWAYS, "overrides": [], "busy": [], "bookings": []}
    no_limits = {"min_notice_minutes": 0, "horizon_days": None, "max_per_day": None, "session_minutes": 1}
    early = (datetime.fromisoformat(request["range_start"]) - timedelta(days=9)).isoformat()
    plain = set(compute_slots(parse_request({**open_always, **no_limits, "now": early})))

    assert not explained & offered
    assert plain <= explained | offered
    few = told[:: max(1, len(told) // 5)]
    assert [item.rule for item in few] == [rule_against(parsed, item.start) for item in few]


@thoroughly(120)
@given(data=st.data())
def test_a_start_fits_whenever_its_session_is_free_whatever_grid_and_range_say(data: st.DataObject) -> None:
    zone, text = data.draw(st.sampled_from(list(NOTABLE.values())))
    request = data.draw(requests(zone, datetime.fromisoformat(text)))
    scan = Scan(request)
    begin, end = scan.range
    start = data.draw(st.integers(begin // MINUTE, end // MINUTE)) * MINUTE
    scan.range = scan.points[0], scan.points[-1]

    assert fits(parse_request(request), to_datetime(start)) == (scan.is_allowed(start) and scan.fits(start))
