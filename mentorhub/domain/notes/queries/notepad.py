"""What one of the two people may see and do in the notes of their booking."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.notes.queries.items import ItemView, items_of_booking
from mentorhub.domain.notes.rules import locks_at


@dataclass(frozen=True)
class NotepadView:
    """Who writes in these notes, until when, and the action items their lines became."""

    booking_id: UUID
    viewer_id: UUID
    mentor_id: UUID
    names: dict[UUID, str]
    can_write: bool
    locks_at: datetime
    items: tuple[ItemView, ...]


def has_notes(booking: Booking) -> bool:
    """Whether a booking has come far enough to have notes: it was confirmed once."""
    return booking.confirmed_at is not None or booking.status is Status.CONFIRMED or booking.status.is_over


def notepad(db: Session, *, booking_id: UUID, viewer_id: UUID, now: datetime) -> NotepadView | None:
    """The notepad of a booking; `None` for a stranger, and while the booking is not confirmed."""
    booking = db.get(Booking, booking_id)
    if booking is None or not has_notes(booking) or viewer_id not in (booking.mentor_id, booking.mentee_id):
        return None
    pair = (booking.mentor_id, booking.mentee_id)
    names = dict(db.exec(select(User.id, User.name).where(col(User.id).in_(pair))).all())
    return NotepadView(
        booking_id=booking.id,
        viewer_id=viewer_id,
        mentor_id=booking.mentor_id,
        names=names,
        can_write=booking.status is not Status.CANCELLED and now < locks_at(booking.ends_at),
        locks_at=locks_at(booking.ends_at),
        items=items_of_booking(db, booking_id=booking.id),
    )
