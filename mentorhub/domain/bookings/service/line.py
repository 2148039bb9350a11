"""The line for freed times: what a booking's fate means for who waits, in the transaction that decides it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CursorResult
from sqlmodel import Session, col, select, update

from mentorhub.domain.bookings.models import Booking, Status, WaitlistEntry, WaitState
from mentorhub.domain.common import outbox, topics

TIME_FREED: Final = "bookings.time_freed"
"""Topic of the outbox; the subject is "<offering id> <start in UTC, ISO 8601>"."""

_AGREED = (Status.REQUESTED, Status.CONFIRMED)
_GONE = (Status.CANCELLED, Status.DECLINED, Status.EXPIRED)


def follow(db: Session, booking: Booking, was: Status, *, now: datetime) -> None:
    """Let the line know that a booking has moved on from `was`.

    A time that was asked for or agreed and is given up goes to the line; so does an offered hold that nobody
    took, whose entry ends there. Whoever books the offering leaves its line.
    """
    if booking.status in _AGREED and was not in _AGREED:
        _booked(db, booking)
    elif booking.status in _GONE and (was in _AGREED or _passed(db, booking)):
        freed(db, booking, booking.starts_at, now=now)


def freed(db: Session, booking: Booking, starts_at: datetime, *, now: datetime) -> None:
    """Ask for a time the booking no longer needs to be offered, when it lies ahead and somebody waits for it."""
    if starts_at <= now or booking.group_session_id is not None:
        return
    waits = select(WaitlistEntry.id).where(
        WaitlistEntry.offering_id == booking.offering_id, WaitlistEntry.state == WaitState.WAITING
    )
    if db.exec(waits.limit(1)).first() is None:
        return
    outbox.enqueue(
        db,
        TIME_FREED,
        key=f"freed:{booking.id}:{booking.version}:{int(starts_at.timestamp())}",
        subject=f"{booking.offering_id} {starts_at.isoformat()}",
        now=now,
    )


def offered_until(db: Session, hold: Booking) -> datetime | None:
    """Until when the line keeps this hold for its mentee; `None` for a hold the mentee chose."""
    entry = _offer_of(db, hold)
    return entry.offer_until if entry is not None else None


def swap(
    db: Session, entry_id: UUID, was: WaitState, becomes: WaitState, *, booking_id: UUID | None, until: datetime | None
) -> bool:
    """Compare-and-swap where an entry stands; False when it stands elsewhere by now."""
    change = (
        update(WaitlistEntry)
        .where(col(WaitlistEntry.id) == entry_id, col(WaitlistEntry.state) == was)
        .values(state=becomes, booking_id=booking_id, offer_until=until)
        .execution_options(synchronize_session=False)
    )
    result = db.execute(change)
    return isinstance(result, CursorResult) and result.rowcount == 1


def _passed(db: Session, hold: Booking) -> bool:
    """Whether the hold was an offer of the line, which its mentee let go."""
    entry = _offer_of(db, hold)
    return entry is not None and swap(
        db, entry.id, WaitState.OFFERED, WaitState.PASSED, booking_id=hold.id, until=entry.offer_until
    )


def _offer_of(db: Session, hold: Booking) -> WaitlistEntry | None:
    offered = select(WaitlistEntry).where(
        WaitlistEntry.mentee_id == hold.mentee_id,
        WaitlistEntry.booking_id == hold.id,
        WaitlistEntry.state == WaitState.OFFERED,
    )
    return db.exec(offered).first()


def _booked(db: Session, booking: Booking) -> None:
    standing = select(WaitlistEntry).where(
        WaitlistEntry.mentee_id == booking.mentee_id,
        WaitlistEntry.offering_id == booking.offering_id,
        col(WaitlistEntry.state).in_((WaitState.WAITING, WaitState.OFFERED)),
    )
    for entry in db.exec(standing).all():
        if swap(db, entry.id, entry.state, WaitState.BOOKED, booking_id=booking.id, until=None):
            topics.announce(db, topics.person(booking.mentor_id), topics.person(booking.mentee_id))
