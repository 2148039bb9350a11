"""The rules and a scan of every minute agree: ordinary weeks, clock changes, doubled and missing dates."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorhub.domain.scheduling.rules import (
    compute_slots,
    fits,
    format_slots,
    parse_request,
    to_datetime,
    zone_names,
)
from tests.domain.scheduling.brute_force import MINUTE, Scan

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
    always = [{"weekday": weekday, "start": "00:00", "end": "24:00"} for weekday in range(7)]
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
        "weekly_rules": draw(st.just(always) | st.lists(some, min_size=3, max_size=16)),
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
def test_a_start_fits_whenever_its_session_is_free_whatever_grid_and_range_say(data: st.DataObject) -> None:
    zone, text = data.draw(st.sampled_from(list(NOTABLE.values())))
    request = data.draw(requests(zone, datetime.fromisoformat(text)))
    scan = Scan(request)
    begin, end = scan.range
    start = data.draw(st.integers(begin // MINUTE, end // MINUTE)) * MINUTE
    scan.range = scan.points[0], scan.points[-1]

    assert fits(parse_request(request), to_datetime(start)) == (scan.is_allowed(start) and scan.fits(start))
