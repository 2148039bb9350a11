"""Calling off: exactly the refund that was shown, by either side, once."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.errors import CalledOffTooOften, NotCancellable, RefundHasChanged
from mentorhub.domain.bookings.models import Booking, Claim, Status
from mentorhub.domain.catalog.models import MentorProfile, MentorStanding, Offering, Policy
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.payments.models import Refund
from tests.domain.bookings.conftest import TUESDAY_NINE, hold, paid
from tests.people import SUNDAY, People


@pytest.mark.parametrize(("hours_before", "back"), [(30, 120000), (24, 120000), (20, 60000), (2, 60000), (1, 0)])
def test_the_mentee_gets_what_the_standard_policy_says(
    everyone: People, booked: Booking, hours_before: int, back: int
) -> None:
    now = TUESDAY_NINE - timedelta(hours=hours_before)

    with database.transaction() as db:
        quote = service.quote_cancel(db, booking_id=booked.id, actor_id=everyone.mentee, now=now)
        service.cancel(db, booking_id=booked.id, actor_id=everyone.mentee, shown_minor=back, now=now)

    assert quote.refund.minor == back
    with database.reading() as db:
        cancelled = db.get_one(Booking, booked.id)
        assert (cancelled.status, cancelled.version) == (Status.CANCELLED, 1)
        assert db.exec(select(Claim)).all() == []
        assert [refund.amount_minor for refund in db.exec(select(Refund))] == ([back] if back else [])
        mails = db.exec(select(OutboxRow.subject).where(OutboxRow.topic == notices.BOOKING_CANCELLED)).all()
    assert sorted(mails) == [f"{booked.id} mentee", f"{booked.id} mentor"]


def test_a_mentor_who_calls_off_gives_everything_back_even_at_the_last_minute(
    everyone: People, booked: Booking
) -> None:
    now = TUESDAY_NINE - timedelta(minutes=5)

    with database.transaction() as db:
        service.cancel(db, booking_id=booked.id, actor_id=everyone.mentor, shown_minor=120000, now=now)

    with database.reading() as db:
        assert db.exec(select(Refund.amount_minor)).one() == 120000


def test_a_sum_that_is_no_longer_true_changes_nothing(everyone: People, booked: Booking) -> None:
    with pytest.raises(RefundHasChanged), database.transaction() as db:
        late = TUESDAY_NINE - timedelta(hours=23, minutes=59)
        service.cancel(db, booking_id=booked.id, actor_id=everyone.mentee, shown_minor=120000, now=late)

    with database.reading() as db:
        assert db.get_one(Booking, booked.id).status is Status.CONFIRMED
        assert db.exec(select(Refund)).all() == []


def test_the_policy_of_the_purchase_stays_whatever_the_mentor_changes_later(everyone: People, booked: Booking) -> None:
    with database.transaction() as db:
        db.get_one(MentorProfile, everyone.mentor).policy = Policy.STRICT

    with database.transaction() as db:
        now = TUESDAY_NINE - timedelta(hours=30)
        quote = service.quote_cancel(db, booking_id=booked.id, actor_id=everyone.mentee, now=now)

    assert quote.refund.minor == 120000


def test_a_stranger_can_neither_see_nor_cancel(everyone: People, booked: Booking) -> None:
    for verb in (
        lambda db: service.quote_cancel(db, booking_id=booked.id, actor_id=everyone.stranger, now=SUNDAY),
        lambda db: service.cancel(db, booking_id=booked.id, actor_id=everyone.stranger, shown_minor=120000, now=SUNDAY),
    ):
        with pytest.raises(NotFound), database.transaction() as db:
            verb(db)


def test_calling_off_twice_is_refused_and_refunds_once(everyone: People, booked: Booking) -> None:
    with database.transaction() as db:
        service.cancel(db, booking_id=booked.id, actor_id=everyone.mentee, shown_minor=120000, now=SUNDAY)

    with pytest.raises(NotCancellable), database.transaction() as db:
        service.cancel(db, booking_id=booked.id, actor_id=everyone.mentor, shown_minor=120000, now=SUNDAY)
    with database.reading() as db:
        assert len(db.exec(select(Refund)).all()) == 1


def test_a_session_that_has_begun_cannot_be_called_off(everyone: People, booked: Booking) -> None:
    with pytest.raises(NotCancellable), database.transaction() as db:
        service.quote_cancel(db, booking_id=booked.id, actor_id=everyone.mentee, now=TUESDAY_NINE)


def test_calling_off_while_the_room_is_open_closes_the_room(everyone: People, booked: Booking) -> None:
    now = TUESDAY_NINE - timedelta(minutes=10)

    with database.transaction() as db:
        service.cancel(db, booking_id=booked.id, actor_id=everyone.mentor, shown_minor=120000, now=now)

    with database.reading() as db:
        rows = db.exec(select(OutboxRow.subject).where(OutboxRow.topic == service.CLOSE_ROOM_TOPIC)).all()
    assert rows == [str(booked.id)]


def test_a_mentors_cancellation_shows_in_their_attendance_and_a_mentees_does_not(
    everyone: People, booked: Booking, start_paying
) -> None:
    with database.transaction() as db:
        service.cancel(db, booking_id=booked.id, actor_id=everyone.mentor, shown_minor=120000, now=SUNDAY)
    again = hold(everyone)
    payment_id = start_paying(again, number="2")
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id, number="2"), now=SUNDAY)
        service.cancel(db, booking_id=again.id, actor_id=everyone.mentee, shown_minor=120000, now=SUNDAY)

    with database.reading() as db:
        standing = db.get_one(MentorStanding, everyone.mentor)
        assert (standing.kept, standing.due, standing.lately) == (0, 1, "x")


def test_free_sessions_are_not_booked_and_called_off_without_an_end(everyone: People) -> None:
    with database.transaction() as db:
        db.get_one(Offering, everyone.cv_review).price_minor = 0
    _book_and_call_off(everyone, now=SUNDAY)
    _book_and_call_off(everyone, now=SUNDAY + timedelta(hours=2))

    tomorrow = SUNDAY + timedelta(hours=24)
    with pytest.raises(CalledOffTooOften) as refusal:
        hold(everyone, now=tomorrow - timedelta(minutes=1))
    assert str(refusal.value).endswith("Please wait a day before you book another one.")
    with database.reading() as db:
        assert {booking.status for booking in db.exec(select(Booking))} == {Status.CANCELLED}

    hold(everyone, mentee=everyone.stranger, now=tomorrow - timedelta(minutes=1))
    hold(everyone, at=TUESDAY_NINE + timedelta(days=1), now=tomorrow)


def test_what_the_mentor_called_off_does_not_count_against_the_mentee(everyone: People) -> None:
    with database.transaction() as db:
        db.get_one(Offering, everyone.cv_review).price_minor = 0
    for hour in range(3):
        _book_and_call_off(everyone, by=everyone.mentor, now=SUNDAY + timedelta(hours=hour))

    hold(everyone, now=SUNDAY + timedelta(hours=3))


def _book_and_call_off(people: People, *, now: datetime, by: UUID | None = None) -> None:
    booking = hold(people, now=now)
    with database.transaction() as db:
        service.confirm_free(db, booking_id=booking.id, mentee_id=people.mentee, now=now)
    with database.transaction() as db:
        service.cancel(db, booking_id=booking.id, actor_id=by or people.mentee, shown_minor=0, now=now)
