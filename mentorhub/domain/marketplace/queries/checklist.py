"""The five steps a mentor takes before anyone can find them, and which are missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.bookings.queries import free_starts_of_many
from mentorhub.domain.catalog.models import MentorExpertise, MentorProfile, Offering, OfferingKind
from mentorhub.domain.scheduling.models import AvailabilityRule, DateOverride

MUST_BE_FREE_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class StepView:
    """One step of the checklist; `needed` is what to do, as part of a sentence, where opening asks for it."""

    key: str
    label: str
    is_done: bool
    href: str
    needed: str


@dataclass(frozen=True)
class ChecklistView:
    """The five steps to being found (PRODUCT.md J1)."""

    steps: list[StepView]
    done: int
    in_words: str
    missing: list[str]


def checklist(db: Session, *, mentor_id: UUID, now: datetime) -> ChecklistView:
    """The steps to being found and what is missing of the required: expertise, offering, free time."""
    profile = db.get(MentorProfile, mentor_id)
    described = profile is not None and bool(profile.role and profile.headline)
    areas = select(MentorExpertise.tag).where(MentorExpertise.mentor_id == mentor_id)
    alone = col(Offering.kind) != OfferingKind.GROUP
    offerings = db.exec(select(Offering).where(Offering.mentor_id == mentor_id, col(Offering.is_active), alone)).all()
    until = now + MUST_BE_FREE_WITHIN
    free = free_starts_of_many(db, offerings=offerings, since=now, until=until, now=now)
    is_free = any(free.values()) if offerings else _has_hours(db, mentor_id)
    steps = [
        _step("profile", "Say who you are", "/mentoring/profile", described, needed=""),
        _step(
            "expertise",
            "Name what you can help with",
            "/mentoring/profile#expertise",
            db.exec(areas).first() is not None,
            needed="name an area you can help with",
        ),
        _step(
            "offering",
            "Add a session people can book",
            "/mentoring/offerings",
            bool(offerings),
            needed="add a session people can book",
        ),
        _step(
            "hours",
            "Open some hours",
            "/mentoring/hours",
            is_free,
            needed="open hours that leave a free time in the next 30 days",
        ),
        _step("open", "Open to mentorship", "/mentoring/profile#open", bool(profile and profile.is_open), needed=""),
    ]
    done = sum(step.is_done for step in steps)
    missing = [step.needed for step in steps if step.needed and not step.is_done]
    return ChecklistView(steps, done, f"{done} of {len(steps)} done", missing)


def _step(key: str, label: str, href: str, is_done: bool, *, needed: str) -> StepView:
    return StepView(key, label, is_done, href, needed)


def _has_hours(db: Session, mentor_id: UUID) -> bool:
    rules = select(AvailabilityRule.id).where(AvailabilityRule.mentor_id == mentor_id)
    days = select(DateOverride.id).where(
        DateOverride.mentor_id == mentor_id, col(DateOverride.start_minute).is_not(None)
    )
    return db.exec(rules).first() is not None or db.exec(days).first() is not None
