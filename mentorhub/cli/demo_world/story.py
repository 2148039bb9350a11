"""What Riya has done so far: two sessions, a goal with its milestones, an item still open; and her open door."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pycrdt import Doc, Text
from sqlmodel import Session, col, select

from mentorhub.cli.demo_world.rows import Rows
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, BookingChange, Intake, Presence, Status
from mentorhub.domain.bookings.rules import TICK
from mentorhub.domain.bookings.service import claims
from mentorhub.domain.catalog.models import MentorProfile, Offering
from mentorhub.domain.common import topics
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.goals import service as goals
from mentorhub.domain.goals.models import Goal, Milestone
from mentorhub.domain.notes import queries as notes_queries
from mentorhub.domain.notes import service as notes

_DOOR_FOR = timedelta(minutes=20)
"""How far into an unattended session it is moved on, so that its door stays open."""
_TRIES = 48
MET: Final[dict[str, tuple[str, tuple[tuple[str, int], ...]]]] = {
    "harpreet": (
        "A product week is mostly questions. Ask people how theirs went.",
        (("[x] ask two product people what they did last week @riya", 0),),
    ),
    "jonas": (
        "The bridge project is the story. Put it first, on one page.",
        (
            ("[ ] cut the CV to one page @riya {soon}", 1),
            ("[ ] write up the bridge project as a product story @riya {later}", 2),
        ),
    ),
}
"""Whom Riya met last: what the mentor wrote, and what they agreed on with the milestone it serves."""


def write_goal(rows: Rows, *, riya: User, now: datetime) -> list[UUID]:
    """Give Riya a goal on the way; returns its milestones."""
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
    return [milestone.id for milestone in milestones]


def write_notes(
    db: Session, *, riya: User, held: Mapping[str, Sequence[Booking]], milestones: Sequence[UUID], now: datetime
) -> None:
    """Write the notes of Riya's meetings as the two wrote them, and tie what they agreed on to her goal."""
    for key, (said, agreed) in MET.items():
        booking = held[key][-1] if held.get(key) else None
        if booking is None or booking.mentee_id != riya.id:
            continue
        doc: Doc[Any] = Doc()
        lines = [said, *(_line(text, now) for text, _ in agreed)]
        for author_id, words in ((booking.mentor_id, lines[:1]), (riya.id, lines[1:])):
            update = _typed(doc, "".join(f"{line}\n" for line in words))
            notes.apply_update(db, booking_id=booking.id, author_id=author_id, update=update, now=booking.ends_at)
        items = notes_queries.items_of_booking(db, booking_id=booking.id)
        for item, (_, station) in zip(items, agreed, strict=True):
            goals.attach_item(db, item_id=item.id, owner_id=riya.id, milestone_id=milestones[station])


def _line(text: str, now: datetime) -> str:
    """The line with its days counted from now put in as dates."""
    soon, later = now + timedelta(days=3), now + timedelta(days=5)
    return text.format(soon=f"{soon.day} {soon:%b}", later=f"{later.day} {later:%b}")


def _typed(doc: Doc[Any], words: str) -> bytes:
    """What a browser sends after somebody typed `words` at the end; each one writes in a document of their own."""
    writer: Doc[Any] = Doc()
    writer.apply_update(doc.get_update())
    before, text = writer.get_state(), writer.get("notes", type=Text)
    text.insert(len(text), words)
    update = writer.get_update(before)
    doc.apply_update(update)
    return update


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
        mentor_zone=db.get_one(User, mentor_id).time_zone,
        mentee_zone=db.get_one(User, mentee_id).time_zone,
        calendar_uid=f"{booking_id}@mentorhub",
        created_at=now - timedelta(days=1),
        confirmed_at=now - timedelta(days=1),
    )
    db.add(booking)
    db.flush()
    db.add(
        Intake(
            booking_id=booking.id,
            goal="A first product job by July",
            situation="Final year of civil engineering. I built the sensor dashboard of a bridge inspection project.",
            questions="Which of my projects tells the story of a move best?\nWhat would you cut from my CV?",
            updated_at=now - timedelta(days=1),
        )
    )
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
