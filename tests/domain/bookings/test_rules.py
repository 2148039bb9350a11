"""The bookings' own arithmetic at its edges: doors, attendance, what is vague, who sleeps."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.rules import Outcome, Stay

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
END = START + timedelta(minutes=30)


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def stays(*spans: tuple[float, float]) -> list[Stay]:
    return [(at(joined), at(left)) for joined, left in spans]


def settled(mentor: list[Stay], mentee: list[Stay]) -> rules.Attendance:
    return rules.attendance(mentor, mentee, starts_at=START, ends_at=END)


def test_the_door_opens_a_quarter_of_an_hour_before_and_closes_a_quarter_after() -> None:
    door = rules.door(START, END)

    assert (door.opens_at, door.closes_at) == (at(-15), at(45))
    assert not door.is_open(at(-15) - timedelta(seconds=1))
    assert door.is_open(at(-15))
    assert door.is_open(at(45) - timedelta(seconds=1))
    assert not door.is_open(at(45))


def test_a_time_touches_every_tick_it_has_a_minute_in() -> None:
    first = int(START.timestamp()) // 300
    assert rules.ticks(START, at(10)) == range(first, first + 2)
    assert rules.ticks(at(1), at(11)) == range(first, first + 3)
    assert [rules.is_on_a_tick(at(minute)) for minute in (0, 5, 2, 5.5)] == [True, True, False, False]


def test_two_tabs_of_one_person_count_their_time_once_however_they_overlap() -> None:
    mentee = stays((0, 30))
    for several in (
        stays((0, 10), (5, 15)),
        stays((0, 15), (2, 6)),
        stays((0, 5), (5, 15)),
        stays((8, 15), (0, 9)),
        stays((0, 2), (1, 4), (3, 15), (4, 5)),
    ):
        assert rules.together(several, mentee, begins=START, ends=END) == timedelta(minutes=15)


def test_time_apart_stays_apart_and_time_outside_the_session_counts_for_nothing() -> None:
    mentor = stays((-10, 5), (20, 28), (40, 44))
    assert rules.together(mentor, stays((-20, 60)), begins=START, ends=END) == timedelta(minutes=13)
    assert rules.together(stays((-9, -1), (0, 4)), stays((0, 30)), begins=START, ends=END) == timedelta(minutes=4)
    assert rules.together(stays((0, 4)), stays((4, 9)), begins=START, ends=END) == timedelta(0)


def test_every_outcome_says_how_long_they_were_together() -> None:
    assert settled(stays((0, 15)), stays((0, 30))) == rules.Attendance(Outcome.MET, timedelta(minutes=15))
    assert settled(stays((0, 14)), stays((0, 30))) == rules.Attendance(Outcome.SHORT, timedelta(minutes=14))
    for mentor, mentee, outcome in (
        (stays((0, 9)), [], Outcome.MENTEE_ABSENT),
        ([], stays((0, 9)), Outcome.MENTOR_ABSENT),
        ([], [], Outcome.NOBODY),
    ):
        assert settled(mentor, mentee) == rules.Attendance(outcome, timedelta(0))


def test_coming_within_the_first_ten_minutes_is_coming_and_leaving_before_the_start_is_not() -> None:
    assert settled(stays((10, 12)), []).outcome is Outcome.MENTEE_ABSENT
    assert settled(stays((10.1, 12)), []).outcome is Outcome.NOBODY
    assert settled(stays((-10, 0)), []).outcome is Outcome.NOBODY
    assert settled(stays((-10, 0.1)), []).outcome is Outcome.MENTEE_ABSENT


def test_of_a_session_shorter_than_ten_minutes_its_end_is_the_latest() -> None:
    stay = stays((7, 9))
    assert rules.attendance(stay, [], starts_at=START, ends_at=at(5)).outcome is Outcome.NOBODY


def test_who_came_late_but_met_the_other_was_there() -> None:
    assert settled(stays((12, 20)), stays((0, 20))).outcome is Outcome.SHORT
    assert settled(stays((0, 20)), stays((12, 20))).outcome is Outcome.SHORT


def test_a_short_session_gives_back_what_was_missing_unless_the_mentee_left_first() -> None:
    def share(mentor: list[Stay], mentee: list[Stay]) -> int:
        return rules.short_refund_share(mentor, mentee, starts_at=START, ends_at=END)

    assert share(stays((0, 12)), stays((0, 30))) == 600
    assert share(stays((0, 14)), stays((0, 30))) == 534
    assert share(stays((0, 12)), stays((0, 12))) == 600
    assert share(stays((0, 12), (30, 40)), stays((0, 12))) == 600
    assert share(stays((0, 30)), stays((0, 12))) == 0
    assert share([], stays((0, 30))) == 1000
    assert share([], []) == 1000


@pytest.mark.parametrize(
    ("question", "vague"),
    [
        ("Why not me", True),
        ("Why not now", True),
        ("Why not now?!", True),
        ("Why not today", False),
        ("Is a PhD of use", False),
        ("Can you guide me on the way to a first role in data work", True),
        ("Can you guide me on the way to a first role as an analyst??", True),
        ("Can you guide me on the way to a first role as a UX analyst", True),
        ("Can you guide me on the way to a first role as an IT analyst", False),
        ("Why isn’t it", False),
        ("What’s it", True),
    ],
)
def test_a_question_is_vague_when_it_is_tiny_or_short_and_asks_for_a_mentor_at_large(
    question: str, vague: bool
) -> None:
    assert rules.is_vague(question) is vague


def test_an_intake_without_a_question_lacks_it_and_one_that_can_be_sent_lacks_nothing() -> None:
    bare = rules.check_intake("A role in product", "I am a designer.", [])
    assert bare.parts == (True, True, False, False)
    whole = rules.check_intake("A role in product", "I design. " + "x y " * 25, ["Which of my projects shows it best?"])
    assert (whole.missing, whole.is_whole, whole.hint) == ("", True, "")


def test_a_link_may_be_as_long_as_it_says_and_no_longer() -> None:
    link = "https://example.org/"
    longest = link + "a" * (rules.LONGEST_LINK - len(link))
    assert rules.is_good_link(longest)
    assert not rules.is_good_link(longest + "a")


def test_an_offer_is_for_those_awake_for_half_of_it() -> None:
    until = at(120)
    assert not rules.sleeps_through(at(60), until, now=START)
    assert rules.sleeps_through(at(61), until, now=START)
    assert rules.sleeps_through(at(75), until, now=START)


def test_an_offer_lasts_two_hours_or_a_quarter_of_what_is_left() -> None:
    assert rules.offered_until(START, now=START - timedelta(hours=20)) == START - timedelta(hours=18)
    assert rules.offered_until(START, now=START - timedelta(hours=4)) == START - timedelta(hours=3)


def test_coming_can_be_said_from_a_day_before_until_the_start() -> None:
    day = timedelta(hours=24)
    second = timedelta(seconds=1)
    said = [rules.may_say_coming(START, now) for now in (START - day - second, START - day, START - second, START)]
    assert said == [False, True, True, False]


def test_a_move_takes_the_refund_deadline_along_up_to_its_own_last_instant() -> None:
    later, full_until = at(24 * 60), at(-24 * 60)

    def counts_from(now: datetime, to: datetime) -> datetime:
        return rules.refund_from_after_move(refund_from=START, full_until=full_until, starts_at=to, now=now)

    assert counts_from(full_until, later) == later
    assert counts_from(full_until + timedelta(seconds=1), later) == START
    assert counts_from(full_until + timedelta(seconds=1), at(-60)) == at(-60)


def test_a_proposal_stands_for_two_days_or_until_two_hours_before_the_session() -> None:
    assert rules.proposal_lapses_at(START, now=START - timedelta(days=4)) == START - timedelta(days=2)
    assert rules.proposal_lapses_at(START, now=START - timedelta(days=1)) == START - timedelta(hours=2)


def test_too_few_people_are_counted_as_one_says_them() -> None:
    assert rules.too_few(1).startswith("fewer than 1 person had a seat")
    assert rules.too_few(2).startswith("fewer than 2 people had a seat")


def test_a_start_that_was_shown_stands_for_a_quarter_of_an_hour() -> None:
    later, tick = START + timedelta(hours=1), timedelta(seconds=1)
    shown = {START: START - timedelta(minutes=15) - tick, later: START - timedelta(minutes=15)}

    assert rules.offered_lately(shown, now=START - tick) == {START, later}
    assert rules.offered_lately(shown, now=START) == {later}
    assert rules.offered_lately(shown, now=START + tick) == frozenset()
