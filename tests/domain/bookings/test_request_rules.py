"""The clock of a request: fair to both, and never past two hours before the start."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentorhub.domain.bookings import rules

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
hours_before = st.floats(min_value=2.01, max_value=400).map(lambda hours: START - hours * HOUR)


def test_a_mentor_has_the_hours_they_chose() -> None:
    asked = START - 100 * HOUR
    assert [rules.answer_by(asked, START, hours=hours) - asked for hours in (24, 48, 72)] == [
        24 * HOUR,
        48 * HOUR,
        72 * HOUR,
    ]


def test_close_to_the_start_the_answer_is_due_two_hours_before() -> None:
    assert rules.answer_by(START - 6 * HOUR, START, hours=24) == START - 2 * HOUR


def test_a_question_moves_the_deadline_on_by_exactly_its_pause() -> None:
    asked, deadline = START - 90 * HOUR, START - 60 * HOUR
    assert rules.resumed(deadline, asked, asked + 5 * HOUR, START) == deadline + 5 * HOUR


def test_a_pause_counts_48_hours_at_most_however_late_the_reply_is() -> None:
    asked, deadline = START - 200 * HOUR, START - 180 * HOUR
    assert rules.resumed(deadline, asked, asked + 100 * HOUR, START) == deadline + 48 * HOUR


def test_the_longest_wait_is_shorter_than_a_card_stands_for_the_money() -> None:
    asked = START - 400 * HOUR
    deadline = rules.answer_by(asked, START, hours=72)
    latest = rules.resumed(deadline, deadline, deadline + 60 * HOUR, START)
    assert latest - asked == timedelta(days=5)


@given(asked_at=hours_before, asked_back=st.floats(0, 1), replied=st.floats(0, 60), hours=st.sampled_from([24, 48, 72]))
def test_no_deadline_is_ever_past_two_hours_before_or_before_the_one_without_a_question(
    asked_at: datetime, asked_back: float, replied: float, hours: int
) -> None:
    deadline = rules.answer_by(asked_at, START, hours=hours)
    question_at = asked_at + asked_back * (deadline - asked_at)
    moved = rules.resumed(deadline, question_at, question_at + replied * HOUR, START)
    assert deadline <= moved <= rules.last_answer(START)


def test_a_refused_card_leaves_twelve_hours_or_until_two_hours_before() -> None:
    assert rules.pay_by(START - 40 * HOUR, START) == START - 28 * HOUR
    assert rules.pay_by(START - 5 * HOUR, START) == START - 2 * HOUR
