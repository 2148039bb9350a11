"""Facts about who asks: sessions attended, calls off that came too late, requests that wait."""

from datetime import timedelta
from uuid import UUID

from mentorhub import database
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.queries import FactsView
from tests.domain.bookings.conftest import TUESDAY_NINE
from tests.people import SUNDAY, People, add_booking

DAY = timedelta(days=1)


def facts(who: UUID) -> FactsView:
    with database.reading() as db:
        return queries.seriousness_of(db, mentee_id=who, now=SUNDAY)


def test_who_is_new_has_no_record_at_all(everyone: People) -> None:
    new = facts(everyone.mentee)

    assert (new.attended, new.due, new.late_cancels, new.open_requests) == (0, 0, 0, 0)


def test_a_session_the_mentor_missed_counts_as_attended_and_one_nobody_can_tell_about_not_at_all(
    everyone: People,
) -> None:
    statuses = (
        Status.MET,
        Status.SHORT,
        Status.MENTOR_ABSENT,
        Status.MENTEE_ABSENT,
        Status.NOBODY,
        Status.UNKNOWN,
        Status.CANCELLED,
        Status.EXPIRED,
    )
    with database.transaction() as db:
        for back, status in enumerate(statuses, start=1):
            add_booking(db, everyone, starts_at=SUNDAY - back * DAY, status=status)

    assert (facts(everyone.mentee).attended, facts(everyone.mentee).due) == (3, 5)
    assert facts(everyone.mentor).due == 0


def test_only_ones_own_cancellation_after_the_free_deadline_is_late(everyone: People) -> None:
    cases = (
        (everyone.mentee, timedelta(hours=24)),
        (everyone.mentee, timedelta(hours=24) - timedelta(seconds=1)),
        (everyone.mentor, timedelta(hours=1)),
    )
    with database.transaction() as db:
        for ahead, (who, before) in enumerate(cases):
            starts_at = TUESDAY_NINE + ahead * DAY
            booking = db.get_one(Booking, add_booking(db, everyone, starts_at=starts_at, status=Status.CANCELLED))
            booking.cancelled_by, booking.cancelled_at = who, starts_at - before

    assert facts(everyone.mentee).late_cancels == 1


def test_a_request_withdrawn_however_late_is_no_late_cancel_for_it_was_never_agreed(everyone: People) -> None:
    with database.transaction() as db:
        asked = db.get_one(Booking, add_booking(db, everyone, status=Status.REQUESTED))
        asked.status, asked.cancelled_by, asked.cancelled_at = (
            Status.CANCELLED,
            everyone.mentee,
            TUESDAY_NINE - timedelta(hours=3),
        )

    assert facts(everyone.mentee).late_cancels == 0
