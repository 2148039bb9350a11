"""What a clock change does to a start that two people keep, and the limits in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mentorhub.domain.scheduling.rules.editing import HoursRow, Limits
from mentorhub.state.clock_change import ClockChangeShown, clock_change
from mentorhub.state.limits_shown import limits_shown, notes_on

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NINE = HoursRow(1, "09:00", "12:00")
LONDON, KOLKATA, NEW_YORK, LAGOS = map(ZoneInfo, ("Europe/London", "Asia/Kolkata", "America/New_York", "Africa/Lagos"))


def test_a_mentors_own_clock_moves_the_mentee() -> None:
    change = clock_change(NINE, LONDON, KOLKATA, TUESDAY)

    assert change.title == "London goes forward on Sunday 28 March 2027"
    assert (change.start, change.until, change.since) == ("Your Tuesday 09:00", "Until 27 March", "From 28 March")
    assert (change.yours, change.your_zone, change.your_new) == ("09:00", "UTC+0", "UTC+1")
    assert (change.theirs, change.their_new, change.their_change) == ("14:30", "13:30", "UTC+5:30, 1 h earlier")


def test_the_side_whose_clock_changes_first_is_named() -> None:
    change = clock_change(NINE, LONDON, NEW_YORK, TUESDAY)

    assert change.title == "New York goes forward on Sunday 14 March 2027"
    assert (change.theirs, change.their_new, change.their_change) == ("04:00", "05:00", "UTC-4, 1 h later")


@pytest.mark.parametrize(
    ("row", "mine", "theirs"), [(NINE, LAGOS, KOLKATA), (NINE, LONDON, LONDON), (None, LONDON, KOLKATA)]
)
def test_nothing_is_said_when_nothing_moves(row: HoursRow | None, mine: ZoneInfo, theirs: ZoneInfo) -> None:
    assert clock_change(row, mine, theirs, TUESDAY) == ClockChangeShown()


def test_every_limit_is_among_its_answers_in_words() -> None:
    shown = {one.name: one for one in limits_shown(Limits("Europe/London", 45, 25, 0, 1440, 45, None, 7))}

    said = {
        name: next(choice.label for choice in one.choices if choice.value == one.value) for name, one in shown.items()
    }
    assert said == {
        "buffer_before_minutes": "25 minutes",
        "buffer_after_minutes": "None",
        "min_notice_minutes": "24 hours",
        "slot_step_minutes": "45 minutes",
        "max_per_day": "No limit",
        "max_per_week": "At most 7",
        "horizon_days": "45 days",
    }
    assert [choice.value for choice in shown["buffer_before_minutes"].choices][4:7] == ["20", "25", "30"]


def test_the_note_under_the_preview_says_what_keeps_times_away() -> None:
    assert notes_on(Limits("UTC", buffer_after_minutes=0, min_notice_minutes=0)) == "Taken times are crossed out."
    assert notes_on(Limits("UTC", buffer_after_minutes=10, min_notice_minutes=90)) == (
        "Taken times are crossed out. Breaks of 10 minutes stay free around each session. "
        "Nothing shows within your notice of 1 h 30 min."
    )
