"""Build the demo marketplace: vocabulary, people, their offerings, hours and past, and Riya's own story."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlmodel import Session

from mentorhub.cli.demo_world.casting import face, mentors, person_name
from mentorhub.cli.demo_world.history import Guests, Past, write_past
from mentorhub.cli.demo_world.people import Person
from mentorhub.cli.demo_world.places import MENTEES, PLACES
from mentorhub.cli.demo_world.rows import Rows
from mentorhub.cli.demo_world.story import MET, write_goal, write_notes
from mentorhub.cli.vocabulary import teach_words
from mentorhub.domain.accounts.models import Hat, User
from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.catalog.models import (
    MentorExpertise,
    MentorLanguage,
    MentorProfile,
    Offering,
    OfferingKind,
    Policy,
)
from mentorhub.domain.common.money import Money
from mentorhub.domain.common.words import slug_of
from mentorhub.domain.scheduling.models import AvailabilityRule, SchedulePreferences

ADDRESS = "demo.example"
SIGN_IN_KEYS = ("kabir", "riya", "robin", "admin")
"""Who can sign in to the demo, each as key@demo.example."""


def build(db: Session, *, size: int, random_state: int, password_hash: str, now: datetime) -> None:
    """Fill an empty database with `size` mentors and their mentees; the same state gives the same people."""
    dice = Random(random_state)
    rows, today = Rows(dice), now.replace(hour=0, minute=0, second=0, microsecond=0)
    teach_words(db)
    cast = mentors(size, dice)
    riya, guests = _mentees(rows, cast, dice, password_hash, today)
    taken: set[str] = set()
    held: dict[str, list[Booking]] = {}
    for person in cast:
        mentor = _user(rows, person, password_hash, today)
        offerings = _mentor(rows, person, mentor, taken, today)
        past = Past(person, mentor, offerings, guests, today)
        held[person.key] = write_past(rows, past, dice)
    milestones = write_goal(rows, riya=riya, now=today)
    rows.write(db)
    write_notes(db, riya=riya, held=held, milestones=milestones, now=today)


def _mentees(
    rows: Rows, cast: Sequence[Person], dice: Random, password_hash: str, today: datetime
) -> tuple[User, Guests]:
    since = today - timedelta(days=1100)
    riya = _account(rows, "riya", "Riya Patil", "Asia/Kolkata", "riya", since, password_hash)
    admin = _account(rows, "admin", "Ada Admin", "Europe/London", "woman-07", since, password_hash)
    admin.is_admin = True
    named = [_account(rows, key, name, zone, key, since) for key, name, zone in MENTEES]
    count = 60 + max(len(cast) // 2, sum(person.due for person in cast) // 40)
    others = []
    for number in range(count):
        place, woman = dice.choice(PLACES), dice.random() < 0.5
        name = person_name(place, woman, dice)
        others.append(_account(rows, f"{slug_of(name)}-m{number}", name, place.zone, face(woman, dice), since))
    for user in (riya, admin, *named, *others):
        rows.add(user)
    return riya, Guests([*named, *others], promised=dict.fromkeys(MET, riya))


def _account(
    rows: Rows, key: str, name: str, zone: str, portrait: str, since: datetime, password_hash: str | None = None
) -> User:
    return User(
        id=rows.new_id(),
        email=f"{key}@{ADDRESS}",
        email_verified_at=since,
        name=name,
        password_hash=password_hash,
        time_zone=zone,
        portrait=f"/portraits/{portrait}.svg",
        created_at=since,
    )


def _user(rows: Rows, person: Person, password_hash: str, today: datetime) -> User:
    since = today - timedelta(days=max(person.months * 30, 60) + 20)
    known = password_hash if person.key in SIGN_IN_KEYS else None
    user = _account(rows, person.key, person.name, person.zone, person.portrait, since, known)
    user.hat = Hat.MENTOR
    rows.add(user)
    return user


def _mentor(rows: Rows, person: Person, user: User, taken: set[str], today: datetime) -> list[Offering]:
    slug = slug_of(person.name)
    if slug in taken:
        slug = person.key
    taken.add(slug)
    rows.add(
        MentorProfile(
            user_id=user.id,
            slug=slug,
            role=person.role,
            employer=person.employer,
            city=person.city,
            country=person.country,
            headline=person.headline,
            bio=person.bio,
            gap=person.gap,
            highlights="\n".join(person.highlights),
            currency=person.currency,
            policy=Policy(person.policy),
            is_open=True,
            revision=1,
            created_at=user.created_at,
        )
    )
    for code in person.languages.split():
        rows.add(MentorLanguage(mentor_id=user.id, code=code))
    for tag, years in person.areas.items():
        rows.add(MentorExpertise(mentor_id=user.id, tag=tag, years=years))
    _hours(rows, person, user.id)
    return _offerings(rows, person, user)


def _offerings(rows: Rows, person: Person, user: User) -> list[Offering]:
    offerings = [
        Offering(
            id=rows.new_id(),
            mentor_id=user.id,
            kind=OfferingKind(offer.kind),
            title=offer.title,
            minutes=offer.minutes,
            price_minor=Money.parse(offer.price, person.currency).minor,
            currency=person.currency,
            send_before=offer.bring,
            leave_with=offer.leave,
            needs_approval=offer.asks_first,
            met_book_instantly=not offer.asks_first,
            position=position,
            created_at=user.created_at,
        )
        for position, offer in enumerate(person.offers)
    ]
    for offering in offerings:
        rows.add(offering)
    return offerings


def _hours(rows: Rows, person: Person, mentor_id: UUID) -> None:
    wants = person.hours
    rows.add(
        SchedulePreferences(
            mentor_id=mentor_id,
            time_zone=person.zone,
            slot_step_minutes=wants.step,
            buffer_before_minutes=0,
            buffer_after_minutes=wants.after,
            min_notice_minutes=wants.notice,
            horizon_days=wants.horizon,
            max_per_day=wants.a_day,
            max_per_week=wants.a_week,
        )
    )
    for weekdays, begins, ends in wants.rows:
        for weekday in weekdays:
            rows.add(
                AvailabilityRule(
                    id=rows.new_id(),
                    mentor_id=mentor_id,
                    weekday=int(weekday),
                    start_minute=_minutes(begins),
                    end_minute=_minutes(ends),
                )
            )


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])
