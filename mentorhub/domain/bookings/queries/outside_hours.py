"""Sessions that lie outside of what their mentor now opens: they stay, and their mentor may act."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.queries.mentor_time import MentorTime, load_time
from mentorhub.domain.scheduling.models import BusyBlock
from mentorhub.domain.scheduling.rules import fits

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OutsideView:
    """A coming session that blocked time, a day off or shorter hours hit; `why` is "blocked" or "closed"."""

    booking_id: UUID
    title: str
    with_name: str
    starts_at: datetime
    ends_at: datetime
    why: str


def sessions_outside_hours(db: Session, *, mentor_id: UUID, now: datetime) -> tuple[OutsideView, ...]:
    """The mentor's coming sessions that no longer lie in their open hours, soonest first."""
    time = load_time(db, [mentor_id], now=now).get(mentor_id)
    if time is None:
        return ()
    coming = db.exec(
        select(Booking)
        .where(
            Booking.mentor_id == mentor_id,
            col(Booking.group_session_id).is_(None),
            Booking.status == Status.CONFIRMED,
            Booking.starts_at > now,
        )
        .order_by(col(Booking.starts_at))
    ).all()
    blocks = db.exec(select(BusyBlock).where(BusyBlock.mentor_id == mentor_id, BusyBlock.ends_at > now)).all()
    names = _names(db, {booking.mentee_id for booking in coming})
    hit = ((booking, _why(booking, blocks, time)) for booking in coming)
    return tuple(OutsideView(b.id, b.title, names[b.mentee_id], b.starts_at, b.ends_at, why) for b, why in hit if why)


def _why(booking: Booking, blocks: Iterable[BusyBlock], time: MentorTime) -> str:
    if any(block.starts_at < booking.ends_at and booking.starts_at < block.ends_at for block in blocks):
        return "blocked"
    length = int((booking.ends_at - booking.starts_at).total_seconds()) // 60
    asked = time.request(
        offering_id=booking.offering_id,
        minutes=length,
        since=booking.starts_at,
        until=booking.ends_at,
        now=booking.starts_at - _DAY,
    )
    hours_alone = replace(asked, busy=(), bookings=(), min_notice_minutes=0, horizon_days=None, max_per_day=None)
    return "" if fits(hours_alone, booking.starts_at) else "closed"


def _names(db: Session, ids: set[UUID]) -> dict[UUID, str]:
    return {user.id: user.name for user in db.exec(select(User).where(col(User.id).in_(ids)))}
