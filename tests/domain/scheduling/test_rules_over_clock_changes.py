"""Hours on the wall clock when the clock jumps, repeats itself, or leaves a whole date out."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentorhub.domain.common.zones import zone_names
from mentorhub.domain.scheduling.rules.seasons import DAY, MINUTE
from mentorhub.domain.scheduling.rules.zones import zone_named
from tests.domain.scheduling.asking import every_day, starts, weekly
from tests.domain.scheduling.brute_force import EPOCH, HOUR, MICROSECOND, SECOND, instant, moment, zone_info


def on(zone: str, day: str, *hours: tuple[str, str], session: int = 30, step: int = 30) -> list[str]:
    """The starts of one date that opens those hours, whatever UTC days they fall on."""
    noon = datetime.fromisoformat(f"{day}T12:00Z")
    return starts(
        mentor_timezone=zone,
        weekly_rules=[],
        overrides=[{"date": day, "intervals": [list(interval) for interval in hours]}],
        session_minutes=session,
        slot_step_minutes=step,
        now=(noon - timedelta(days=9)).isoformat(),
        range_start=(noon - timedelta(days=4)).isoformat(),
        range_end=(noon + timedelta(days=4)).isoformat(),
    )


def test_hours_stay_on_the_wall_clock_when_summer_time_ends() -> None:
    found = starts(
        weekly_rules=weekly((5, "09:00", "10:00"), (0, "09:00", "10:00")),
        now="2026-10-20T00:00Z",
        range_start="2026-10-20T00:00Z",
        range_end="2026-10-28T00:00Z",
    )

    assert found == ["2026-10-24T08:00:00Z", "2026-10-26T09:00:00Z"]


def test_a_skipped_start_lands_later_by_the_jump() -> None:
    assert on("Europe/London", "2026-03-29", ("01:30", "03:30")) == [
        "2026-03-29T01:30:00Z",
        "2026-03-29T02:00:00Z",
    ]


def test_a_skipped_end_lands_later_by_the_jump() -> None:
    assert on("Europe/London", "2026-03-29", ("00:30", "01:30"))[-1] == "2026-03-29T01:00:00Z"


def test_hours_that_a_jump_turns_around_open_nothing_and_do_not_cut_others() -> None:
    assert on("Europe/London", "2026-03-29", ("01:30", "02:15")) == []
    assert on("Europe/London", "2026-03-29", ("01:30", "02:15"), ("02:00", "03:00")) == [
        "2026-03-29T01:00:00Z",
        "2026-03-29T01:30:00Z",
    ]


def test_of_a_doubled_time_the_first_counts_for_starts_and_ends() -> None:
    assert on("Europe/London", "2026-10-25", ("01:00", "01:30")) == ["2026-10-25T00:00:00Z"]
    assert on("Europe/London", "2026-10-25", ("01:30", "02:30"), session=60, step=60) == ["2026-10-25T01:00:00Z"]


def test_the_first_time_after_a_doubled_hour_comes_once() -> None:
    assert on("Europe/London", "2026-10-25", ("02:00", "03:00"))[0] == "2026-10-25T02:00:00Z"


def test_the_grid_goes_on_in_elapsed_time_through_a_change() -> None:
    assert on("Australia/Lord_Howe", "2026-10-04", ("01:00", "05:00"), step=60) == [
        "2026-10-03T14:30:00Z",
        "2026-10-03T15:30:00Z",
        "2026-10-03T16:30:00Z",
        "2026-10-03T17:30:00Z",
    ]


def test_a_gap_that_begins_just_before_a_change_finds_its_grid_on_the_new_clock() -> None:
    assert on("Australia/Lord_Howe", "2026-10-04", ("01:45", "05:00"), step=60) == [
        "2026-10-03T16:00:00Z",
        "2026-10-03T17:00:00Z",
    ]


def test_a_day_without_a_midnight_begins_at_one() -> None:
    assert on("America/Sao_Paulo", "2018-11-04", ("00:00", "02:00")) == [
        "2018-11-04T03:00:00Z",
        "2018-11-04T03:30:00Z",
    ]


def test_the_last_hour_of_a_day_comes_twice_where_midnight_puts_the_clock_back() -> None:
    assert on("America/Sao_Paulo", "2018-02-17", ("23:00", "24:00"), step=60) == [
        "2018-02-18T01:00:00Z",
        "2018-02-18T02:00:00Z",
    ]


def test_hours_into_a_skipped_midnight_are_clipped_to_their_date() -> None:
    assert on("America/Toronto", "1919-03-30", ("23:00", "24:00")) == ["1919-03-31T04:00:00Z"]
    assert on("America/Toronto", "1919-03-31", ("00:00", "02:00")) == [
        "1919-03-31T05:00:00Z",
        "1919-03-31T05:30:00Z",
    ]


def test_what_comes_again_after_midnight_belongs_to_the_new_date() -> None:
    """In Goose Bay the clock went from 00:01 back to 23:01: the second 23:30 is not of the old date."""
    old, new = "2010-11-06", "2010-11-07"

    assert on("America/Goose_Bay", old, ("23:00", "24:00")) == [
        "2010-11-07T02:00:00Z",
        "2010-11-07T02:30:00Z",
    ]
    assert on("America/Goose_Bay", new, ("00:00", "00:30"))[:2] == [
        "2010-11-07T03:00:00Z",
        "2010-11-07T03:30:00Z",
    ]


def test_today_and_the_days_sessions_are_counted_on_the_new_date_when_its_evening_comes_again() -> None:
    """At 03:30Z the clock of Goose Bay shows 23:30 of the old date for the second time."""
    asked = {
        "mentor_timezone": "America/Goose_Bay",
        "weekly_rules": every_day("00:00", "24:00"),
        "slot_step_minutes": 60,
        "now": "2010-11-07T03:30Z",
        "range_start": "2010-11-07T00:00Z",
        "range_end": "2010-11-09T00:00Z",
    }
    booking = ["2010-11-07T03:30Z", "2010-11-07T04:00Z"]
    today = [f"2010-11-{7 + hour // 24:02}T{hour % 24:02}:00:00Z" for hour in range(4, 28)]

    assert starts(**asked, horizon_days=0) == today
    assert starts(**asked, bookings=[booking], max_per_day=1)[0] == "2010-11-08T04:00:00Z"


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21"), ("Asia/Manila", "1844-12-31")],
)
def test_a_date_that_the_zone_left_out_opens_nothing(zone: str, day: str) -> None:
    assert on(zone, day, ("00:00", "24:00")) == []


def test_open_time_continues_over_a_date_that_was_left_out() -> None:
    found = starts(
        mentor_timezone="Pacific/Apia",
        weekly_rules=weekly((3, "22:00", "24:00"), (4, "10:00", "12:00"), (5, "00:00", "02:00")),
        session_minutes=240,
        now="2011-12-01T00:00Z",
        range_start="2011-12-29T00:00Z",
        range_end="2012-01-01T00:00Z",
    )

    assert found == ["2011-12-30T08:00:00Z"]


def test_of_a_doubled_date_only_the_first_hours_open() -> None:
    """Kwajalein lived 30 September 1969 twice over; both passes of the evening are one date."""
    assert on("Pacific/Kwajalein", "1969-09-30", ("10:00", "11:00")) == [
        "1969-09-29T23:00:00Z",
        "1969-09-29T23:30:00Z",
    ]


def test_seconds_in_an_offset_keep_starts_on_whole_minutes_of_utc() -> None:
    found = starts(
        mentor_timezone="Africa/Monrovia",
        weekly_rules=every_day("09:00", "10:00"),
        session_minutes=30,
        now="1971-05-01T00:00Z",
        range_start="1971-06-01T00:00Z",
        range_end="1971-06-02T00:00Z",
    )

    assert found == ["1971-06-01T09:45:00Z"]


@pytest.mark.parametrize("name", ["Europe/Nowhere", "europe/london", "localtime", "posixrules", "../zones", ""])
def test_only_zones_and_links_of_the_iana_database_are_zones(name: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        zone_named(name)


def test_links_and_unusual_zones_of_the_database_are_zones() -> None:
    assert {"GB", "US/Pacific", "Etc/GMT+12", "EST5EDT", "Asia/Calcutta", "Zulu", "Factory"} <= zone_names()


def watched(zone: ZoneInfo, around: int) -> bool:
    """Whether the standard library is right there: just after a zone's last listed change it is not."""
    return zone.key not in ("America/Nuuk", "America/Godthab") or abs(around - instant("2023-10-29T01:00Z")) > DAY


@pytest.mark.parametrize("years", [(1800, 1935), (1935, 2000), (2000, 2050), (2395, 2405), (9990, 9998)])
def test_every_zone_agrees_with_the_standard_library_around_all_its_changes(years: tuple[int, int]) -> None:
    begin, end = (instant(f"{year}-01-01T00:00Z") for year in years)
    near = (-DAY, -2 * HOUR, -SECOND, 0, SECOND, 29 * MINUTE, 3 * HOUR)
    differences = []
    for name in sorted(zone_names()):
        ours, theirs = zone_named(name), zone_info(name)
        change = begin
        while change < end:
            for at in (change + distance for distance in near):
                offset = ours.stretch(at).offset
                if offset != moment(at).astimezone(theirs).utcoffset() // MICROSECOND:
                    differences.append((name, moment(at)))
                for local in {at + offset, at + ours.stretch(change - 1).offset}:
                    wall = moment(local).replace(tzinfo=theirs)
                    if watched(theirs, at) and ours.instant_of(local) != (wall - EPOCH) // MICROSECOND:
                        differences.append((name, wall))
            change = ours.stretch(change).ends
    assert differences == []
