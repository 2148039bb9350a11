"""The clock a mentee's coming sessions are told on; what they are told on changes, their moments never do."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, update

from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common import topics


def follow_zone(db: Session, *, mentee_id: UUID, time_zone: str, now: datetime) -> None:
    """Tell what a mentee holds, asked for or booked on another clock: in mails, notices and to the other side (C8)."""
    ahead = (
        col(Booking.mentee_id) == mentee_id,
        col(Booking.status).in_([status for status in Status if status.owns_claims]),
        col(Booking.starts_at) > now,
        col(Booking.mentee_zone) != time_zone,
    )
    moved = db.execute(update(Booking).where(*ahead).values(mentee_zone=time_zone).returning(col(Booking.id)))
    topics.announce(db, *(topics.booking(booking_id) for (booking_id,) in moved.all()))
