"""Who may enter which room, and until when; the room of a seat is that of its group session."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.errors import RoomClosed
from mentorhub.domain.bookings.models import Booking, GroupSession, GroupStatus, Status


@dataclass(frozen=True)
class AdmissionView:
    """Who may enter which room, until when.

    `places` is how many the room holds and `expected` how many will come, the mentor among them. In a group
    session `other_name` is the mentor's for a mentee and empty for the mentor, whose `booking_id` is None.
    """

    room_id: UUID
    booking_id: UUID | None
    user_id: UUID
    name: str
    other_name: str
    title: str
    i_mentor: bool
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    closes_at: datetime
    is_group: bool = False
    places: int = 2
    expected: int = 2


def admission(db: Session, *, room_id: UUID, viewer_id: UUID, now: datetime) -> AdmissionView:
    """Let a person of an agreed session into its room while the doors are open.

    `room_id` is a booking, a seat, or a group session: a seat leads to the room of its group session. Raises
    RoomClosed for anybody and any time else, so that a stranger learns nothing; a person of the session who is
    early gets the view with `opens_at` ahead of `now`.
    """
    booking = db.get(Booking, room_id)
    if booking is None or booking.group_session_id is not None:
        group_id = room_id if booking is None else booking.group_session_id
        return _to_group(db, group_id=group_id, viewer_id=viewer_id, now=now)
    if viewer_id not in (booking.mentor_id, booking.mentee_id):
        raise RoomClosed
    door = rules.door(booking.starts_at, booking.ends_at)
    if booking.status is not Status.CONFIRMED or now >= door.closes_at:
        raise RoomClosed("This room is closed.")
    i_mentor = viewer_id == booking.mentor_id
    other = booking.mentee_id if i_mentor else booking.mentor_id
    return AdmissionView(
        room_id=booking.id,
        booking_id=booking.id,
        user_id=viewer_id,
        name=db.get_one(User, viewer_id).name,
        other_name=db.get_one(User, other).name,
        title=booking.title,
        i_mentor=i_mentor,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        opens_at=door.opens_at,
        closes_at=door.closes_at,
    )


def _to_group(db: Session, *, group_id: UUID | None, viewer_id: UUID, now: datetime) -> AdmissionView:
    """The mentor and those whose seat is paid for come in; who had one before hears that the room is closed."""
    group = db.get(GroupSession, group_id) if group_id is not None else None
    if group is None:
        raise RoomClosed
    seats = db.exec(select(Booking).where(Booking.group_session_id == group.id).order_by(col(Booking.created_at))).all()
    i_mentor = viewer_id == group.mentor_id
    own = [seat for seat in seats if seat.mentee_id == viewer_id]
    if not i_mentor and not own:
        raise RoomClosed
    taken = [seat for seat in seats if seat.status is Status.CONFIRMED]
    mine = next((seat for seat in taken if seat.mentee_id == viewer_id), None)
    door = rules.door(group.starts_at, group.ends_at)
    shut = group.status is not GroupStatus.OPEN or now >= door.closes_at
    if shut or not taken or not (i_mentor or mine):
        raise RoomClosed("This room is closed.")
    return AdmissionView(
        room_id=group.id,
        booking_id=mine.id if mine is not None else None,
        user_id=viewer_id,
        name=db.get_one(User, viewer_id).name,
        other_name="" if i_mentor else db.get_one(User, group.mentor_id).name,
        title=group.title,
        i_mentor=i_mentor,
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        opens_at=door.opens_at,
        closes_at=door.closes_at,
        is_group=True,
        places=group.seats + 1,
        expected=len(taken) + 1,
    )
