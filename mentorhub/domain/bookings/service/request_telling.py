"""What happens to a request, told to its people in the product."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Awaited, Booking
from mentorhub.domain.bookings.service.telling import when_for
from mentorhub.domain.notifications.rules import NoticeKind
from mentorhub.domain.notifications.service import tell


def tell_requested(db: Session, booking: Booking, *, now: datetime) -> None:
    """Somebody asks the mentor for a time."""
    text = f"{_name(db, booking.mentee_id)} asks for {booking.title} on {when_for(db, booking, booking.mentor_id)}."
    _tell(db, booking, booking.mentor_id, "asked", text, now=now)


def tell_question(db: Session, booking: Booking, *, now: datetime) -> None:
    """The mentor has a question first."""
    text = f"{_name(db, booking.mentor_id)} has a question about your request for {booking.title}."
    _tell(db, booking, booking.mentee_id, "question", text, now=now)


def tell_reply(db: Session, booking: Booking, *, now: datetime) -> None:
    """The mentee replied, and the clock runs again."""
    text = f"{_name(db, booking.mentee_id)} replied to your question about {booking.title}."
    _tell(db, booking, booking.mentor_id, "reply", text, now=now)


def tell_declined(db: Session, booking: Booking, *, now: datetime) -> None:
    """The mentor cannot take the request."""
    text = f"{_name(db, booking.mentor_id)} cannot take your request for {booking.title}. Nothing was charged."
    _tell(db, booking, booking.mentee_id, "declined", text, now=now)


def tell_withdrawn(db: Session, booking: Booking, *, now: datetime) -> None:
    """The mentee took the request back."""
    text = f"{_name(db, booking.mentee_id)} took back the request for {booking.title}. The time is free again."
    _tell(db, booking, booking.mentor_id, "withdrawn", text, now=now)


def tell_card_failed(db: Session, booking: Booking, *, now: datetime) -> None:
    """The mentor said yes, and the card could not be charged."""
    mentor = _name(db, booking.mentor_id)
    text = f"{mentor} accepted {booking.title}, but your card was declined. Please pay again to keep the time."
    _tell(db, booking, booking.mentee_id, "card_failed", text, now=now)


def tell_lapsed(db: Session, booking: Booking, *, awaited: Awaited, now: datetime) -> None:
    """A request ended by the clock: both are told why."""
    mentor, mentee = _name(db, booking.mentor_id), _name(db, booking.mentee_id)
    if awaited is Awaited.PAYMENT:
        to_mentee = f"{booking.title} with {mentor} was not paid in time, so the time is free again."
        to_mentor = f"{mentee} did not pay for {booking.title} in time, so the time is free again."
    elif awaited is Awaited.REPLY:
        to_mentee = f"Your request to {mentor} for {booking.title} ended before you replied. Nothing was charged."
        to_mentor = f"The request of {mentee} for {booking.title} ended before the reply to your question."
    else:
        to_mentee = f"{mentor} did not answer your request for {booking.title} in time. Nothing was charged."
        to_mentor = f"The request of {mentee} for {booking.title} lapsed without your answer."
    _tell(db, booking, booking.mentee_id, "lapsed", to_mentee, now=now)
    _tell(db, booking, booking.mentor_id, "lapsed", to_mentor, now=now)


def tell_too_late(db: Session, booking: Booking, *, now: datetime) -> None:
    """The card was authorised when the time was gone."""
    text = f"The time for {booking.title} was gone when your card was checked. Nothing was charged."
    _tell(db, booking, booking.mentee_id, "late", text, now=now)


def tell_paused(db: Session, booking: Booking, *, now: datetime) -> None:
    """Two requests lapsed within 30 days: the mentor is closed until they return."""
    text = "Two requests lapsed within 30 days, so your profile is paused. Open it again when you have time."
    tell(
        db,
        user_id=booking.mentor_id,
        kind=NoticeKind.REQUEST,
        key=f"request:{booking.id}:paused",
        text=text,
        address="/mentoring/profile",
        now=now,
    )


def _tell(db: Session, booking: Booking, user_id: UUID, what: str, text: str, *, now: datetime) -> None:
    tell(
        db,
        user_id=user_id,
        kind=NoticeKind.REQUEST,
        key=f"request:{booking.id}:{what}",
        text=text,
        address=f"/sessions/{booking.id}",
        now=now,
    )


def _name(db: Session, user_id: UUID) -> str:
    return db.get_one(User, user_id).name
