"""The same three people in every test: the mentor, the mentee and the stranger; builders for the rest."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.accounts.models import User
from mentorhub.domain.catalog.models import MentorProfile, Offering, OfferingKind
from mentorhub.domain.scheduling.models import AvailabilityRule, SchedulePreferences

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""The moment most tests happen: the Sunday before the session of the mockups."""


@dataclass(frozen=True)
class People:
    """Ids of the three people, and of the mentor's paid and free offerings."""

    mentor: UUID
    mentee: UUID
    stranger: UUID
    cv_review: UUID
    intro: UUID


def add_person(db: Session, *, name: str, email: str, zone: str, verified: bool = True) -> UUID:
    """Add a person who has no password."""
    user = User(
        name=name, email=email, time_zone=zone, created_at=SUNDAY, email_verified_at=SUNDAY if verified else None
    )
    db.add(user)
    db.flush()
    return user.id


def add_mentor(db: Session, *, name: str, email: str, zone: str, is_open: bool = True) -> UUID:
    """Add a mentor who is open every weekday from 09:00 to 12:00 on their own clock."""
    mentor_id = add_person(db, name=name, email=email, zone=zone)
    slug = name.lower().replace(" ", "-")
    db.add(MentorProfile(user_id=mentor_id, slug=slug, currency="INR", is_open=is_open, created_at=SUNDAY))
    db.add(SchedulePreferences(mentor_id=mentor_id, time_zone=zone, buffer_after_minutes=0))
    db.flush()
    for weekday in range(5):
        db.add(AvailabilityRule(mentor_id=mentor_id, weekday=weekday, start_minute=540, end_minute=720))
    db.flush()
    return mentor_id


def add_offering(
    db: Session, mentor_id: UUID, *, kind: OfferingKind, title: str, minutes: int, price_minor: int
) -> UUID:
    """Add something a mentor offers, priced in rupees."""
    offering = Offering(
        mentor_id=mentor_id,
        kind=kind,
        title=title,
        minutes=minutes,
        price_minor=price_minor,
        currency="INR",
        created_at=SUNDAY,
    )
    db.add(offering)
    db.flush()
    return offering.id


def settle_in(db: Session) -> People:
    """Add Kabir in London who mentors, Riya in Pune who learns, and Sam who has no business with them."""
    mentor = add_mentor(db, name="Kabir Deshmukh", email="kabir@example.org", zone="Europe/London")
    return People(
        mentor=mentor,
        mentee=add_person(db, name="Riya Patil", email="riya@example.org", zone="Asia/Kolkata"),
        stranger=add_person(db, name="Sam Stone", email="sam@example.org", zone="America/New_York"),
        cv_review=add_offering(
            db, mentor, kind=OfferingKind.CV_REVIEW, title="CV review", minutes=30, price_minor=120000
        ),
        intro=add_offering(db, mentor, kind=OfferingKind.INTRO, title="Intro call", minutes=15, price_minor=0),
    )
