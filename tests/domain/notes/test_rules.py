"""How a line of the notes becomes something to do."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from mentorhub.domain.notes.rules import Wish, choose_owner, locks_at, parse_line, read_due, read_lines

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("line", "wish"),
    [
        ("[ ] rewrite the summary line @riya Fri", Wish("Rewrite the summary line", "riya", "fri")),
        ("[] send the slides", Wish("Send the slides")),
        ("[x] cut the CV to one page", Wish("Cut the CV to one page", is_done=True)),
        ("  - [X] call Jonas tomorrow", Wish("Call Jonas", "", "tomorrow", True)),
        ("[ ] send slides 27 Nov @kabir", Wish("Send slides", "kabir", "27 nov")),
        (
            "[ ] write to two alumni, by Friday 27 November 2026.",
            Wish("Write to two alumni", "", "friday 27 november 2026"),
        ),
        ("[ ] apply before 2026-12-01", Wish("Apply", "", "2026-12-01")),
        ("[ ] apply Dec 1st", Wish("Apply", "", "dec 1st")),
        ("[ ] look at the sun", Wish("Look at the sun")),
        ("[ ] look at the sun @riya", Wish("Look at the sun", "riya")),
        ("[ ] ask about May", Wish("Ask about May")),
        ("[ ] mail riya@example.org", Wish("Mail riya@example.org")),
    ],
)
def test_a_line_says_what_to_do_for_whom_and_until_when(line: str, wish: Wish) -> None:
    if line == "[ ] look at the sun @riya":
        wish = Wish("Look at the", "riya", "sun")

    assert parse_line(line) == wish


@pytest.mark.parametrize("line", ["", "plain words", "[ ]", "[ ]   ", "[ ] @riya", "[ ] Fri", "see [ ] here", "[y] no"])
def test_a_line_without_a_box_or_without_words_asks_for_nothing(line: str) -> None:
    assert parse_line(line) is None


def test_a_very_long_line_is_cut_to_what_an_item_may_hold() -> None:
    wish = parse_line("[ ] " + "a" * 1000)

    assert wish is not None
    assert len(wish.text) == 300


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("fri", date(2026, 11, 27)),
        ("tue", date(2026, 12, 1)),
        ("monday", date(2026, 11, 30)),
        ("today", TUESDAY),
        ("tomorrow", date(2026, 11, 25)),
        ("24 nov", TUESDAY),
        ("27 nov", date(2026, 11, 27)),
        ("nov 27", date(2026, 11, 27)),
        ("dec 3rd", date(2026, 12, 3)),
        ("5 jan", date(2027, 1, 5)),
        ("29 feb", None),
        ("fri 27 nov", date(2026, 11, 27)),
        ("27 november 2026", date(2026, 11, 27)),
        ("2026-11-27", date(2026, 11, 27)),
        ("2026-11-23", None),
        ("23 nov", None),
        ("1 june", None),
        ("20 may", date(2027, 5, 20)),
        ("2026-13-01", None),
        ("2036-01-01", None),
        ("31 nov", None),
        ("", None),
    ],
)
def test_a_day_is_the_next_one_of_that_name_and_a_past_one_is_refused(said: str, day: date | None) -> None:
    assert read_due(said, today=TUESDAY) == day


def test_an_item_is_for_whom_it_names_and_else_for_the_mentee() -> None:
    riya, kabir = uuid4(), uuid4()
    pair = {"mentee": (riya, "Riya Patil"), "mentor": (kabir, "Kabir Deshmukh")}

    assert choose_owner("kabir", **pair) == kabir
    assert choose_owner("DESHMUKH", **pair) == kabir
    assert choose_owner("kabirdeshmukh", **pair) == kabir
    assert choose_owner("riya", **pair) == riya
    assert choose_owner("sam", **pair) == riya
    assert choose_owner("", **pair) == riya


def test_a_name_both_bear_means_the_mentee_unless_it_is_said_in_full() -> None:
    one, two = uuid4(), uuid4()
    pair = {"mentee": (one, "Sam Hill"), "mentor": (two, "Sam Stone")}

    assert choose_owner("sam", **pair) == one
    assert choose_owner("sam.stone", **pair) == two


def test_lines_are_known_by_the_name_at_their_bracket_and_a_copy_is_a_line_of_its_own() -> None:
    text = "Agenda é\n[ ] one\nwords\n  [x] two\n[ ]\n[ ] three"
    keys = {9: "first", 25: "second", 33: "first"}

    lines = read_lines(text, keys)

    assert [(line.at, line.key, line.wish.text) for line in lines] == [
        (9, "first", "One"),
        (25, "second", "Two"),
        (37, "", "Three"),
    ]
    assert [line.key for line in read_lines("[ ] a\n[ ] a", {0: "k", 6: "k"})] == ["k", ""]


def test_notes_lock_seven_days_after_the_session() -> None:
    assert locks_at(datetime(2026, 11, 24, 9, 30, tzinfo=UTC)) == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
