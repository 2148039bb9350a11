"""The journal numbers every coming and going once, and survives a crash."""

from pathlib import Path

from mentorhub.video.attendance import MOST_AT_ONCE, Entry, Journal

NINE = 1_800_000_000.0


def _facts(entries: list[Entry]) -> list[tuple[int, str, str, float, str]]:
    return [(e.sequence, e.user_id, e.event, e.at - NINE, e.reason) for e in entries]


def test_who_joined_and_left_is_read_from_any_number_on(tmp_path: Path) -> None:
    journal = Journal(tmp_path, now=NINE)
    journal.joined(booking_id="b1", user_id="riya", role="mentee", at=NINE + 1)
    journal.joined(booking_id="b1", user_id="kabir", role="mentor", at=NINE + 2)
    journal.left(booking_id="b1", user_id="riya", at=NINE + 60, reason="left")

    assert _facts(journal.after(0)) == [
        (1, "riya", "joined", 1, ""),
        (2, "kabir", "joined", 2, ""),
        (3, "riya", "left", 60, "left"),
    ]
    assert _facts(journal.after(2)) == [(3, "riya", "left", 60, "left")]
    assert journal.after(3) == []
    assert journal.after(0)[2].role == "mentee"


def test_saying_the_same_twice_is_one_fact(tmp_path: Path) -> None:
    journal = Journal(tmp_path, now=NINE)
    for at in (1, 2):
        journal.joined(booking_id="b1", user_id="riya", role="mentee", at=NINE + at)
    for at in (3, 4):
        journal.left(booking_id="b1", user_id="riya", at=NINE + at, reason="left")

    assert _facts(journal.after(0)) == [(1, "riya", "joined", 1, ""), (2, "riya", "left", 3, "left")]


def test_nobody_leaves_before_they_came(tmp_path: Path) -> None:
    journal = Journal(tmp_path, now=NINE)
    journal.joined(booking_id="b1", user_id="riya", role="mentee", at=NINE + 10)
    journal.left(booking_id="b1", user_id="riya", at=NINE + 3, reason="lost")

    assert [entry.at for entry in journal.after(0)] == [NINE + 10, NINE + 10]


def test_a_crash_leaves_nobody_inside_and_no_number_twice(tmp_path: Path) -> None:
    before = Journal(tmp_path, now=NINE)
    before.joined(booking_id="b1", user_id="riya", role="mentee", at=NINE + 1)
    before.joined(booking_id="b1", user_id="kabir", role="mentor", at=NINE + 2)
    before.left(booking_id="b1", user_id="kabir", at=NINE + 5, reason="left")
    before.beat(NINE + 30)

    after = Journal(tmp_path, now=NINE + 600)
    after.joined(booking_id="b1", user_id="riya", role="mentee", at=NINE + 601)

    assert after.journal_id == before.journal_id
    assert _facts(after.after(3)) == [(4, "riya", "left", 30, "crashed"), (5, "riya", "joined", 601, "")]


def test_a_line_cut_short_by_the_crash_is_dropped(tmp_path: Path) -> None:
    Journal(tmp_path, now=NINE).joined(booking_id="b1", user_id="riya", role="mentee", at=NINE)
    path = tmp_path / "attendance.jsonl"
    path.write_bytes(path.read_bytes() + b'{"sequence":2,"booking_id":"b1","us')

    journal = Journal(tmp_path, now=NINE)

    assert [(e.sequence, e.event) for e in journal.after(0)] == [(1, "joined"), (2, "left")]


def test_a_lost_journal_begins_anew_under_another_name(tmp_path: Path) -> None:
    first = Journal(tmp_path / "one", now=NINE)
    second = Journal(tmp_path / "two", now=NINE)

    assert first.journal_id != second.journal_id
    assert second.last == 0


def test_at_most_five_hundred_entries_are_given_at_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path, now=NINE)
    for number in range(MOST_AT_ONCE // 2 + 1):
        journal.joined(booking_id=f"b{number}", user_id="riya", role="mentee", at=NINE)
        journal.left(booking_id=f"b{number}", user_id="riya", at=NINE, reason="left")

    assert [e.sequence for e in journal.after(0)] == list(range(1, MOST_AT_ONCE + 1))
    assert [e.sequence for e in journal.after(MOST_AT_ONCE)] == [MOST_AT_ONCE + 1, MOST_AT_ONCE + 2]


def test_what_is_older_than_a_month_goes_but_numbers_go_on(tmp_path: Path) -> None:
    journal = Journal(tmp_path, now=NINE)
    journal.joined(booking_id="b1", user_id="riya", role="mentee", at=NINE)
    journal.left(booking_id="b1", user_id="riya", at=NINE + 60, reason="left")

    later = Journal(tmp_path, now=NINE + 31 * 86_400)
    later.joined(booking_id="b2", user_id="riya", role="mentee", at=NINE + 31 * 86_400)

    assert [e.sequence for e in later.after(0)] == [2, 3]
