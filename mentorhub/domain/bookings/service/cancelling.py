"""Calling a session off, by either side, with exactly the refund that was shown before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.errors import NotCancellable, RefundHasChanged, SeatNotYours
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.service import claims, moving, requests, telling
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.money import Money
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.payments import rules as money
from mentorhub.domain.payments import service as payments

CLOSE_ROOM_TOPIC = "bookings.close_room"


@dataclass(frozen=True)
class CancelQuote:
    """What calling off now would give back, and until when that sum holds."""

    refund: Money
    price: Money
    by: money.Side
    full_until: datetime
    half_until: datetime


def quote_cancel(db: Session, *, booking_id: UUID, actor_id: UUID, now: datetime) -> CancelQuote:
    """What either side would give or get back when calling off now; raises NotFound, NotCancellable, SeatNotYours."""
    booking = _of(db, booking_id, actor_id)
    _require_cancellable(booking, actor_id, now)
    return _quote(booking, actor_id, now)


def cancel(db: Session, *, booking_id: UUID, actor_id: UUID, shown_minor: int, now: datetime) -> Booking:
    """Call a session off, giving back what was shown; a mentor's attendance counts it as one they missed.

    A mentee who calls off a request takes it back: no policy holds yet, and nothing was charged.

    Raises NotFound, NotCancellable, SeatNotYours, or RefundHasChanged when a deadline passed since the sum was shown.
    """
    booking = _of(db, booking_id, actor_id)
    claims.lock_people(db, booking.mentor_id, booking.mentee_id)
    db.refresh(booking)
    _require_cancellable(booking, actor_id, now)
    if booking.status is Status.REQUESTED:
        return requests.withdraw_request(db, booking_id=booking_id, mentee_id=actor_id, now=now)
    refund = _quote(booking, actor_id, now).refund
    if refund.minor != shown_minor:
        raise RefundHasChanged
    if not _end(db, booking, refund, actor_id=actor_id, now=now):
        raise NotCancellable
    if actor_id == booking.mentor_id:
        catalog.record_attendance(db, mentor_id=booking.mentor_id, attended="absent")
    return booking


def end_seat(db: Session, seat: Booking, *, actor_id: UUID | None, now: datetime) -> None:
    """End one confirmed seat of a group session that is called off, for services only: all of it goes back."""
    _end(db, seat, Money(seat.price_minor, seat.currency), actor_id=actor_id, now=now)


def _end(db: Session, booking: Booking, refund: Money, *, actor_id: UUID | None, now: datetime) -> bool:
    moved = claims.move(
        db,
        booking,
        booking.status,
        Status.CANCELLED,
        now=now,
        actor_id=actor_id,
        cancelled_at=now,
        cancelled_by=actor_id,
        version=booking.version + 1,
    )
    if not moved:
        return False
    claims.release(db, booking.id)
    moving.close_open_moves(db, booking_id=booking.id, now=now)
    _owe(db, booking, refund, now=now)
    _tell(db, booking, now=now)
    return True


def _of(db: Session, booking_id: UUID, actor_id: UUID) -> Booking:
    booking = db.get(Booking, booking_id)
    if booking is None or actor_id not in (booking.mentor_id, booking.mentee_id):
        raise NotFound
    return booking


def _require_cancellable(booking: Booking, actor_id: UUID, now: datetime) -> None:
    if not booking.status.is_cancellable or booking.starts_at <= now:
        raise NotCancellable
    if booking.status is Status.REQUESTED and actor_id == booking.mentor_id:
        raise NotCancellable
    if booking.group_session_id is not None and actor_id == booking.mentor_id:
        raise SeatNotYours


def _quote(booking: Booking, actor_id: UUID, now: datetime) -> CancelQuote:
    by = money.Side.MENTOR if actor_id == booking.mentor_id else money.Side.MENTEE
    price = Money(booking.price_minor, booking.currency)
    window = money.refund_window(booking.policy, booking.refund_from)
    refund = money.refund_due(booking.policy, price, booking.refund_from, now=now, by=by)
    if booking.status is Status.REQUESTED:
        refund = price
    return CancelQuote(refund, price, by, window.full_until, window.half_until)


def _owe(db: Session, booking: Booking, refund: Money, *, now: datetime) -> None:
    payment = payments.captured_payment_of(db, booking_id=booking.id)
    if payment is None:
        return
    payments.owe_refund(
        db, payment=payment, amount=refund, key=f"refund:cancel:{booking.id}", reason="called off", now=now
    )
    if refund.minor < payment.amount_minor:
        payments.release_earnings(db, payment=payment, now=now)


def _tell(db: Session, booking: Booking, *, now: datetime) -> None:
    outbox.withdraw(db, f"booking:{booking.id}:", now=now)
    if rules.door(booking.starts_at, booking.ends_at).is_open(now):
        outbox.enqueue(db, CLOSE_ROOM_TOPIC, key=f"close:{booking.id}", subject=str(booking.id), now=now)
    for recipient in booking.own_mails:
        outbox.enqueue(
            db,
            notices.BOOKING_CANCELLED,
            key=f"booking:{booking.id}:cancelled:{booking.version}:{recipient}",
            subject=f"{booking.id} {recipient}",
            now=now,
        )
    telling.tell_cancelled(db, booking, now=now)
    topics.announce(db, *claims.watched(booking))
