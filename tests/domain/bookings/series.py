"""What the tests of series share: three Tuesdays of Kabir's, held by Riya."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.payments.queries import ledger_check
from tests.domain.bookings import standing_true
from tests.domain.bookings.conftest import TUESDAY_NINE, paid
from tests.people import INTAKE, SUNDAY, People

WEEK, MINUTE = timedelta(weeks=1), timedelta(minutes=1)
THREE = tuple(TUESDAY_NINE + number * WEEK for number in range(3))


def hold_series(
    people: People,
    *starts: datetime,
    mentee: UUID | None = None,
    offering: UUID | None = None,
    now: datetime = SUNDAY,
) -> list[Booking]:
    wishes = [service.Wish(offering or people.cv_review, start) for start in starts or THREE]
    with database.transaction() as db:
        series = service.hold_series(db, mentee_id=mentee or people.mentee, wishes=wishes, now=now)
        service.write_intake(db, booking_id=series[0].id, mentee_id=mentee or people.mentee, intake=INTAKE, now=now)
        return series


def apply(payment_id: UUID, *, minor: int = 360000, now: datetime = SUNDAY + MINUTE) -> None:
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id, minor=minor), now=now)


def statuses() -> list[Status]:
    with database.reading() as db:
        return list(db.exec(select(Booking.status).order_by(col(Booking.starts_at), col(Booking.created_at))))


def stands(now: datetime = SUNDAY) -> None:
    with database.reading() as db:
        standing_true.check(db, now=now)
        assert ledger_check(db).differences == ()
