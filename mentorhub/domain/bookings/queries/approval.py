"""Whether a time has to be asked for, and what notice that takes (PRODUCT.md C9, C12)."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.rules import REQUEST_NOTICE, answer_by
from mentorhub.domain.catalog.models import MentorProfile, Offering


class Terms(Protocol):
    """What of an offering decides whether it is booked at once: the row itself, or what was read of it."""

    @property
    def mentor_id(self) -> UUID:
        """Whose it is."""

    @property
    def needs_approval(self) -> bool:
        """Whether the mentor answers first."""

    @property
    def met_book_instantly(self) -> bool:
        """Whether those the mentor has met need no answer."""


def is_by_request(db: Session, offering: Terms, viewer_id: UUID | None) -> bool:
    """Whether the mentor answers first; those they have met may book at once where the offering says so."""
    if not offering.needs_approval:
        return False
    return not (offering.met_book_instantly and viewer_id is not None and has_met(db, offering.mentor_id, viewer_id))


def need_not_ask(db: Session, *, offering_id: UUID, viewer_id: UUID) -> bool:
    """Whether a viewer books at once what others have to ask for."""
    offering = db.get(Offering, offering_id)
    return offering is not None and offering.needs_approval and not is_by_request(db, offering, viewer_id)


def notice_of(db: Session, offering: Offering, viewer_id: UUID | None) -> timedelta:
    """The least notice this viewer has to give, whatever the mentor's own is."""
    return REQUEST_NOTICE if is_by_request(db, offering, viewer_id) else timedelta(0)


def answer_due(
    db: Session, *, offering_id: UUID, viewer_id: UUID | None, starts_at: datetime, now: datetime
) -> datetime | None:
    """By when the mentor would answer a request for that start; `None` where one books at once."""
    offering = db.get(Offering, offering_id)
    if offering is None or not is_by_request(db, offering, viewer_id):
        return None
    return answer_by(now, starts_at, hours=db.get_one(MentorProfile, offering.mentor_id).answer_hours)


def has_met(db: Session, mentor_id: UUID, mentee_id: UUID) -> bool:
    """Whether the two were in a room together before."""
    met = select(Booking.id).where(
        Booking.mentor_id == mentor_id,
        Booking.mentee_id == mentee_id,
        col(Booking.status).in_((Status.MET, Status.SHORT)),
    )
    return db.exec(met.limit(1)).first() is not None
