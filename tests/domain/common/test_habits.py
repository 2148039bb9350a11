"""How a reader reads time: the day a week begins with, by what the browser says of its languages."""

import pytest

from mentorhub.domain.common import habits
from mentorhub.domain.common.habits import Habits

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


@pytest.mark.parametrize(
    ("header", "begins"),
    [
        ("en-GB", MONDAY),
        ("en-US", SUNDAY),
        ("ar-EG", SATURDAY),
        ("he-IL", SUNDAY),
        ("iw-IL", SUNDAY),
        ("pt-BR", SUNDAY),
        ("pt-PT", SUNDAY),
        ("de-DE", MONDAY),
        ("zh-TW", SUNDAY),
        ("zh-Hant-TW", SUNDAY),
        ("en-GB-oxendict", MONDAY),
        ("EN-us", SUNDAY),
    ],
)
def test_a_week_begins_as_it_does_where_the_browsers_language_is_spoken(header: str, begins: int) -> None:
    assert habits.week_begins(header) == begins


@pytest.mark.parametrize(
    ("header", "begins"), [("de", MONDAY), ("en", SUNDAY), ("pt", SUNDAY), ("ar", SATURDAY), ("zh-Hant", SUNDAY)]
)
def test_a_language_without_a_region_is_that_of_its_likeliest_region(header: str, begins: int) -> None:
    assert habits.week_begins(header) == begins


@pytest.mark.parametrize(("header", "begins"), [("de-US", SUNDAY), ("ar-DE", MONDAY), ("fr-EG", SATURDAY)])
def test_where_one_lives_decides_and_not_the_language_one_reads_there(header: str, begins: int) -> None:
    assert habits.week_begins(header) == begins


@pytest.mark.parametrize(
    ("header", "begins"),
    [
        ("en-US,en;q=0.9,de-DE;q=0.8", SUNDAY),
        ("de-DE;q=0.8, en-US;q=0.9", SUNDAY),
        ("en-US;q=0, ar-EG;q=0.1", SATURDAY),
        ("qq-QQ, xx, ar-EG;q=0.2", SATURDAY),
        ("*, ar-EG;q=0.2", SATURDAY),
    ],
)
def test_the_dearest_language_that_is_known_decides(header: str, begins: int) -> None:
    assert habits.week_begins(header) == begins


@pytest.mark.parametrize(
    "header", ["", "*", "qq", "en-QQ", "en_US", "en-US;q=much", ";;,,", "\x00\ud800", "x" * 10_000, "qq-QQ," * 2000]
)
def test_where_nothing_is_known_a_week_begins_on_monday(header: str) -> None:
    assert habits.week_begins(header) == MONDAY


def test_a_header_of_ten_thousand_letters_is_read_from_its_beginning() -> None:
    assert habits.week_begins("en-US," + "de-DE," * 2000) == SUNDAY


def test_the_weekdays_are_in_the_readers_order_and_keep_their_numbers() -> None:
    with habits.of(Habits(week_begins=SUNDAY)):
        assert habits.weekdays() == (6, 0, 1, 2, 3, 4, 5)
        assert [habits.place_in_week(day) for day in range(7)] == [1, 2, 3, 4, 5, 6, 0]
    assert habits.weekdays() == (0, 1, 2, 3, 4, 5, 6)
