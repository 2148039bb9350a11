"""Group sessions: people take seats, and it takes place or is called off.

Every verb locks the mentor first, which puts all that happens to one session in one order; rows of seats are
touched before the session's own, so that two verbs never wait for each other.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CursorResult
from sqlmodel import Session, col, func, select, update

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.errors import (
    AlreadyBusyThen,
    HasSeat,
    HeldTooOften,
    NoSeatLeft,
    NotCancellable,
    OwnOffering,
    SeatsNotSold,
)
from mentorhub.domain.bookings.models import Booking, GroupSession, GroupStatus, Status
from mentorhub.domain.bookings.queries.time_rows import waiting_of
from mentorhub.domain.bookings.service import cancelling, claims, group_telling, holds
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules as money


def take_seat(db: Session, *, group_session_id: UUID, mentee_id: UUID, now: datetime) -> Booking:
    """Hold one seat for ten minutes, as a time is held; a seat held already is kept, another hold moves here.

    Raises NotFound, OwnOffering, SeatsNotSold, HasSeat, NoSeatLeft, AlreadyBusyThen, CheckoutInProgress or
    HeldTooOften.
    """
    group = db.get(GroupSession, group_session_id)
    if group is None:
        raise NotFound
    if group.mentor_id == mentee_id:
        raise OwnOffering
    claims.lock_people(db, group.mentor_id, mentee_id)
    db.refresh(group)
    if group.status is not GroupStatus.OPEN or group.starts_at - rules.SEATS_SOLD_UNTIL <= now:
        raise SeatsNotSold
    own = _live_seat_of(db, group, mentee_id)
    if own is not None and own.status is Status.CONFIRMED:
        raise HasSeat
    if own is not None and own.hold_expires_at is not None and own.hold_expires_at > now:
        return own
    holds.make_room(db, waiting_of(db, [group.mentor_id, mentee_id]), mentee_id, now=now)
    _require_not_held_too_often(db, group, mentee_id, now)
    seat = _seat(db, group, mentee_id, now)
    taken_from = claims.claim(db, seat)
    if taken_from == group.mentor_id:
        raise NoSeatLeft
    if taken_from is not None:
        raise AlreadyBusyThen(claims.whom_mentee_has(db, seat))
    topics.announce(db, *claims.watched(seat))
    return seat


def call_off_group(db: Session, *, group_session_id: UUID, actor_id: UUID, now: datetime) -> GroupSession:
    """The mentor calls the whole session off: every seat is refunded in full, and everybody is told.

    Raises NotFound or NotCancellable. Counted as a session missed when somebody had a seat.
    """
    group = db.get(GroupSession, group_session_id)
    if group is None or group.mentor_id != actor_id:
        raise NotFound
    claims.lock_people(db, group.mentor_id)
    db.refresh(group)
    if group.status is not GroupStatus.OPEN or group.starts_at <= now:
        raise NotCancellable
    if _end(db, group, actor_id=actor_id, now=now):
        catalog.record_attendance(db, mentor_id=group.mentor_id, attended="absent")
    return group


def decide_group(db: Session, *, group_session_id: UUID, now: datetime) -> bool | None:
    """Decide whether the session takes place: enough people have a seat, or it is called off and all is refunded.

    Everybody is told either way, once. Returns None when it is too early, or decided or called off already, or when
    it began before anybody looked: then who comes decides.
    """
    group = db.get(GroupSession, group_session_id)
    if group is None:
        return None
    claims.lock_people(db, group.mentor_id)
    db.refresh(group)
    is_due = group.decide_by <= now < group.starts_at
    if group.status is not GroupStatus.OPEN or not is_due or group_telling.is_decided(db, group):
        return None
    seats = [seat for seat in _seats(db, group) if seat.status is Status.CONFIRMED]
    if len(seats) >= group.seats_needed:
        group_telling.goes_ahead(db, group, seats, now=now)
        topics.announce(db, topics.booking(group.id))
        return True
    _end(db, group, actor_id=None, now=now)
    return False


def close_groups(db: Session, *, now: datetime, limit: int = 50) -> int:
    """Settle the group sessions whose room has closed and whose seats are all settled; returns how many.

    The mentor's attendance counts once, whatever the number of seats.
    """
    waiting = select(Booking.id).where(
        col(Booking.group_session_id) == col(GroupSession.id),
        col(Booking.status).in_((Status.HELD, Status.CONFIRMED)),
    )
    over = select(GroupSession).where(
        GroupSession.status == GroupStatus.OPEN,
        GroupSession.ends_at <= now - rules.DOORS_CLOSE_AFTER,
        ~waiting.exists(),
    )
    found = db.exec(over.order_by(col(GroupSession.mentor_id)).limit(limit)).all()
    claims.lock_people(db, *{group.mentor_id for group in found})
    return sum(_close(db, group) for group in found)


def _seat(db: Session, group: GroupSession, mentee_id: UUID, now: datetime) -> Booking:
    price = Money(group.price_minor, group.currency)
    parts = money.split(price, on=now.date())
    seat_id = new_id()
    seat = Booking(
        id=seat_id,
        mentor_id=group.mentor_id,
        mentee_id=mentee_id,
        offering_id=group.offering_id,
        title=group.title,
        status=Status.HELD,
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        blocked_from=group.starts_at,
        blocked_to=group.ends_at,
        hold_expires_at=now + rules.HOLD_LASTS,
        price_minor=price.minor,
        fee_minor=parts.fee.minor,
        card_minor=parts.card.minor,
        currency=price.currency,
        policy=group.policy,
        refund_from=group.starts_at,
        mentor_zone=group.mentor_zone,
        mentee_zone=db.get_one(User, mentee_id).time_zone,
        calendar_uid=f"{seat_id}@mentorhub",
        group_session_id=group.id,
        created_at=now,
    )
    db.add(seat)
    db.flush()
    return seat


def _live_seat_of(db: Session, group: GroupSession, mentee_id: UUID) -> Booking | None:
    theirs = select(Booking).where(
        Booking.group_session_id == group.id,
        Booking.mentee_id == mentee_id,
        col(Booking.status).in_((Status.HELD, Status.CONFIRMED)),
    )
    return db.exec(theirs).first()


def _seats(db: Session, group: GroupSession) -> list[Booking]:
    """The live seats, locked in id order."""
    live = select(Booking).where(
        Booking.group_session_id == group.id, col(Booking.status).in_((Status.HELD, Status.CONFIRMED))
    )
    return list(db.exec(live.order_by(col(Booking.id)).with_for_update().execution_options(populate_existing=True)))


def _require_not_held_too_often(db: Session, group: GroupSession, mentee_id: UUID, now: datetime) -> None:
    let_go = select(func.count(col(Booking.id))).where(
        Booking.group_session_id == group.id,
        Booking.mentee_id == mentee_id,
        col(Booking.status).in_((Status.EXPIRED, Status.CANCELLED)),
        Booking.created_at > now - timedelta(hours=24),
    )
    if db.exec(let_go).one() >= rules.HOLDS_A_DAY:
        raise HeldTooOften


def _end(db: Session, group: GroupSession, *, actor_id: UUID | None, now: datetime) -> int:
    """Call the session off with all its seats; returns how many people had one for sure."""
    confirmed = 0
    for seat in _seats(db, group):
        if seat.status is Status.CONFIRMED:
            cancelling.end_seat(db, seat, actor_id=actor_id, now=now)
            confirmed += 1
        else:
            claims.expire(db, seat, reason="the group session was called off", now=now, actor_id=actor_id)
    _swap(db, group, GroupStatus.CANCELLED, cancelled_at=now, version=group.version + 1)
    claims.release_group(db, group.id)
    outbox.withdraw(db, f"group:{group.id}:", now=now)
    if rules.door(group.starts_at, group.ends_at).is_open(now):
        outbox.enqueue(db, cancelling.CLOSE_ROOM_TOPIC, key=f"close:{group.id}", subject=str(group.id), now=now)
    group_telling.called_off(db, group, by_mentor=actor_id is not None, now=now)
    mentor = group.mentor_id
    topics.announce(
        db, topics.booking(group.id), topics.groups_of(mentor), topics.grid_of(mentor), topics.person(mentor)
    )
    return confirmed


def _close(db: Session, group: GroupSession) -> bool:
    if not _swap(db, group, GroupStatus.SETTLED):
        return False
    claims.release_group(db, group.id)
    came = db.exec(select(Booking.status).where(Booking.group_session_id == group.id)).all()
    over = [status for status in map(Status, came) if status.is_over]
    if over:
        missed = Status.MENTOR_ABSENT in over or all(status is Status.NOBODY for status in over)
        catalog.record_attendance(db, mentor_id=group.mentor_id, attended="absent" if missed else "attended")
    topics.announce(db, topics.booking(group.id), topics.person(group.mentor_id))
    return True


def _swap(db: Session, group: GroupSession, becomes: GroupStatus, **columns: object) -> bool:
    change = (
        update(GroupSession)
        .where(col(GroupSession.id) == group.id, col(GroupSession.status) == GroupStatus.OPEN)
        .values(status=becomes, **columns)
        .execution_options(synchronize_session=False)
    )
    result = db.execute(change)
    db.refresh(group)
    return isinstance(result, CursorResult) and result.rowcount == 1
