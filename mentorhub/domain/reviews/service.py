"""The verb of the reviews: the mentee of a session that took place says what it was like, once."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.catalog.service import record_review
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.reviews import rules
from mentorhub.domain.reviews.errors import AlreadyReviewed, NotMet, OnlyMenteesReview
from mentorhub.domain.reviews.models import Review
from mentorhub.domain.reviews.queries import has_met, time_together


def leave_review(db: Session, *, booking_id: UUID, author_id: UUID, stars: int, text: str, now: datetime) -> None:
    """Keep a review and count it for the mentor, in one transaction.

    Raises NotFound for a stranger, OnlyMenteesReview for the mentor, NotMet, AlreadyReviewed, and FieldError
    on `stars` or `text`.
    """
    booking = db.exec(select(Booking).where(Booking.id == booking_id).with_for_update()).first()
    if booking is None or author_id not in (booking.mentor_id, booking.mentee_id):
        raise NotFound
    if author_id != booking.mentee_id:
        raise OnlyMenteesReview
    met = time_together(db, booking)
    if not has_met(booking, met):
        raise NotMet
    if db.exec(select(Review.id).where(Review.booking_id == booking_id)).first() is not None:
        raise AlreadyReviewed
    db.add(
        Review(
            booking_id=booking_id,
            mentor_id=booking.mentor_id,
            author_id=author_id,
            stars=stars,
            text=rules.checked(stars=stars, text=text),
            met_minutes=int(met.total_seconds()) // 60,
            created_at=now,
        )
    )
    record_review(db, mentor_id=booking.mentor_id, stars=stars)
    db.flush()
    topics.announce(db, topics.booking(booking_id), topics.person(booking.mentor_id), topics.grid_of(booking.mentor_id))
