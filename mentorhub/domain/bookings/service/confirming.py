"""The one way a booking becomes a session that takes place: claims for good, and both are told."""

from datetime import datetime

from sqlmodel import Session

from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.service import claims, reminding, telling
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.notifications import rules as notices


def confirm(db: Session, booking: Booking, was: Status, *, now: datetime) -> bool:
    """Confirm a booking that stands at `was`; False when somebody else moved it first.

    Each session of a series has its own mail, since a calendar reads one invitation a mail; the bell rings once
    for all of them, which the caller asks for.
    """
    moved = claims.move(db, booking, was, Status.CONFIRMED, now=now, actor_id=booking.mentee_id, confirmed_at=now)
    if not moved:
        return False
    claims.keep_until(db, booking.id, None)
    for recipient in booking.own_mails:
        outbox.enqueue(
            db,
            notices.BOOKING_CONFIRMED,
            key=f"booking:{booking.id}:confirmed:{booking.version}:{recipient}",
            subject=f"{booking.id} {recipient}",
            now=now,
        )
    reminding.remind(db, booking, now=now)
    if booking.series_id is None:
        telling.tell_booked(db, booking, now=now)
    topics.announce(db, *claims.watched(booking))
    return True
