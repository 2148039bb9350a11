"""What a mentor sees of somebody who asks: facts and no score (PRODUCT.md D2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, BookingRequest, Status
from mentorhub.domain.payments.rules import refund_window

_CAME = (Status.MET, Status.SHORT, Status.MENTOR_ABSENT)
_DUE = (*_CAME, Status.MENTEE_ABSENT, Status.NOBODY)


@dataclass(frozen=True)
class FactsView:
    """A mentee's record as a mentee: came to `attended` of `due` sessions, called off `late_cancels` too late.

    `open_requests` wait for an answer now; `since` is when the account began. The mentee sees the same.
    """

    attended: int
    due: int
    late_cancels: int
    open_requests: int
    since: datetime


def seriousness_of(db: Session, *, mentee_id: UUID, now: datetime) -> FactsView:
    """The facts about a mentee; a session nobody can tell about counts neither way."""
    counted = dict(
        db.exec(
            select(Booking.status, func.count(col(Booking.id)))
            .where(Booking.mentee_id == mentee_id, col(Booking.status).in_(_DUE))
            .group_by(col(Booking.status))
        ).all()
    )
    called_off = db.exec(
        select(Booking).where(
            Booking.mentee_id == mentee_id,
            Booking.status == Status.CANCELLED,
            Booking.cancelled_by == mentee_id,
            col(Booking.confirmed_at).is_not(None),
        )
    )
    waiting = select(func.count(col(BookingRequest.booking_id))).join(Booking)
    open_now = waiting.where(
        BookingRequest.mentee_id == mentee_id, Booking.status == Status.REQUESTED, BookingRequest.lapses_at > now
    )
    return FactsView(
        attended=sum(counted.get(status, 0) for status in _CAME),
        due=sum(counted.values()),
        late_cancels=sum(_was_late(booking) for booking in called_off),
        open_requests=db.exec(open_now).one(),
        since=db.get_one(User, mentee_id).created_at,
    )


def _was_late(booking: Booking) -> bool:
    until = refund_window(booking.policy, booking.refund_from).full_until
    return booking.cancelled_at is not None and booking.cancelled_at > until
