"""Calendars of other programs as busy times: what counts, on whose clock, and what no calendar may cost us."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorhub.domain.scheduling.errors import CalendarUnreadable
from mentorhub.domain.scheduling.service import busy_spans
from tests.calendar_server import calendar

STARTS_PROCESSES = True
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MEETING = "DTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z"


def spans(*events: str, head: str = "", zone: str = "Europe/London", own: tuple[str, ...] = ()) -> list[str]:
    """The busy spans in UTC, such as "1124 0900-1000"; a later end day is named too."""
    found = busy_spans(calendar(*events, head=head), zone=zone, own_uids=own, now=NOW).spans
    return [
        f"{begins:%m%d %H%M}-{ends:%H%M}" + (f" {ends:%m%d}" if ends.date() != begins.date() else "")
        for begins, ends in found
    ]


def refusal(content: bytes) -> str:
    with pytest.raises(CalendarUnreadable) as caught:
        busy_spans(content, zone="Europe/London", now=NOW)
    return caught.value.message


def test_free_and_cancelled_events_and_moments_without_length_do_not_count() -> None:
    assert spans(MEETING) == ["1124 0900-1000"]
    assert spans(f"{MEETING}\r\nTRANSP:TRANSPARENT") == []
    assert spans(f"{MEETING}\r\nSTATUS:CANCELLED") == []
    assert spans(f"{MEETING}\r\nSTATUS:TENTATIVE") == ["1124 0900-1000"]
    assert spans("DTSTART:20261124T090000Z") == []


def test_overlapping_and_touching_events_become_one_span() -> None:
    assert spans(
        MEETING, "DTSTART:20261124T100000Z\r\nDURATION:PT30M", "DTSTART:20261124T093000Z\r\nDURATION:PT5M"
    ) == ["1124 0900-1030"]


def test_a_whole_day_is_the_day_of_the_calendars_zone_or_else_the_mentors() -> None:
    day = "DTSTART;VALUE=DATE:20261124"

    assert spans(day, zone="America/New_York") == ["1124 0500-0500 1125"]
    assert spans(day, head="X-WR-TIMEZONE:Asia/Kolkata\r\n", zone="America/New_York") == ["1123 1830-1830 1124"]
    assert spans(f"{day}\r\nDTEND;VALUE=DATE:20261126") == ["1124 0000-0000 1126"]


def test_a_whole_day_over_a_clock_change_is_as_long_as_it_is() -> None:
    assert spans("DTSTART;VALUE=DATE:20270328") == ["0328 0000-2300"]
    assert spans("DTSTART;VALUE=DATE:20271031") == ["1030 2300-0000 1101"]


def test_a_weekly_meeting_keeps_its_local_hour_over_a_clock_change() -> None:
    weekly = "DTSTART;TZID=Europe/London:20270321T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2"

    assert spans(weekly) == ["0321 1000-1100", "0328 0900-1000"]


def test_moved_left_out_and_extra_occurrences_are_honoured() -> None:
    series = (
        "BEGIN:VEVENT\r\nUID:series\r\nDTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z\r\n"
        "RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:20261125T090000Z\r\nRDATE:20261128T090000Z\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:series\r\nRECURRENCE-ID:20261126T090000Z\r\n"
        "DTSTART:20261126T150000Z\r\nDTEND:20261126T153000Z\r\nEND:VEVENT\r\n"
    )

    assert spans(head=series) == ["1124 0900-1000", "1126 1500-1530", "1128 0900-1000"]


def test_zones_are_known_by_the_names_of_windows_and_strange_ones_are_said() -> None:
    assert spans("DTSTART;TZID=India Standard Time:20261124T090000\r\nDURATION:PT1H") == ["1124 0330-0430"]

    strange = calendar("DTSTART;TZID=Nowhere/Odd:20261124T090000\r\nDURATION:PT1H")
    busy = busy_spans(strange, zone="Asia/Kolkata", now=NOW)
    assert busy.spans[0][0] == datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    assert "Nowhere/Odd" in busy.warning
    assert "Asia/Kolkata" in busy.warning


def test_our_own_sessions_seen_in_another_calendar_do_not_count_twice() -> None:
    assert spans(MEETING, MEETING, own=("0@elsewhere.example", "1@elsewhere.example")) == []
    assert spans(MEETING, own=("another@mentorhub",)) == ["1124 0900-1000"]


def test_only_the_window_of_a_day_back_and_400_days_ahead_is_read() -> None:
    old, far = "DTSTART:20261120T090000Z\r\nDURATION:PT1H", "DTSTART:20280101T090000Z\r\nDURATION:PT1H"

    assert spans(old, far, MEETING) == ["1124 0900-1000"]


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\x00\xff\xfe", b"BEGIN:VTODO\r\nEND:VTODO\r\n"]
)
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    assert refusal(content) == "What the address answers is not a calendar, or a damaged one."


def test_a_web_page_and_broken_times_are_named() -> None:
    assert refusal(b" <!doctype html><p>Sign in") == "The address answers with a web page, not with a calendar."
    assert refusal(calendar("DTSTART:banana")) == "The calendar holds an entry whose times cannot be read."


@pytest.mark.parametrize(
    "damaged",
    [
        "DTSTART:banana",
        "DTSTART:20261125T090000Z\r\nDTEND:20261125T100000Z\r\nRRULE:FREQ=NEVER",
        "SUMMARY:No times at all",
        "DTSTART:20261125T090000Z\r\nDTEND:banana",
    ],
)
def test_beside_a_damaged_entry_the_others_count_and_it_is_said(damaged: str) -> None:
    for events in ((MEETING, damaged), (damaged, MEETING)):
        read = busy_spans(calendar(*events), zone="Europe/London", now=NOW)

        assert [f"{begins:%m%d %H%M}" for begins, _ in read.spans][:1] == ["1124 0900"]
        assert read.warning == "An entry of this calendar has times that cannot be read, so it closes nothing here."


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=HOURLY"])
def test_a_recurrence_nobody_could_list_is_stopped_in_time(rule: str) -> None:
    begun = time.monotonic()

    words = refusal(calendar(f"DTSTART:20261124T090000Z\r\nDTEND:20261124T090001Z\r\nRRULE:{rule}"))

    assert "repeats too often" in words or "more than 5,000 busy times" in words
    assert time.monotonic() - begun < 25


@settings(max_examples=12, deadline=None)
@given(
    days=st.lists(st.integers(0, 390), min_size=1, max_size=6),
    minutes=st.integers(1, 3000),
    zone=st.sampled_from(["Europe/London", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"]),
)
def test_any_moments_come_out_as_they_went_in(days: list[int], minutes: int, zone: str) -> None:
    starts = [datetime(2026, 11, 23, 7, 11, tzinfo=UTC) + timedelta(days=day) for day in days]
    events = [f"DTSTART:{at:%Y%m%dT%H%M%SZ}\r\nDURATION:PT{minutes}M" for at in starts]

    found = busy_spans(calendar(*events), zone=zone, now=NOW).spans

    for minute in (0, minutes - 1):
        assert all(any(b <= at + timedelta(minutes=minute) < e for b, e in found) for at in starts)
    assert sum((e - b for b, e in found), timedelta()) <= timedelta(minutes=minutes) * len(set(days))
    assert date(2026, 11, 23) <= found[0][0].date()
