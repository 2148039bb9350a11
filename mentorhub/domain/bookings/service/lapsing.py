"""The end of what was not answered or not paid in time: claims go back, authorised money is let go."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorhub.domain.bookings.models import Booking, BookingRequest, Status
from mentorhub.domain.bookings.queries.time_rows import Waiting, waiting_of
from mentorhub.domain.bookings.rules import LAPSES_PAUSE_WITHIN
from mentorhub.domain.bookings.service import claims
from mentorhub.domain.bookings.service import request_telling as telling
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.payments import service as payments


def expire_lapsed(db: Session, person_ids: Iterable[UUID], *, now: datetime) -> None:
    """Expire the holds and requests of these people that ran out; their rows are locked by the caller."""
    end_lapsed(db, waiting_of(db, list(person_ids)), now=now)


def end_lapsed(db: Session, waiting: Iterable[Waiting], *, now: datetime) -> list[Waiting]:
    """Expire those that ran out; returns the holds among the others, which still run."""
    running = []
    for one in waiting:
        if one.has_run_out(now) and one.hold_expires_at is not None:
            claims.expire(db, db.get_one(Booking, one.id), reason="the hold ran out", now=now)
        elif one.has_run_out(now):
            _expire(db, one.id, now=now)
        elif one.hold_expires_at is not None:
            running.append(one)
    return running


def expire_requests(db: Session, *, now: datetime, limit: int = 200) -> int:
    """Expire every request that lapsed; returns how many. What lapsed blocks nothing even before this runs."""
    due = db.exec(_lapsed(now).order_by(col(BookingRequest.lapses_at)).limit(limit)).all()
    if not due:
        return 0
    pairs = db.exec(select(Booking.mentor_id, Booking.mentee_id).where(col(Booking.id).in_(due))).all()
    claims.lock_people(db, *{person for pair in pairs for person in pair})
    return sum(_expire(db, booking_id, now=now) for booking_id in due)


def end_request(db: Session, booking: Booking, becomes: Status, *, now: datetime, actor_id: UUID | None) -> bool:
    """Move a request to its end: claims given back, authorised money let go; False when it has moved before."""
    columns: dict[str, Any] = {"cancelled_at": now, "cancelled_by": actor_id} if becomes is Status.CANCELLED else {}
    if not claims.move(db, booking, Status.REQUESTED, becomes, now=now, actor_id=actor_id, **columns):
        return False
    claims.release(db, booking.id)
    payment = payments.authorised_payment_of(db, booking_id=booking.id)
    if payment is not None:
        payments.owe_void(db, payment=payment, now=now)
    topics.announce(db, *claims.watched(booking))
    return True


def _expire(db: Session, booking_id: UUID, *, now: datetime) -> bool:
    booking = db.get_one(Booking, booking_id, populate_existing=True)
    request = db.get_one(BookingRequest, booking_id, populate_existing=True)
    if request.lapses_at > now or not end_request(db, booking, Status.EXPIRED, now=now, actor_id=None):
        return False
    outbox.enqueue(db, notices.REQUEST_EXPIRED, key=f"booking:{booking.id}:lapsed", subject=str(booking.id), now=now)
    telling.tell_lapsed(db, booking, awaited=request.awaited, now=now)
    if request.decided_at is None and request.asked_at is None:
        catalog.record_request(db, mentor_id=booking.mentor_id, answered=False)
        _pause_who_lets_lapse(db, booking, now=now)
    return True


def _pause_who_lets_lapse(db: Session, booking: Booking, *, now: datetime) -> None:
    """The second request without any reply within 30 days takes the tag off until the mentor comes back (J5)."""
    lapsed = (
        select(func.count(col(BookingRequest.booking_id)))
        .join(Booking)
        .where(
            BookingRequest.mentor_id == booking.mentor_id,
            Booking.status == Status.EXPIRED,
            col(BookingRequest.decided_at).is_(None),
            col(BookingRequest.asked_at).is_(None),
            BookingRequest.lapses_at > now - LAPSES_PAUSE_WITHIN,
        )
    )
    if db.exec(lapsed).one() < 2 or not catalog.pause(db, mentor_id=booking.mentor_id, now=now):
        return
    outbox.enqueue(db, notices.MENTOR_PAUSED, key=f"paused:{booking.id}", subject=str(booking.id), now=now)
    telling.tell_paused(db, booking, now=now)


def _lapsed(now: datetime) -> SelectOfScalar[UUID]:
    return (
        select(BookingRequest.booking_id)
        .join(Booking)
        .where(Booking.status == Status.REQUESTED, BookingRequest.lapses_at <= now)
    )
