"""Waiting for a time of an offering: join the line, leave it, and offer a freed time to one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, or_, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.errors import OfferAwaitsYou, OwnOffering, TooManyLines, VerifyFirst
from mentorhub.domain.bookings.models import Booking, Claim, WaitlistEntry, WaitState
from mentorhub.domain.bookings.service import claims, holds, line, telling
from mentorhub.domain.bookings.service.offered import Wish
from mentorhub.domain.catalog.models import MentorProfile, Offering, OfferingKind
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.notifications import queries as notices
from mentorhub.domain.notifications.rules import WAITLIST_OFFER

_STANDING = (WaitState.WAITING, WaitState.OFFERED)
_ASKED_AT_ONCE = 200
_LOOK_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Turn:
    """What came of a freed time: the hold somebody got, or when to ask those who could not be asked now."""

    booking_id: UUID | None = None
    again_at: datetime | None = None


def join_line(db: Session, *, offering_id: UUID, mentee_id: UUID, now: datetime) -> WaitlistEntry:
    """Stand in the line of an offering; joining again changes nothing.

    A seat of a group that is given back is for sale again, so a group has no line. Raises NotFound, OwnOffering,
    VerifyFirst, or TooManyLines.
    """
    offering = db.get(Offering, offering_id)
    if offering is None or not offering.is_active or offering.kind is OfferingKind.GROUP:
        raise NotFound
    if not _takes_people(db, offering.mentor_id):
        raise NotFound
    if offering.mentor_id == mentee_id:
        raise OwnOffering
    if db.get_one(User, mentee_id).email_verified_at is None:
        raise VerifyFirst
    claims.lock_people(db, offering.mentor_id, mentee_id)
    mine = _standing_of(db, mentee_id)
    for entry in mine:
        if entry.offering_id == offering_id:
            return entry
    if len(mine) >= rules.LINES_AT_ONCE:
        raise TooManyLines
    entry = WaitlistEntry(mentor_id=offering.mentor_id, offering_id=offering_id, mentee_id=mentee_id, created_at=now)
    db.add(entry)
    db.flush()
    topics.announce(db, topics.person(mentee_id), topics.person(offering.mentor_id))
    return entry


def leave_line(db: Session, *, offering_id: UUID, mentee_id: UUID) -> None:
    """Step out of the line of an offering; leaving again changes nothing.

    Raises OfferAwaitsYou while a time is kept for this person, which is to be taken or given back.
    """
    entry = next((one for one in _standing_of(db, mentee_id) if one.offering_id == offering_id), None)
    if entry is None:
        return
    claims.lock_people(db, entry.mentor_id, mentee_id)
    if not line.swap(db, entry.id, WaitState.WAITING, WaitState.LEFT, booking_id=None, until=None):
        raise OfferAwaitsYou
    topics.announce(db, topics.person(mentee_id), topics.person(entry.mentor_id))


def offer_freed(db: Session, *, offering_id: UUID, starts_at: datetime, now: datetime) -> Turn:
    """Offer a freed time to the first in line who can have it, as a hold of their own; nothing is ever charged.

    Who sleeps through most of the offer, holds another time, or cannot take this one is passed over and keeps
    their place. Whoever took the time meanwhile has it. Called again for the same time it changes nothing.
    """
    offering = db.get(Offering, offering_id)
    if offering is None or not offering.is_active or starts_at <= now:
        return Turn()
    people = [entry.mentee_id for entry in _in_line(db, offering_id)]
    claims.lock_people(db, offering.mentor_id, *people)
    if not people or _is_taken(db, offering, starts_at, now):
        return Turn()
    until, again = rules.offered_until(starts_at, now=now), []
    for entry in _in_line(db, offering_id):
        if entry.mentee_id not in people:
            continue
        wakes_at = notices.quiet_until(db, user_id=entry.mentee_id, now=now)
        if wakes_at is not None and rules.sleeps_through(wakes_at, until, now=now):
            again.append(wakes_at)
        elif holds.live_hold_of(db, entry.mentee_id, now=now) is not None:
            again.append(now + _LOOK_AGAIN_AFTER)
        else:
            booking_id = _offer(db, entry, starts_at, until, now)
            if booking_id is not None:
                return Turn(booking_id=booking_id)
    soonest = min((at for at in again if at < starts_at), default=None)
    return Turn(again_at=soonest)


def tidy_lines(db: Session, *, now: datetime, limit: int = 200) -> int:
    """End the offers whose time is over, so that the next in line is asked; returns how many."""
    over = select(WaitlistEntry).where(WaitlistEntry.state == WaitState.OFFERED, col(WaitlistEntry.offer_until) <= now)
    ended = 0
    entries = db.exec(over.order_by(col(WaitlistEntry.offer_until)).limit(limit)).all()
    claims.lock_people(db, *{person for entry in entries for person in (entry.mentor_id, entry.mentee_id)})
    for entry in entries:
        hold = db.get_one(Booking, entry.booking_id, populate_existing=True)
        if hold.hold_expires_at is not None and hold.hold_expires_at <= now:
            ended += claims.expire(db, hold, reason="the offer ran out", now=now)
    return ended


def offered_until(db: Session, *, booking_id: UUID, now: datetime) -> datetime | None:
    """Until when a freed time is kept for whom it was offered to; `None` once it is booked, given back or over."""
    hold = db.get(Booking, booking_id)
    until = line.offered_until(db, hold) if hold is not None else None
    return until if until is not None and until > now else None


def _offer(db: Session, entry: WaitlistEntry, starts_at: datetime, until: datetime, now: datetime) -> UUID | None:
    wish = Wish(offering_id=entry.offering_id, starts_at=starts_at)
    attempt = db.begin_nested()
    try:
        hold = holds.place_hold(db, mentee_id=entry.mentee_id, wish=wish, now=now)
    except DomainError:
        attempt.rollback()
        return None
    if not line.swap(db, entry.id, WaitState.WAITING, WaitState.OFFERED, booking_id=hold.id, until=until):
        attempt.rollback()
        return None
    hold.hold_expires_at = until
    claims.keep_until(db, hold.id, until)
    db.flush()
    attempt.commit()
    telling.tell_offered(db, hold, until, now=now)
    outbox.enqueue(db, WAITLIST_OFFER, key=f"booking:{hold.id}:offered", subject=str(hold.id), now=now)
    topics.announce(db, *claims.watched(hold))
    return hold.id


def _is_taken(db: Session, offering: Offering, starts_at: datetime, now: datetime) -> bool:
    span = rules.ticks(starts_at, starts_at + timedelta(minutes=offering.minutes))
    taken = select(Claim.tick).where(
        Claim.person_id == offering.mentor_id,
        col(Claim.tick).in_(span),
        or_(col(Claim.until).is_(None), col(Claim.until) > now),
    )
    return db.exec(taken.limit(1)).first() is not None


def _in_line(db: Session, offering_id: UUID) -> Sequence[WaitlistEntry]:
    waiting = (
        select(WaitlistEntry)
        .where(WaitlistEntry.offering_id == offering_id, WaitlistEntry.state == WaitState.WAITING)
        .order_by(col(WaitlistEntry.created_at), col(WaitlistEntry.id))
        .limit(_ASKED_AT_ONCE)
        .execution_options(populate_existing=True)
    )
    return db.exec(waiting).all()


def _standing_of(db: Session, mentee_id: UUID) -> Sequence[WaitlistEntry]:
    standing = select(WaitlistEntry).where(
        WaitlistEntry.mentee_id == mentee_id, col(WaitlistEntry.state).in_(_STANDING)
    )
    return db.exec(standing).all()


def _takes_people(db: Session, mentor_id: UUID) -> bool:
    profile = db.get(MentorProfile, mentor_id)
    return profile is not None and profile.is_open
