"""Zones by the names people use, and the moments at which a page that is left open is no longer right."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mentorhub.domain.common.moments import clock_note, next_turn, place_in_words, place_then, zone_note
from mentorhub.domain.common.zones import CITIES, zone_called

LONDON, KOLKATA = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("called", "zone"),
    [
        ("Europe/London", "Europe/London"),
        (" london ", "Europe/London"),
        ("new york", "America/New_York"),
        ("PUNE", "Asia/Kolkata"),
        ("Calcutta", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("UTC", "UTC"),
        ("Atlantis", None),
        ("", None),
        ("../etc/passwd", None),
    ],
)
def test_a_zone_is_found_by_its_name_or_by_a_city(called: str, zone: str | None) -> None:
    assert zone_called(called) == zone


def test_a_zone_that_only_the_machine_knows_is_not_found(machine_zone: str) -> None:
    assert zone_called(machine_zone) is None


def test_every_city_lies_in_a_zone_that_exists() -> None:
    assert all(ZoneInfo(zone).key == zone for zone in CITIES.values())


@pytest.mark.parametrize(
    ("zone", "now", "turns"),
    [
        ("Europe/London", "2026-11-24T12:00:00Z", "2026-11-25T00:00:00Z"),
        ("Asia/Kolkata", "2026-11-24T12:00:00Z", "2026-11-24T18:30:00Z"),
        ("Europe/London", "2026-10-25T00:10:00Z", "2026-10-25T01:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T14:00:00Z", "2026-10-03T15:30:00Z"),
        ("America/Sao_Paulo", "2018-11-03T20:00:00Z", "2018-11-04T03:00:00Z"),
        ("Pacific/Apia", "2011-12-30T02:00:00Z", "2011-12-30T10:00:00Z"),
    ],
)
def test_a_page_is_right_until_the_local_date_or_the_clock_changes(zone: str, now: str, turns: str) -> None:
    found = next_turn(at(now), ZoneInfo(zone))

    assert 0 <= (found - at(turns)).total_seconds() <= 1


def test_a_clock_change_before_a_time_that_is_shown_is_told_for_each_side_that_changes() -> None:
    note = clock_note((KOLKATA, LONDON), at("2026-10-20T09:00Z"), at("2026-10-28T09:00Z"))

    assert note == "Clocks in London go back on Sunday 25 October. Times after that are on the new clock."
    assert clock_note((KOLKATA, LONDON), at("2026-11-20T09:00Z"), at("2026-11-28T09:00Z")) == ""
    assert "forward on Sunday 28 March" in clock_note(
        (LONDON, LONDON), at("2027-03-20T09:00Z"), at("2027-03-29T09:00Z")
    )


def test_a_place_is_named_with_the_offset_its_clocks_have_at_that_time() -> None:
    winter, summer = at("2027-01-07T09:00:00+00:00"), at("2027-07-07T09:00:00+00:00")

    assert [place_then(LONDON, moment) for moment in (winter, summer)] == ["London (UTC+0)", "London (UTC+1)"]
    assert place_then(KOLKATA, summer) == "Kolkata (UTC+5:30)"


@pytest.mark.parametrize("key", ["UTC", "Etc/UTC"])
def test_a_clock_that_is_utc_is_named_once(key: str) -> None:
    zone, summer = ZoneInfo(key), at("2027-07-07T09:00:00+00:00")

    assert place_then(zone, summer) == place_in_words(zone, summer) == "UTC"
    assert zone_note(zone, summer) == ""


def test_a_place_is_named_with_the_letters_its_clocks_go_by() -> None:
    summer = at("2027-07-07T09:00:00+00:00")

    assert place_in_words(KOLKATA, summer) == "Kolkata (IST, UTC+5:30)"
    assert place_in_words(ZoneInfo("America/Sao_Paulo"), summer) == "Sao Paulo (UTC-3)"
