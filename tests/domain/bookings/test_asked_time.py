"""What decides about a hold is what the database holds at that moment, whoever wrote it; on both databases."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import create_engine
from sqlmodel import Session, col, delete, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.errors import HeldTooOften, MentorNotOpen, SlotNotOffered, SlotTaken
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog.models import MentorProfile, Offering
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.scheduling.models import (
    AvailabilityRule,
    BusyBlock,
    CalendarImport,
    DateOverride,
    ImportedBusy,
    SchedulePreferences,
)
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.people import SUNDAY, People

HALF_PAST_TEN = TUESDAY_NINE + timedelta(minutes=90)
WEDNESDAY_NINE = TUESDAY_NINE + timedelta(days=1)

Change = Callable[[Session, People], object]


def preferences(**changes: object) -> Change:
    def change(db: Session, people: People) -> None:
        row = db.get_one(SchedulePreferences, people.mentor)
        for name, value in changes.items():
            setattr(row, name, value)

    return change


def import_busy(db: Session, people: People) -> None:
    calendar = CalendarImport(mentor_id=people.mentor, address="https://calendar.example/a", created_at=SUNDAY)
    db.add(calendar)
    db.flush()
    span = {"starts_at": TUESDAY_NINE, "ends_at": HALF_PAST_TEN + timedelta(minutes=5)}
    db.add(ImportedBusy(import_id=calendar.id, mentor_id=people.mentor, **span))


def offering(db: Session, people: People) -> Offering:
    return db.get_one(Offering, people.cv_review)


CHANGES: dict[str, tuple[Change, type[DomainError]]] = {
    "no hours on Tuesdays": (
        lambda db, _: db.execute(delete(AvailabilityRule).where(col(AvailabilityRule.weekday) == 1)),
        SlotNotOffered,
    ),
    "hours of its own elsewhere": (
        lambda db, people: db.add(
            AvailabilityRule(
                mentor_id=people.mentor, offering_id=people.cv_review, weekday=3, start_minute=0, end_minute=60
            )
        ),
        SlotNotOffered,
    ),
    "a day off": (
        lambda db, people: db.add(DateOverride(mentor_id=people.mentor, day=date(2026, 11, 24))),
        SlotNotOffered,
    ),
    "another zone": (preferences(time_zone="Asia/Kolkata"), SlotNotOffered),
    "a longer notice": (preferences(min_notice_minutes=60 * 24 * 7), SlotNotOffered),
    "a nearer horizon": (preferences(horizon_days=1), SlotNotOffered),
    "no sessions a day": (preferences(max_per_day=0), SlotNotOffered),
    "no sessions a week": (preferences(max_per_week=0), SlotNotOffered),
    "time blocked out": (
        lambda db, people: db.add(
            BusyBlock(mentor_id=people.mentor, starts_at=HALF_PAST_TEN, ends_at=HALF_PAST_TEN + timedelta(minutes=1))
        ),
        SlotNotOffered,
    ),
    "an event elsewhere": (import_busy, SlotNotOffered),
    "a longer session": (lambda db, people: setattr(offering(db, people), "minutes", 120), SlotNotOffered),
    "an offering put away": (lambda db, people: setattr(offering(db, people), "is_active", False), NotFound),
    "a mentor who closed": (
        lambda db, people: setattr(db.get_one(MentorProfile, people.mentor), "is_open", False),
        MentorNotOpen,
    ),
    "no preferences": (
        lambda db, people: db.delete(db.get_one(SchedulePreferences, people.mentor)),
        MentorNotOpen,
    ),
}


@pytest.mark.parametrize("what", list(CHANGES))
def test_a_change_by_another_connection_decides_about_the_very_next_hold(everyone: People, what: str) -> None:
    change, refusal = CHANGES[what]
    hold(everyone, at=HALF_PAST_TEN)
    another = create_engine(database.engine().url)

    with Session(another) as db:
        change(db, everyone)
        db.commit()
    another.dispose()

    with pytest.raises(refusal):
        hold(everyone, at=HALF_PAST_TEN, now=SUNDAY + timedelta(minutes=11))


def test_a_change_within_the_same_transaction_counts_before_it_is_kept(everyone: People) -> None:
    with database.transaction() as db, pytest.raises(SlotNotOffered):
        db.get_one(SchedulePreferences, everyone.mentor).time_zone = "Asia/Kolkata"
        wish = service.Wish(offering_id=everyone.cv_review, starts_at=TUESDAY_NINE)
        service.place_hold(db, mentee_id=everyone.mentee, wish=wish, now=SUNDAY)


def test_what_a_hold_copies_is_the_offering_of_that_moment(everyone: People) -> None:
    hold(everyone)
    with database.transaction() as db:
        row = offering(db, everyone)
        row.title, row.price_minor = 'Ein "anderer" Titel, für 2 € \\ mehr', 200000

    second = hold(everyone, at=WEDNESDAY_NINE)

    assert (second.title, second.price_minor) == ('Ein "anderer" Titel, für 2 € \\ mehr', 200000)


def test_the_alternatives_are_the_nearest_free_starts_and_a_far_one_is_found_too(everyone: People) -> None:
    with database.transaction() as db:
        db.execute(delete(AvailabilityRule).where(col(AvailabilityRule.weekday) != 1))
        for rule in db.exec(select(AvailabilityRule)):
            rule.end_minute = 570
    hold(everyone)

    with pytest.raises(SlotTaken) as refusal:
        hold(everyone, mentee=everyone.stranger)

    assert refusal.value.alternatives == (TUESDAY_NINE + timedelta(days=7),)


def test_a_session_of_the_mentor_as_a_mentee_takes_its_time_with_the_break_before(everyone: People) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).buffer_before_minutes = 10
    booking = hold(everyone, at=TUESDAY_NINE + timedelta(minutes=30))
    with database.transaction() as db:
        row = db.get_one(Booking, booking.id)
        row.mentor_id, row.mentee_id = everyone.stranger, everyone.mentor
        row.status, row.hold_expires_at = Status.CONFIRMED, None

    with pytest.raises(SlotNotOffered):
        hold(everyone, at=TUESDAY_NINE + timedelta(hours=1))


def test_holding_the_same_time_again_and_again_is_counted_from_the_last_day_alone(everyone: People) -> None:
    first = SUNDAY - timedelta(hours=20)
    for turn in range(5):
        hold(everyone, now=first + turn * timedelta(minutes=11))

    with pytest.raises(HeldTooOften):
        hold(everyone, now=first + timedelta(hours=2))
    assert hold(everyone, now=first + timedelta(hours=25)).starts_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
