"""How far one has come, and how the line is drawn."""

from datetime import date

import pytest

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.goals.rules import (
    Progress,
    asks_whether_reached,
    checked_target,
    checked_title,
    checked_why,
    moved,
    progress,
    stations,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("done", "percent", "complete"),
    [
        ([], 0, False),
        ([False], 0, False),
        ([True], 100, True),
        ([True, False, False], 33, False),
        ([True, True, False], 66, False),
        ([True] * 3, 100, True),
    ],
)
def test_progress_is_done_milestones_of_all(done: list[bool], percent: int, *, complete: bool) -> None:
    found = progress(done)

    assert (found, found.percent, found.is_complete) == (Progress(sum(done), len(done)), percent, complete)


@pytest.mark.parametrize(
    ("done", "line"),
    [
        ([], []),
        ([False], ["now"]),
        ([False, False, False], ["now", "ahead", "end"]),
        ([True, False, False, False], ["done", "now", "ahead", "end"]),
        ([False, True, False], ["now", "done", "end"]),
        ([True, True], ["done", "done"]),
        ([True, False], ["done", "now"]),
    ],
)
def test_the_first_open_milestone_is_now_and_the_last_the_end(done: list[bool], line: list[str]) -> None:
    assert [station.value for station in stations(done)] == line


def test_one_asks_only_when_the_last_open_item_of_an_open_milestone_is_ticked() -> None:
    assert asks_whether_reached(items_done=[True, True], is_done=False) is True
    assert asks_whether_reached(items_done=[True, False], is_done=False) is False
    assert asks_whether_reached(items_done=[True, True], is_done=True) is False
    assert asks_whether_reached(items_done=[], is_done=False) is False


@pytest.mark.parametrize(
    ("place", "to", "order"),
    [(0, 2, [1, 2, 0, 3]), (3, 0, [3, 0, 1, 2]), (1, 1, [0, 1, 2, 3]), (1, 99, [0, 2, 3, 1]), (2, -5, [2, 0, 1, 3])],
)
def test_a_milestone_is_put_at_its_new_place(place: int, to: int, order: list[int]) -> None:
    assert moved(range(4), place=place, to=to) == order


def test_a_title_has_three_to_a_hundred_and_twenty_characters() -> None:
    assert checked_title("title", "  Ship  it \n", needed="!") == "Ship it"
    assert checked_title("title", "abc", needed="!") == "abc"
    assert checked_title("title", "a" * 120, needed="!") == "a" * 120
    for wrong in ("", "ab", "a" * 121):
        with pytest.raises(FieldError) as refusal:
            checked_title("title", wrong, needed="Please say it.")
        assert refusal.value.field == "title"


def test_a_reason_has_up_to_four_hundred_characters() -> None:
    assert checked_why(" ") == ""
    with pytest.raises(FieldError):
        checked_why("a" * 401)


def test_a_target_is_today_or_later_and_within_ten_years() -> None:
    assert checked_target(None, today=TODAY) is None
    assert checked_target(TODAY, today=TODAY) == TODAY
    for wrong in (date(2026, 11, 23), date(2040, 1, 1)):
        with pytest.raises(FieldError) as refusal:
            checked_target(wrong, today=TODAY)
        assert refusal.value.field == "target_on"
