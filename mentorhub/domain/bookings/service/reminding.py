"""Reminders of a session: asked for when it is agreed, checked again when they are due."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.errors import NotTheDayBefore
from mentorhub.domain.bookings.models import Booking, Presence, Status
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.rules import NoticeKind


def remind(db: Session, booking: Booking, *, now: datetime) -> None:
    """Ask for the reminders still ahead of an agreed session, for its people; repeated, it changes nothing.

    Called in the transaction that agreed on the time. A cancellation withdraws everything under
    `booking:<id>:`; a move asks again, and what was asked for the earlier version is dropped when due.
    """
    for kind, due_at in notices.reminders_of(booking.starts_at, now=now).items():
        for side in booking.own_mails:
            outbox.enqueue(
                db,
                notices.REMINDER,
                key=f"booking:{booking.id}:remind:{booking.version}:{kind.value}:{side}",
                subject=f"{booking.id} {side} {booking.version} {kind.value}",
                now=now,
                due_at=due_at,
            )


def is_due_still(db: Session, *, booking_id: UUID, version: int, kind: NoticeKind, now: datetime) -> bool:
    """Whether a reminder that is due still holds: the same session, agreed, and not yet overtaken by the next."""
    booking = _agreed(db, booking_id, version)
    return booking is not None and now < notices.lapses_at(kind, booking.starts_at)


def ask_where_the_other_is(db: Session, booking: Booking, presence: Presence) -> None:
    """Somebody came into the room: ask, at once, that the other one is told if they are not in."""
    if booking.status is not Status.CONFIRMED:
        return
    side = "mentee" if presence.user_id == booking.mentor_id else "mentor"
    outbox.enqueue(
        db,
        notices.SOMEBODY_CAME,
        key=f"booking:{booking.id}:came:{presence.id}",
        subject=f"{booking.id} {side} {booking.version}",
        now=presence.joined_at,
    )


def is_waited_for(db: Session, *, booking_id: UUID, side: str, version: int, now: datetime) -> bool:
    """Whether the other one sits alone in the room of this session right now."""
    booking = _agreed(db, booking_id, version)
    if booking is None or now >= booking.ends_at:
        return False
    me, other = booking.mentor_id, booking.mentee_id
    if side == "mentee":
        me, other = other, me
    inside = set(
        db.exec(select(Presence.user_id).where(Presence.booking_id == booking_id, col(Presence.left_at).is_(None)))
    )
    return other in inside and me not in inside


def call_for(db: Session, *, booking_id: UUID, side: str, version: int, now: datetime) -> None:
    """Ask for the one mail that says the other waits; once a person and version."""
    key = f"booking:{booking_id}:remind:{version}:{NoticeKind.OTHER_IS_HERE.value}:{side}"
    outbox.enqueue(db, notices.SOMEBODY_WAITS, key=key, subject=f"{booking_id} {side} {version}", now=now)


def say_coming(db: Session, *, booking_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Note that one of the two said they are coming; saying it again changes nothing.

    Raises NotFound, or NotTheDayBefore.
    """
    booking = db.get(Booking, booking_id)
    if booking is None or actor_id not in (booking.mentor_id, booking.mentee_id):
        raise NotFound
    if booking.status is not Status.CONFIRMED or not rules.may_say_coming(booking.starts_at, now):
        raise NotTheDayBefore
    if actor_id == booking.mentor_id:
        booking.mentor_coming_at = booking.mentor_coming_at or now
    else:
        booking.mentee_coming_at = booking.mentee_coming_at or now
    topics.announce(db, topics.booking(booking.id))


def _agreed(db: Session, booking_id: UUID, version: int) -> Booking | None:
    booking = db.get(Booking, booking_id)
    agreed = booking is not None and booking.status is Status.CONFIRMED and booking.version == version
    return booking if agreed else None
