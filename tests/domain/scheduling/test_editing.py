"""The hours form's own rules: what a person may type, and what is suggested."""

import pytest

from mentorhub.domain.scheduling.rules import WeeklyHours
from mentorhub.domain.scheduling.rules.editing import (
    HoursRow,
    clock_of,
    minute_typed,
    next_span,
    read_week,
)

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("9", 540),
        ("09:00", 540),
        (" 9:05 ", 545),
        ("0905", 545),
        ("9.05", 545),
        ("00:00", 0),
        ("24:00", 1440),
        ("24:05", None),
        ("9:5", None),
        ("9:60", None),
        ("", None),
        ("-1", None),
        ("٩:٠٠", None),
        ("9 am", None),
    ],
)
def test_times_are_read_as_people_write_them_and_nothing_else(typed: str, minute: int | None) -> None:
    assert minute_typed(typed) == minute


def test_a_minute_is_written_with_four_digits() -> None:
    assert (clock_of(0), clock_of(545), clock_of(1440)) == ("00:00", "09:05", "24:00")


def test_one_bad_row_leaves_the_others_standing_and_is_named_by_its_place() -> None:
    rows = [HoursRow(1, "9", "12"), HoursRow(5, "15:00", "14:00"), HoursRow(5, "10:00", "13:00")]

    week, wrong = read_week(rows)

    assert week == (WeeklyHours(1, 540, 720), WeeklyHours(5, 600, 780))
    assert {place: (refusal.field, str(refusal)) for place, refusal in wrong.items()} == {
        1: ("end", "The end is before the start.")
    }


def test_added_hours_begin_after_the_last_and_end_within_the_day() -> None:
    assert next_span([]) == (540, 720)
    assert next_span([(540, 720)]) == (780, 900)
    assert next_span([(540, 720), (1200, 1380)]) == (1380, 1440)
