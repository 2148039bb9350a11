"""What Riya has done so far: two sessions, a goal with its milestones, an item still open; and her open door."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.cli.demo_world.rows import Rows
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, BookingChange, Presence, Status
from mentorhub.domain.bookings.rules import TICK
from mentorhub.domain.bookings.service import claims
from mentorhub.domain.catalog.models import MentorProfile, Offering
from mentorhub.domain.common import topics
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.goals.models import Goal, Milestone, MilestoneItem
from mentorhub.domain.notes.models import ActionItem

_DOOR_FOR = timedelta(minutes=20)
"""How far into an unattended session it is moved on, so that its door stays open."""
_TRIES = 48


def write_story(rows: Rows, *, riya: User, held: Mapping[str, Sequence[Booking]], now: datetime) -> None:
    """Give Riya a goal on the way, with an item from each of two meetings where the mentors are in the cast."""
    goal = Goal(
        id=rows.new_id(),
        owner_id=riya.id,
        title="Product internship by summer",
        why="I like deciding what a bridge is for more than what it carries.",
        target_on=(now + timedelta(days=200)).date(),
        created_at=now - timedelta(days=40),
    )
    rows.add(goal)
    titles = ("Know what product people do", "One-page CV", "Two portfolio pieces", "Five applications")
    milestones = [
        Milestone(
            id=rows.new_id(),
            goal_id=goal.id,
            title=title,
            position=position,
            done_at=now - timedelta(days=20) if position == 0 else None,
        )
        for position, title in enumerate(titles)
    ]
    for milestone in milestones:
        rows.add(milestone)
    items = (
        ("harpreet", "Ask two product people what they did last week", 0, True),
        ("jonas", "Cut the CV to one page", 1, False),
        ("jonas", "Write up the bridge project as a product story", 2, False),
    )
    for place, (key, text, station, done) in enumerate(items):
        if not held.get(key):
            continue
        booking = held[key][-1]
        item = ActionItem(
            id=rows.new_id(),
            booking_id=booking.id,
            line_key=f"demo-{place}",
            owner_id=riya.id,
            text=text,
            due_on=(now + timedelta(days=4 + place)).date(),
            done_at=booking.ends_at + timedelta(days=1) if done else None,
            created_at=booking.ends_at,
        )
        rows.add(item)
        rows.add(MilestoneItem(action_item_id=item.id, milestone_id=milestones[station].id))


def keep_a_door_open(db: Session, now: datetime) -> UUID | None:
    """See that Riya and Kabir have a session whose door is open now, and return it.

    One that nobody came to is moved on when its time runs out; one that somebody attended is left to be
    settled and followed by the next. `None` when the two are not in this database.
    """
    mentor_id = db.exec(select(MentorProfile.user_id).where(MentorProfile.slug == "kabir-deshmukh")).first()
    mentee_id = db.exec(select(User.id).where(col(User.email).startswith("riya@demo."))).first()
    offering = _free_offering(db, mentor_id)
    if mentor_id is None or mentee_id is None or offering is None:
        return None
    claims.lock_people(db, mentor_id, mentee_id)
    booking = _unattended(db, offering, mentee_id)
    if booking is not None and booking.starts_at + _DOOR_FOR > now:
        return booking.id
    booking = booking or _new_booking(db, offering, mentor_id, mentee_id, now)
    _put(db, booking, offering.minutes, now)
    topics.announce(db, *claims.watched(booking))
    return booking.id


def _free_offering(db: Session, mentor_id: UUID | None) -> Offering | None:
    return db.exec(
        select(Offering).where(Offering.mentor_id == mentor_id, Offering.price_minor == 0, Offering.minutes >= 30)
    ).first()


def _unattended(db: Session, offering: Offering, mentee_id: UUID) -> Booking | None:
    """Their latest confirmed session of that kind, unless somebody has been in its room."""
    booking = db.exec(
        select(Booking)
        .where(Booking.offering_id == offering.id, Booking.mentee_id == mentee_id, Booking.status == Status.CONFIRMED)
        .order_by(col(Booking.starts_at).desc())
    ).first()
    if booking is None:
        return None
    came = db.exec(select(Presence.id).where(Presence.booking_id == booking.id)).first()
    return booking if came is None else None


def _new_booking(db: Session, offering: Offering, mentor_id: UUID, mentee_id: UUID, now: datetime) -> Booking:
    booking_id = new_id()
    booking = Booking(
        id=booking_id,
        mentor_id=mentor_id,
        mentee_id=mentee_id,
        offering_id=offering.id,
        title=offering.title,
        status=Status.CONFIRMED,
        starts_at=now,
        ends_at=now + timedelta(minutes=offering.minutes),
        blocked_from=now,
        blocked_to=now + timedelta(minutes=offering.minutes),
        price_minor=0,
        fee_minor=0,
        card_minor=0,
        currency=offering.currency,
        policy=db.get_one(MentorProfile, mentor_id).policy,
        refund_from=now,
        ask="I want to move from bridges into product. Which of my projects tells that story best?",
        mentor_zone=db.get_one(User, mentor_id).time_zone,
        mentee_zone=db.get_one(User, mentee_id).time_zone,
        calendar_uid=f"{booking_id}@mentorhub",
        created_at=now - timedelta(days=1),
        confirmed_at=now - timedelta(days=1),
    )
    db.add(booking)
    db.flush()
    for was, became in (("", Status.HELD), (Status.HELD, Status.CONFIRMED)):
        change = BookingChange(
            booking_id=booking.id, actor_id=mentee_id, was=was, became=became, at=now - timedelta(days=1)
        )
        db.add(change)
    return booking


def _put(db: Session, booking: Booking, minutes: int, now: datetime) -> None:
    """Move the session to the first five-minute step from now on at which both are free."""
    claims.release(db, booking.id)
    step = TICK.total_seconds()
    first = datetime.fromtimestamp(-(-now.timestamp() // step) * step, now.tzinfo)
    for place in range(_TRIES):
        start = first + place * TICK
        booking.starts_at = booking.blocked_from = booking.refund_from = start
        booking.ends_at = booking.blocked_to = start + timedelta(minutes=minutes)
        booking.version += 1
        db.flush()
        attempt = db.begin_nested()
        if claims.claim(db, booking) is None:
            attempt.commit()
            return
        attempt.rollback()
    raise AssertionError("no free time for the demo's open door")
