"""Two people, or two tabs of one, at once: the second verb waits for the first, and finds what the first left."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.domain.bookings import rules, service
from mentorhub.domain.bookings.errors import HoldOver, NotCancellable
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog.models import MentorStanding
from mentorhub.domain.payments.models import Refund
from tests.domain.bookings import standing_true
from tests.domain.bookings.conftest import hold
from tests.people import SUNDAY, People

Verb = Callable[[Session], object]


def waits(db: Session) -> bool:
    """Whether somebody waits for a lock of the database."""
    return bool(db.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one())


def one_after_the_other(first: Verb, second: Verb) -> Exception | None:
    """Run `second` while `first` is done and not committed yet; gives what the second was refused with."""
    refused: list[Exception] = []

    def later() -> None:
        try:
            with database.transaction() as db:
                second(db)
        except Exception as refusal:
            refused.append(refusal)

    behind = threading.Thread(target=later)
    with database.transaction() as db:
        first(db)
        db.flush()
        behind.start()
        deadline = time.monotonic() + 5
        while db.get_bind().dialect.name != "sqlite" and behind.is_alive() and not waits(db):
            assert time.monotonic() < deadline
    behind.join()
    return refused[0] if refused else None


def cancel(booking: Booking, by: UUID) -> Verb:
    return lambda db: service.cancel(db, booking_id=booking.id, actor_id=by, shown_minor=120000, now=SUNDAY)


@pytest.mark.parametrize("second", ["mentor", "mentee"])
@pytest.mark.parametrize("first", ["mentor", "mentee"])
def test_a_session_is_called_off_once(everyone: People, booked: Booking, first: str, second: str) -> None:
    before = _missed(everyone.mentor)

    refusal = one_after_the_other(cancel(booked, getattr(everyone, first)), cancel(booked, getattr(everyone, second)))

    assert isinstance(refusal, NotCancellable)
    with database.reading() as db:
        kept = db.get_one(Booking, booked.id)
        assert (kept.status, kept.cancelled_by, kept.version) == (Status.CANCELLED, getattr(everyone, first), 1)
        assert len(db.exec(select(Refund)).all()) == 1
        standing_true.check(db, now=SUNDAY)
    assert _missed(everyone.mentor) - before == (1 if first == "mentor" else 0)


def test_a_free_session_is_confirmed_once_and_the_second_tab_hears_that_it_is(everyone: People) -> None:
    booking = hold(everyone, offering=everyone.intro)

    def confirm(db: Session) -> None:
        service.confirm_free(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)

    assert one_after_the_other(confirm, confirm) is None


AT_THE_LAST_SECOND = SUNDAY + rules.HOLD_LASTS - timedelta(seconds=1)


def pay(booking: Booking) -> Verb:
    return lambda db: service.plan_checkout(
        db, booking_id=booking.id, mentee_id=booking.mentee_id, now=AT_THE_LAST_SECOND
    )


def lapse(db: Session) -> None:
    service.expire_all_lapsed(db, now=AT_THE_LAST_SECOND + timedelta(seconds=2))


def test_a_hold_that_is_paid_in_its_last_second_is_not_taken_by_the_job(everyone: People) -> None:
    booking = hold(everyone)

    assert one_after_the_other(pay(booking), lapse) is None

    with database.reading() as db:
        assert db.get_one(Booking, booking.id).status is Status.HELD
        standing_true.check(db, now=AT_THE_LAST_SECOND)


def test_whoever_pays_while_the_job_takes_the_hold_hears_that_it_is_over(everyone: People) -> None:
    booking = hold(everyone)

    assert isinstance(one_after_the_other(lapse, pay(booking)), HoldOver)


def _missed(mentor: UUID) -> int:
    with database.reading() as db:
        standing = db.get(MentorStanding, mentor)
        return standing.due - standing.kept if standing else 0
