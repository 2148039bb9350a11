"""Reads of the catalog: the vocabulary, a mentor's own profile and offerings as the editor shows them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.catalog.models import (
    ExpertiseTag,
    MentorExpertise,
    MentorLanguage,
    MentorProfile,
    Offering,
)
from mentorhub.domain.catalog.rules import Word
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.money import Money


@dataclass(frozen=True)
class OwnExpertiseView:
    """One area in the editor."""

    name: str
    years: int


@dataclass(frozen=True)
class OwnProfileView:
    """A mentor's own profile, as the editor fills its fields."""

    mentor_id: UUID
    slug: str
    name: str
    portrait: str
    role: str
    employer: str
    city: str
    country: str
    headline: str
    bio: str
    gap: str
    highlights: str
    currency: str
    policy: str
    answer_hours: str
    max_requests_per_week: str
    max_intros_per_week: str
    is_open: bool
    is_paused: bool
    languages: tuple[str, ...]
    expertise: tuple[OwnExpertiseView, ...]
    since: datetime


@dataclass(frozen=True)
class OwnOfferingView:
    """One of a mentor's offerings, with the price both for showing and for typing."""

    offering_id: UUID
    kind: str
    title: str
    minutes: int
    price: Money
    price_tag: str
    price_typed: str
    send_before: str
    leave_with: str
    needs_approval: bool
    met_book_instantly: bool
    is_active: bool


def vocabulary(db: Session) -> tuple[Word, ...]:
    """Every word of the expertise vocabulary, by name."""
    rows = db.exec(select(ExpertiseTag).order_by(col(ExpertiseTag.name)))
    return tuple(Word(row.slug, row.name, tuple(filter(None, row.synonyms.split("|")))) for row in rows)


def own_profile(db: Session, *, mentor_id: UUID) -> OwnProfileView | None:
    """The editor's view of a person's own mentor profile; `None` while they have none."""
    profile, user = db.get(MentorProfile, mentor_id), db.get(User, mentor_id)
    if profile is None or user is None:
        return None
    codes = db.exec(select(MentorLanguage.code).where(MentorLanguage.mentor_id == mentor_id))
    areas = db.exec(
        select(ExpertiseTag.name, MentorExpertise.years)
        .join(MentorExpertise)
        .where(MentorExpertise.mentor_id == mentor_id)
        .order_by(col(MentorExpertise.years).desc(), col(ExpertiseTag.name))
    )
    return OwnProfileView(
        mentor_id=mentor_id,
        slug=profile.slug,
        name=user.name,
        portrait=user.portrait or "",
        role=profile.role,
        employer=profile.employer,
        city=profile.city,
        country=profile.country,
        headline=profile.headline,
        bio=profile.bio,
        gap=profile.gap,
        highlights=profile.highlights,
        currency=profile.currency,
        policy=profile.policy.value,
        answer_hours=str(profile.answer_hours),
        max_requests_per_week=str(profile.max_requests_per_week or ""),
        max_intros_per_week=str(profile.max_intros_per_week or ""),
        is_open=profile.is_open,
        is_paused=profile.paused_at is not None,
        languages=tuple(sorted(codes)),
        expertise=tuple(OwnExpertiseView(name, years) for name, years in areas),
        since=profile.created_at,
    )


def own_offerings(db: Session, *, mentor_id: UUID) -> tuple[OwnOfferingView, ...]:
    """All offerings of a mentor, active ones first, each group in the mentor's own order."""
    rows = db.exec(
        select(Offering)
        .where(Offering.mentor_id == mentor_id)
        .order_by(col(Offering.is_active).desc(), col(Offering.position), col(Offering.created_at))
    )
    return tuple(_own_offering(row) for row in rows)


def own_offering(db: Session, *, mentor_id: UUID, offering_id: UUID) -> OwnOfferingView:
    """One of a mentor's own offerings; raises NotFound for another's."""
    row = db.get(Offering, offering_id)
    if row is None or row.mentor_id != mentor_id:
        raise NotFound
    return _own_offering(row)


def _own_offering(row: Offering) -> OwnOfferingView:
    price = Money(row.price_minor, row.currency)
    return OwnOfferingView(
        offering_id=row.id,
        kind=row.kind.value,
        title=row.title,
        minutes=row.minutes,
        price=price,
        price_tag=price.format(tag=True) if price else "Free",
        price_typed=f"{price.as_decimal():f}".removesuffix(".00"),
        send_before=row.send_before,
        leave_with=row.leave_with,
        needs_approval=row.needs_approval,
        met_book_instantly=row.met_book_instantly,
        is_active=row.is_active,
    )
