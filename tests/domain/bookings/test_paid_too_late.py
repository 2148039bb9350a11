"""A payment that comes after its hold died gets the time again only where the mentor would still give it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, Claim, Status
from mentorhub.domain.payments.models import Refund
from mentorhub.domain.scheduling.models import (
    AvailabilityRule,
    BusyBlock,
    CalendarImport,
    DateOverride,
    ImportedBusy,
    SchedulePreferences,
)
from tests.domain.bookings.conftest import hold, paid
from tests.people import SUNDAY, People, add_booking

MINUTE = timedelta(minutes=1)
LATE = SUNDAY + timedelta(minutes=40)
Change = Callable[[Session, People, Booking], None]


def block_its_end(db: Session, people: People, booking: Booking) -> None:
    db.add(BusyBlock(mentor_id=people.mentor, starts_at=booking.ends_at - MINUTE, ends_at=booking.ends_at + MINUTE))


def import_something_at_its_start(db: Session, people: People, booking: Booking) -> None:
    calendar = CalendarImport(mentor_id=people.mentor, address="https://calendar.example/a", created_at=SUNDAY)
    db.add(calendar)
    db.flush()
    span = {"starts_at": booking.starts_at - MINUTE, "ends_at": booking.starts_at + MINUTE}
    db.add(ImportedBusy(import_id=calendar.id, mentor_id=people.mentor, **span))


def take_the_day_off(db: Session, people: People, booking: Booking) -> None:
    db.add(DateOverride(mentor_id=people.mentor, day=booking.starts_at.date()))


def drop_the_hours(db: Session, people: People, _: Booking) -> None:
    for rule in db.exec(select(AvailabilityRule).where(AvailabilityRule.mentor_id == people.mentor)):
        db.delete(rule)


def shorten_the_horizon(db: Session, people: People, _: Booking) -> None:
    db.get_one(SchedulePreferences, people.mentor).horizon_days = 1


def fill_the_day(db: Session, people: People, booking: Booking) -> None:
    add_booking(db, people, starts_at=booking.starts_at + timedelta(hours=2))
    db.get_one(SchedulePreferences, people.mentor).max_per_day = 1


def fill_the_week(db: Session, people: People, booking: Booking) -> None:
    add_booking(db, people, starts_at=booking.starts_at + timedelta(days=1))
    db.get_one(SchedulePreferences, people.mentor).max_per_week = 1


def ask_for_long_notice(db: Session, people: People, _: Booking) -> None:
    db.get_one(SchedulePreferences, people.mentor).min_notice_minutes = 7 * 24 * 60


def paid_late(people: People, start_paying: Callable[..., object], change: Change) -> Booking:
    """Hold, begin to pay, let the hold die, change something of the mentor's, and be paid after all."""
    booking = hold(people)
    payment_id = start_paying(booking)
    with database.transaction() as db:
        service.expire_lapsed(db, [people.mentor], now=LATE)
        change(db, people, booking)
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id), now=LATE)
    with database.reading() as db:
        return db.get_one(Booking, booking.id)


@pytest.mark.parametrize(
    "change",
    [
        block_its_end,
        import_something_at_its_start,
        take_the_day_off,
        drop_the_hours,
        shorten_the_horizon,
        fill_the_day,
        fill_the_week,
    ],
)
def test_a_time_the_mentor_no_longer_gives_is_paid_back_whole(everyone: People, start_paying, change: Change) -> None:
    booking = paid_late(everyone, start_paying, change)

    assert booking.status is Status.EXPIRED
    with database.reading() as db:
        assert db.exec(select(Refund)).one().amount_minor == 120000
        assert db.exec(select(Claim).where(Claim.booking_id == booking.id)).all() == []


def test_notice_is_for_who_books_and_not_for_who_has_paid(everyone: People, start_paying) -> None:
    assert paid_late(everyone, start_paying, ask_for_long_notice).status is Status.CONFIRMED
