"""Reads of the lines people stand in: one's own, with one's place, and how many wait for a mentor's offerings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, and_, col, func, or_, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import WaitlistEntry, WaitState
from mentorhub.domain.catalog.models import MentorProfile, Offering


@dataclass(frozen=True)
class LineView:
    """A line somebody stands in. `place` counts from 1; with an offer it is 0, and the hold and its end are there."""

    offering_id: UUID
    title: str
    mentor_name: str
    mentor_slug: str
    place: int
    hold_id: UUID | None
    offer_until: datetime | None


def lines_of(db: Session, *, mentee_id: UUID) -> tuple[LineView, ...]:
    """The lines the mentee stands in, the oldest first."""
    standing = (
        select(WaitlistEntry, Offering.title, User.name, MentorProfile.slug)
        .join(Offering, col(Offering.id) == col(WaitlistEntry.offering_id))
        .join(User, col(User.id) == col(WaitlistEntry.mentor_id))
        .join(MentorProfile, col(MentorProfile.user_id) == col(WaitlistEntry.mentor_id))
        .where(
            WaitlistEntry.mentee_id == mentee_id,
            col(WaitlistEntry.state).in_((WaitState.WAITING, WaitState.OFFERED)),
        )
        .order_by(col(WaitlistEntry.created_at), col(WaitlistEntry.id))
    )
    return tuple(
        LineView(
            offering_id=entry.offering_id,
            title=title,
            mentor_name=name,
            mentor_slug=slug,
            place=_place(db, entry) if entry.state is WaitState.WAITING else 0,
            hold_id=entry.booking_id,
            offer_until=entry.offer_until,
        )
        for entry, title, name, slug in db.exec(standing).all()
    )


def waiting_for(db: Session, *, mentor_id: UUID) -> Mapping[UUID, int]:
    """How many people wait for a time, by offering; an offering nobody waits for is left out."""
    counted = (
        select(WaitlistEntry.offering_id, func.count(col(WaitlistEntry.id)))
        .where(WaitlistEntry.mentor_id == mentor_id, WaitlistEntry.state == WaitState.WAITING)
        .group_by(col(WaitlistEntry.offering_id))
    )
    return dict(db.exec(counted).all())


def _place(db: Session, entry: WaitlistEntry) -> int:
    earlier = or_(
        col(WaitlistEntry.created_at) < entry.created_at,
        and_(col(WaitlistEntry.created_at) == entry.created_at, col(WaitlistEntry.id) < entry.id),
    )
    before = select(func.count(col(WaitlistEntry.id))).where(
        WaitlistEntry.offering_id == entry.offering_id, WaitlistEntry.state == WaitState.WAITING, earlier
    )
    return db.exec(before).one() + 1
