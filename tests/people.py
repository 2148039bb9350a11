"""The same three people in every test: the mentor, the mentee and the stranger; builders for the rest."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, GroupSession, Status
from mentorhub.domain.bookings.service import IntakeForm
from mentorhub.domain.catalog.models import MentorProfile, Offering, OfferingKind, Policy
from mentorhub.domain.scheduling.models import AvailabilityRule, SchedulePreferences

INTAKE = IntakeForm(
    goal="A first product job by July",
    situation="Final year of civil engineering. I built the sensor dashboard of a bridge inspection project.",
    questions=("Which of my projects tells the story of a move into product best?",),
)
"""An intake that is whole: without one no hold can be paid, confirmed or asked for."""

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


TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""When the session of the mockups begins: 09:00 in London, 14:30 in Pune."""


def add_booking(
    db: Session,
    people: People,
    *,
    status: Status = Status.CONFIRMED,
    starts_at: datetime = TUESDAY,
    minutes: int = 30,
    mentee: UUID | None = None,
    group: UUID | None = None,
) -> UUID:
    """Add a booking of the mentee with the mentor as it stands, without claims or money; of a group, a seat."""
    learner = mentee or people.mentee
    booking = Booking(
        mentor_id=people.mentor,
        mentee_id=learner,
        group_session_id=group,
        offering_id=people.cv_review,
        title="CV review",
        status=status,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        blocked_from=starts_at,
        blocked_to=starts_at + timedelta(minutes=minutes),
        hold_expires_at=SUNDAY + timedelta(minutes=10) if status is Status.HELD else None,
        price_minor=120000,
        fee_minor=12000,
        card_minor=2800,
        currency="INR",
        policy=Policy.STANDARD,
        refund_from=starts_at,
        mentor_zone="Europe/London",
        mentee_zone="Asia/Kolkata",
        calendar_uid=f"{starts_at:%Y%m%d%H%M}-{status}-{people.mentor.hex[-8:]}-{learner.hex[-8:]}@test",
        created_at=SUNDAY,
        confirmed_at=None if status in (Status.HELD, Status.REQUESTED, Status.EXPIRED) else SUNDAY,
    )
    db.add(booking)
    db.flush()
    return booking.id


def add_group(
    db: Session, people: People, *mentees: UUID, starts_at: datetime = TUESDAY, minutes: int = 60
) -> tuple[UUID, list[UUID]]:
    """Add a group session of the mentor and a seat that is paid for for each mentee; gives the ids."""
    ends_at = starts_at + timedelta(minutes=minutes)
    group = GroupSession(
        mentor_id=people.mentor,
        offering_id=people.cv_review,
        title="CV clinic",
        starts_at=starts_at,
        ends_at=ends_at,
        blocked_from=starts_at,
        blocked_to=ends_at,
        seats=6,
        seats_taken=len(mentees),
        seats_needed=2,
        decide_by=starts_at - timedelta(hours=24),
        price_minor=40000,
        currency="INR",
        policy=Policy.STANDARD,
        mentor_zone="Europe/London",
        calendar_uid=f"{starts_at:%Y%m%d%H%M}-group@test",
        created_at=SUNDAY,
    )
    db.add(group)
    db.flush()
    seats = [
        add_booking(db, people, starts_at=starts_at, minutes=minutes, mentee=one, group=group.id) for one in mentees
    ]
    return group.id, seats
