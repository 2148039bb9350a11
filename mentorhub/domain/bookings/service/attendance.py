"""Attendance: the media worker's journal becomes presences, and presences settle what happened."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, and_, col, or_, select

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import AttendanceCursor, Booking, GroupSession, Presence, Status
from mentorhub.domain.bookings.service import claims, reminding, telling
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.money import Money
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.payments import service as payments

RELEASE_TOPIC = "bookings.release_earnings"


@dataclass(frozen=True)
class JournalEntry:
    """One line of an attendance journal: at `at`, a participant joined or left. `sequence` rises by the line.

    The room is a booking's, or a group session's.
    """

    sequence: int
    room_id: UUID
    user_id: UUID
    joined: bool
    at: datetime


@dataclass(frozen=True)
class Closing:
    """A room that lets people out and keeps them out until then; everybody when no one is named."""

    room_id: UUID
    until: datetime
    user_id: UUID | None = None


def cursor_of(db: Session, journal: str) -> int:
    """The last line of a journal that was read."""
    known = db.get(AttendanceCursor, journal)
    return known.read_to if known else 0


def record_journal(db: Session, *, journal: str, entries: Iterable[JournalEntry]) -> int:
    """Turn journal lines into presences; lines read before change nothing. Returns where the next read begins."""
    cursor = db.get(AttendanceCursor, journal, with_for_update=True)
    if cursor is None:
        cursor = AttendanceCursor(journal=journal)
        db.add(cursor)
    for entry in sorted(entries, key=lambda line: line.sequence):
        if entry.sequence <= cursor.read_to:
            continue
        _record(db, entry)
        cursor.read_to = entry.sequence
    db.flush()
    return cursor.read_to


def due_for_settling(db: Session, *, now: datetime, limit: int = 50) -> list[UUID]:
    """Confirmed sessions whose room has closed, oldest first."""
    closed = select(Booking.id).where(
        Booking.status == Status.CONFIRMED, Booking.ends_at <= now - rules.DOORS_CLOSE_AFTER
    )
    return list(db.exec(closed.order_by(col(Booking.ends_at)).limit(limit)))


def settle(db: Session, *, booking_id: UUID, now: datetime) -> Booking | None:
    """Settle a session whose time is over from who was there: status, money, marks; once.

    Returns None when there is nothing to settle. PRODUCT.md section 5 is the table this follows.
    """
    booking = db.get(Booking, booking_id)
    if booking is None or booking.status is not Status.CONFIRMED or booking.ends_at > now:
        return None
    claims.lock_people(db, booking.mentor_id, booking.mentee_id)
    stays = stays_of(db, booking, now=now)
    mentor, mentee = stays[booking.mentor_id], stays[booking.mentee_id]
    found = rules.attendance(mentor, mentee, starts_at=booking.starts_at, ends_at=booking.ends_at)
    becomes = Status(found.outcome.value)
    if not claims.move(db, booking, Status.CONFIRMED, becomes, now=now, actor_id=None, settled_at=now):
        return None
    claims.release(db, booking.id)
    share = rules.short_refund_share(mentor, mentee, starts_at=booking.starts_at, ends_at=booking.ends_at)
    refunded = _settle_money(db, booking, found.outcome, share, now=now)
    if booking.group_session_id is None:
        mentor_missed = found.outcome in (rules.Outcome.MENTOR_ABSENT, rules.Outcome.NOBODY)
        catalog.record_attendance(db, mentor_id=booking.mentor_id, attended="absent" if mentor_missed else "attended")
    if becomes is Status.MET:
        outbox.enqueue(db, notices.REVIEW_ASKED, key=f"booking:{booking.id}:review", subject=str(booking.id), now=now)
    telling.tell_settled(db, booking, refunded, now=now)
    topics.announce(db, topics.booking(booking.id), topics.person(booking.mentor_id), topics.person(booking.mentee_id))
    return booking


def stays_of(db: Session, booking: Booking, *, now: datetime) -> dict[UUID, list[rules.Stay]]:
    """The stays of both people; one that has not ended counts until now, at most until the door closed.

    A seat that was paid for when the mentor was in already counts the mentor's stays of the other seats too.
    """
    latest = min(now, rules.door(booking.starts_at, booking.ends_at).closes_at)
    stays: dict[UUID, list[rules.Stay]] = defaultdict(list)
    theirs = col(Presence.booking_id) == booking.id
    if booking.group_session_id is not None:
        seats = select(Booking.id).where(Booking.group_session_id == booking.group_session_id)
        of_mentor = and_(col(Presence.user_id) == booking.mentor_id, col(Presence.booking_id).in_(seats))
        theirs = or_(theirs, of_mentor)
    for presence in db.exec(select(Presence).where(theirs)):
        stays[presence.user_id].append((presence.joined_at, presence.left_at or latest))
    return stays


def closing_of(db: Session, *, booking_id: UUID) -> Closing:
    """Whom a booking or a group session that was called off lets out: everybody; of a seat its mentee only."""
    held = db.get(GroupSession, booking_id) or db.get_one(Booking, booking_id)
    until = rules.door(held.starts_at, held.ends_at).closes_at
    if isinstance(held, Booking) and held.group_session_id is not None:
        return Closing(held.group_session_id, until, user_id=held.mentee_id)
    return Closing(held.id, until)


def release_due(db: Session, *, booking_id: UUID, now: datetime) -> None:
    """Let the mentor's share of a settled session be paid out; repeated, it changes nothing."""
    payment = payments.captured_payment_of(db, booking_id=booking_id)
    if payment is not None:
        payments.release_earnings(db, payment=payment, now=now)


def _record(db: Session, entry: JournalEntry) -> None:
    booking = db.get(Booking, entry.room_id)
    if booking is None:
        _record_seats(db, entry)
    elif entry.user_id in (booking.mentor_id, booking.mentee_id):
        _record_stay(db, booking, entry, calls=True)


def _record_seats(db: Session, entry: JournalEntry) -> None:
    """A mentee's stay stands on their own seat, the mentor's on every seat that is paid for."""
    seats = db.exec(select(Booking).where(Booking.group_session_id == entry.room_id)).all()
    own = [seat for seat in seats if entry.user_id in (seat.mentor_id, seat.mentee_id)]
    if entry.joined:
        own = [seat for seat in own if seat.status is Status.CONFIRMED or seat.status.is_over]
    is_first = not _somebody_inside(db, seats)
    for seat in own:
        _record_stay(db, seat, entry, calls=entry.user_id == seat.mentor_id or is_first)


def _somebody_inside(db: Session, seats: Iterable[Booking]) -> bool:
    ids = [seat.id for seat in seats]
    inside = select(Presence.id).where(col(Presence.booking_id).in_(ids), col(Presence.left_at).is_(None))
    return db.exec(inside.limit(1)).first() is not None


def _record_stay(db: Session, booking: Booking, entry: JournalEntry, *, calls: bool) -> None:
    """Begin or end one stay; with `calls` the one who is not there is told that somebody waits."""
    inside = db.exec(
        select(Presence).where(
            Presence.booking_id == booking.id,
            Presence.user_id == entry.user_id,
            col(Presence.left_at).is_(None),
        )
    ).first()
    if entry.joined and inside is None:
        presence = Presence(booking_id=booking.id, user_id=entry.user_id, joined_at=entry.at)
        db.add(presence)
        if calls:
            reminding.ask_where_the_other_is(db, booking, presence)
        topics.announce(db, topics.booking(booking.id))
    elif not entry.joined and inside is not None:
        inside.left_at = max(entry.at, inside.joined_at)
        topics.announce(db, topics.booking(booking.id))
    db.flush()


def _settle_money(db: Session, booking: Booking, outcome: rules.Outcome, share: int, *, now: datetime) -> Money:
    """Owe what the outcome gives back, and let the rest be paid out; returns what is given back."""
    payment = payments.captured_payment_of(db, booking_id=booking.id)
    if payment is None:
        return Money(0, booking.currency)
    price = Money(payment.amount_minor, payment.currency)
    nothing = Money(0, payment.currency)
    back = {
        rules.Outcome.MENTOR_ABSENT: price,
        rules.Outcome.NOBODY: price,
        rules.Outcome.SHORT: Money(price.minor * share // 1000, price.currency),
    }.get(outcome, nothing)
    payments.owe_refund(
        db, payment=payment, amount=back, key=f"refund:settle:{booking.id}", reason=outcome.value, now=now
    )
    if back < price:
        outbox.enqueue(
            db,
            RELEASE_TOPIC,
            key=f"release:{booking.id}",
            subject=str(booking.id),
            now=now,
            due_at=booking.ends_at + rules.EARNINGS_WAIT,
        )
    return back
