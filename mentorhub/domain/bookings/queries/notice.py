"""A booking as its mails tell it."""

from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.accounts.models import User
from mentorhub.domain.accounts.queries import habits_of
from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import Booking, GroupSession, GroupStatus, Status
from mentorhub.domain.bookings.queries.intake import intake_of
from mentorhub.domain.common.money import Money
from mentorhub.domain.notifications.rules import SessionNotice, SessionPerson
from mentorhub.domain.payments import rules as money
from mentorhub.domain.payments.queries import paid_for


def booking_notice(db: Session, *, booking_id: UUID, public_url: str) -> SessionNotice:
    """Everything the mails about a booking say; `public_url` is where its page and room are found."""
    booking = db.get_one(Booking, booking_id)
    group = db.get(GroupSession, booking.group_session_id) if booking.group_session_id is not None else None
    paid = paid_for(db, booking_id=booking.id)
    return SessionNotice(
        booking_id=booking.id,
        title=booking.title,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        mentor=_person(db, booking.mentor_id, booking.mentor_zone),
        mentee=_person(db, booking.mentee_id, booking.mentee_zone),
        price=Money(booking.price_minor, booking.currency),
        refunded=paid.refunded if paid is not None else Money.zero(booking.currency),
        full_until=money.refund_window(booking.policy, booking.refund_from).full_until,
        calendar_uid=booking.calendar_uid,
        version=booking.version,
        page=f"{public_url}/sessions/{booking.id}",
        room=f"{public_url}/room/{booking.room_id}",
        ask=intake_of(db, booking_id=booking.id).ask,
        cancelled_by=_side(booking, booking.cancelled_by),
        was_agreed=booking.confirmed_at is not None,
        why=why_called_off(db, booking),
        seats=group.seats if group is not None else 0,
    )


def why_called_off(db: Session, booking: Booking) -> str:
    """Why the product called a seat off, as the end of a sentence; empty for what a person called off or nobody did."""
    if booking.group_session_id is None or booking.cancelled_by is not None:
        return ""
    group = db.get_one(GroupSession, booking.group_session_id)
    return rules.too_few(group.seats_needed) if group.status is GroupStatus.CANCELLED else ""


def calendar_method(db: Session, *, booking_id: UUID) -> str | None:
    """What a calendar is told of a booking: "REQUEST" to keep it, "CANCEL" to drop it, `None` if it never stood there.

    A session that is over keeps its entry, however it went.
    """
    status = db.get_one(Booking, booking_id).status
    if status is Status.CANCELLED:
        return "CANCEL"
    return "REQUEST" if status is Status.CONFIRMED or status.is_over else None


def side_of(db: Session, *, booking_id: UUID, side: str) -> UUID:
    """Who the "mentor" or the "mentee" of a booking is."""
    booking = db.get_one(Booking, booking_id)
    return booking.mentor_id if side == "mentor" else booking.mentee_id


def _person(db: Session, user_id: UUID, zone: str) -> SessionPerson:
    user = db.get_one(User, user_id)
    return SessionPerson(user.name, user.email, zone, habits_of(db, user_id=user_id))


def _side(booking: Booking, person_id: UUID | None) -> str:
    return {booking.mentor_id: "mentor", booking.mentee_id: "mentee"}.get(person_id, "") if person_id else ""
