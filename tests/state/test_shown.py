"""Pieces several pages share: what the two-zone ribbon says."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mentorhub.state import shown

LONDON, KOLKATA = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")
SUMMER = datetime(2027, 7, 7, 9, 0, tzinfo=UTC)


def test_the_ribbon_names_both_clocks_with_their_offsets_of_that_day() -> None:
    half_an_hour = SUMMER + timedelta(minutes=30)

    ribbon = shown.meeting(SUMMER, half_an_hour, zone=KOLKATA, their_zone=LONDON, their_name="Kabir Deshmukh")

    assert (ribbon.your_place, ribbon.your_time) == ("Kolkata (UTC+5:30)", "Wed 7 Jul, 14:30 to 15:00")
    assert (ribbon.their_place, ribbon.their_time) == ("London (UTC+1)", "Wed 7 Jul, 10:00 to 10:30")


def test_the_ribbon_keeps_the_offset_beside_the_city_a_mentor_lives_in() -> None:
    ribbon = shown.meeting(
        SUMMER, SUMMER, zone=KOLKATA, their_zone=LONDON, their_name="Kabir Deshmukh", their_place="Leeds"
    )

    assert ribbon.their_place == "Leeds (UTC+1)"
