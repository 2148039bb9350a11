"""The clocks coming sessions are told on; what they are told on changes, their moments never do."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, update

from mentorhub.domain.bookings.models import Booking, GroupSession, GroupStatus, Status
from mentorhub.domain.common import topics
from mentorhub.domain.scheduling import service as scheduling
from mentorhub.domain.scheduling.rules.editing import HoursRow, Limits

_TO_COME = [status for status in Status if status.owns_claims]


def follow_zone(db: Session, *, mentee_id: UUID, time_zone: str, now: datetime) -> None:
    """Tell what a mentee holds, asked for or booked on another clock: in mails, notices and to the other side (C8)."""
    ahead = (
        col(Booking.mentee_id) == mentee_id,
        col(Booking.status).in_(_TO_COME),
        col(Booking.starts_at) > now,
        col(Booking.mentee_zone) != time_zone,
    )
    moved = db.execute(update(Booking).where(*ahead).values(mentee_zone=time_zone).returning(col(Booking.id)))
    topics.announce(db, *(topics.booking(booking_id) for (booking_id,) in moved.all()))


def save_hours(
    db: Session,
    *,
    actor_id: UUID,
    rows: Sequence[HoursRow],
    limits: Limits,
    offering_id: UUID | None = None,
    now: datetime,
) -> None:
    """Weekly hours and limits at once, both or neither; raises what `scheduling.service.save_schedule` raises.

    The hours may be on another clock than before: what is to come, groups too, is told on it from now on.
    """
    scheduling.save_schedule(db, actor_id=actor_id, rows=rows, limits=limits, offering_id=offering_id)
    booked = (
        col(Booking.mentor_id) == actor_id,
        col(Booking.status).in_(_TO_COME),
        col(Booking.starts_at) > now,
        col(Booking.mentor_zone) != limits.time_zone,
    )
    published = (
        col(GroupSession.mentor_id) == actor_id,
        col(GroupSession.status) == GroupStatus.OPEN,
        col(GroupSession.starts_at) > now,
        col(GroupSession.mentor_zone) != limits.time_zone,
    )
    zone = {"mentor_zone": limits.time_zone}
    sessions = db.execute(update(Booking).where(*booked).values(zone).returning(col(Booking.id))).all()
    db.execute(update(GroupSession).where(*published).values(zone))
    topics.announce(db, topics.groups_of(actor_id), *(topics.booking(booking_id) for (booking_id,) in sessions))
