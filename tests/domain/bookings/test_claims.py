"""Holds end by the clock: exactly those that ran out, each once, and all who look at the time are told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, BookingChange, Claim, Status
from mentorhub.domain.bookings.service import claims
from mentorhub.domain.common import topics
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.people import SUNDAY, People

RUNS_OUT = SUNDAY + timedelta(minutes=10)


def lapse(*, at: timedelta = timedelta(minutes=10), limit: int = 200) -> int:
    with database.transaction() as db:
        return claims.expire_all_lapsed(db, now=SUNDAY + at, limit=limit)


def statuses() -> list[Status]:
    with database.reading() as db:
        return sorted(db.exec(select(Booking.status)).all())


def two_holds(people: People) -> None:
    hold(people)
    hold(people, mentee=people.stranger, at=TUESDAY_NINE + timedelta(hours=1))


@pytest.fixture
def told(database_url: str) -> Iterator[list[str]]:
    heard: list[str] = []
    database.publish_after_commit(heard.append)
    yield heard
    database.publish_after_commit(None)


def test_a_hold_ends_at_its_last_instant_and_not_before(everyone: People) -> None:
    two_holds(everyone)

    assert lapse(at=timedelta(minutes=10) - timedelta(seconds=1)) == 0
    assert statuses() == [Status.HELD, Status.HELD]
    assert lapse() == 2
    assert lapse() == 0
    assert statuses() == [Status.EXPIRED, Status.EXPIRED]
    with database.reading() as db:
        assert db.exec(select(Claim)).all() == []


def test_only_what_is_held_runs_out(everyone: People) -> None:
    booking = hold(everyone, offering=everyone.intro)
    with database.transaction() as db:
        service.confirm_free(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)

    assert lapse(at=timedelta(days=1)) == 0
    assert statuses() == [Status.CONFIRMED]


def test_a_turn_ends_as_many_as_it_may_and_the_next_one_the_rest(everyone: People) -> None:
    two_holds(everyone)

    assert lapse(limit=1) == 1
    assert statuses() == [Status.EXPIRED, Status.HELD]
    assert lapse(limit=1) == 1


def test_the_end_of_a_hold_is_in_its_log_with_its_reason_and_nobody_s_name(everyone: People) -> None:
    booking = hold(everyone)
    lapse()

    with database.reading() as db:
        (change,) = db.exec(select(BookingChange)).all()
    assert (change.booking_id, change.was, change.became) == (booking.id, Status.HELD, Status.EXPIRED)
    assert (change.reason, change.actor_id, change.at) == ("the hold ran out", None, RUNS_OUT)


def test_who_gives_a_time_back_is_named_in_its_log(everyone: People) -> None:
    booking = hold(everyone)
    with database.transaction() as db:
        service.give_back(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)

    with database.reading() as db:
        (change,) = db.exec(select(BookingChange)).all()
    assert (change.reason, change.actor_id, change.at) == ("given back", everyone.mentee, SUNDAY)


def test_the_pages_of_both_people_and_the_mentor_s_times_hear_that_a_hold_ended(
    everyone: People, told: list[str]
) -> None:
    booking = hold(everyone)
    told.clear()
    lapse()

    assert {
        topics.booking(booking.id),
        topics.grid_of(everyone.mentor),
        topics.person(everyone.mentor),
        topics.person(everyone.mentee),
    } <= set(told)


def test_what_is_no_longer_held_does_not_end_again_and_nobody_is_told(everyone: People, told: list[str]) -> None:
    booking = hold(everyone)
    lapse()
    told.clear()

    with database.transaction() as db:
        again = claims.expire(db, db.get_one(Booking, booking.id), reason="given back", now=RUNS_OUT)
    assert again is False
    assert told == []
