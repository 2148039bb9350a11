"""Other mentors for somebody whose request came to nothing: the same field, free near the wanted time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.queries import free_starts_of_many
from mentorhub.domain.catalog.models import MentorExpertise, MentorProfile, Offering, OfferingKind

_CANDIDATES = 24
_AROUND = timedelta(days=3)


@dataclass(frozen=True)
class FitView:
    """A mentor who may fit: their page, and their free start nearest to the wanted one."""

    mentor_id: UUID
    name: str
    role: str
    slug: str
    portrait: str
    starts_at: datetime


def better_fits(
    db: Session, *, mentor_id: UUID, viewer_id: UUID, minutes: int, near: datetime, now: datetime, limit: int = 3
) -> tuple[FitView, ...]:
    """Up to `limit` open mentors who share most areas with this one and are free within three days of `near`."""
    shared = _shared_areas(db, mentor_id, viewer_id)
    offerings = _nearest_offering(db, list(shared), minutes)
    starts = free_starts_of_many(
        db, offerings=offerings, since=max(now, near - _AROUND), until=max(now, near) + _AROUND, now=now
    )
    soonest = {
        offering.mentor_id: min(starts[offering.id], key=lambda start: abs(start - near))
        for offering in offerings
        if starts.get(offering.id)
    }
    best = sorted(soonest, key=lambda one: (-shared[one], abs(soonest[one] - near), str(one)))[:limit]
    return tuple(_fit(db, one, soonest[one]) for one in best)


def _shared_areas(db: Session, mentor_id: UUID, viewer_id: UUID) -> dict[UUID, int]:
    areas = select(MentorExpertise.tag).where(MentorExpertise.mentor_id == mentor_id)
    count = func.count(col(MentorExpertise.tag))
    others = (
        select(MentorExpertise.mentor_id, count)
        .join(MentorProfile)
        .where(
            col(MentorExpertise.tag).in_(areas),
            col(MentorExpertise.mentor_id).not_in((mentor_id, viewer_id)),
            col(MentorProfile.is_open),
        )
        .group_by(col(MentorExpertise.mentor_id))
        .order_by(count.desc(), col(MentorExpertise.mentor_id))
    )
    return dict(db.exec(others.limit(_CANDIDATES)).all())


def _nearest_offering(db: Session, mentor_ids: Sequence[UUID], minutes: int) -> list[Offering]:
    """One single session of each mentor: the one whose length is nearest to the wanted one."""
    offered = select(Offering).where(
        col(Offering.mentor_id).in_(mentor_ids),
        col(Offering.is_active),
        col(Offering.kind).not_in((OfferingKind.INTRO, OfferingKind.GROUP)),
    )
    nearest: dict[UUID, Offering] = {}
    for offering in db.exec(offered.order_by(col(Offering.position))):
        known = nearest.get(offering.mentor_id)
        if known is None or abs(offering.minutes - minutes) < abs(known.minutes - minutes):
            nearest[offering.mentor_id] = offering
    return list(nearest.values())


def _fit(db: Session, mentor_id: UUID, starts_at: datetime) -> FitView:
    user, profile = db.get_one(User, mentor_id), db.get_one(MentorProfile, mentor_id)
    role = ", ".join(part for part in (profile.role, profile.employer) if part)
    return FitView(mentor_id, user.name, role, profile.slug, user.portrait or "", starts_at)
