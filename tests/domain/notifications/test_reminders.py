"""When a session is remembered, how long that is worth saying, and in what words."""

from datetime import timedelta

import pytest

from mentorhub.domain.notifications.rules import NoticeKind, ahead, lapses_at, reminders_of
from tests.people import TUESDAY

DAY, HOUR, SOON = NoticeKind.REMINDER_DAY, NoticeKind.REMINDER_HOUR, NoticeKind.REMINDER_SOON


def before(**length: float) -> timedelta:
    return timedelta(**length)


@pytest.mark.parametrize(
    ("left", "kinds"),
    [
        (before(days=3), {DAY, HOUR, SOON}),
        (before(hours=24, seconds=1), {DAY, HOUR, SOON}),
        (before(hours=24), {HOUR, SOON}),
        (before(hours=2), {HOUR, SOON}),
        (before(minutes=30), {SOON}),
        (before(minutes=10), set()),
        (before(minutes=-5), set()),
    ],
)
def test_a_session_booked_late_is_remembered_only_by_what_is_still_ahead(
    left: timedelta, kinds: set[NoticeKind]
) -> None:
    assert set(reminders_of(TUESDAY, now=TUESDAY - left)) == kinds


def test_reminders_are_due_24_hours_one_hour_and_ten_minutes_before_the_start() -> None:
    assert reminders_of(TUESDAY, now=TUESDAY - timedelta(days=9)) == {
        DAY: TUESDAY - timedelta(hours=24),
        HOUR: TUESDAY - timedelta(hours=1),
        SOON: TUESDAY - timedelta(minutes=10),
    }


def test_a_reminder_is_worth_nothing_once_the_next_one_is_due() -> None:
    assert [TUESDAY - lapses_at(kind, TUESDAY) for kind in (DAY, HOUR, SOON)] == [
        timedelta(hours=1),
        timedelta(minutes=10),
        timedelta(0),
    ]


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (before(hours=24, seconds=-4), "in 24 hours"),
        (before(hours=19, minutes=20), "in 19 hours"),
        (before(minutes=90), "in 2 hours"),
        (before(minutes=89), "in 89 minutes"),
        (before(hours=1, seconds=-3), "in 1 hour"),
        (before(minutes=52), "in 52 minutes"),
        (before(minutes=10, seconds=-2), "in 10 minutes"),
        (before(minutes=1), "in 1 minute"),
        (before(seconds=20), "now"),
    ],
)
def test_how_far_ahead_is_said_as_it_is(left: timedelta, words: str) -> None:
    assert ahead(TUESDAY, TUESDAY - left) == words
