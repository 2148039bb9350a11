"""Holds: a time is kept for one person while they decide, pay, or let it go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.errors import (
    AlreadyBusyThen,
    AlreadyMetForIntro,
    CheckoutInProgress,
    HeldTooLong,
    HeldTooOften,
    HoldOver,
    MentorNotOpen,
    OwnOffering,
    SlotNotOffered,
    SlotTaken,
)
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.queries.approval import is_by_request, notice_of
from mentorhub.domain.bookings.queries.free_time import MentorTime, load_time, nearest
from mentorhub.domain.bookings.rules import (
    CHECKOUT_LASTS,
    HOLD_AT_MOST,
    HOLD_LASTS,
    HOLD_OUTLIVES_CHECKOUT,
    HOLDS_A_DAY,
    is_on_a_tick,
)
from mentorhub.domain.bookings.service import claims, lapsing, limits, line
from mentorhub.domain.catalog.models import MentorProfile, Offering, OfferingKind
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules as money
from mentorhub.domain.payments import service as payments
from mentorhub.domain.scheduling.rules import fits

_LOOK_AROUND = timedelta(days=14)


@dataclass(frozen=True)
class Wish:
    """What a mentee asks for: an offering at a start. `offered` are the starts the server showed them lately."""

    offering_id: UUID
    starts_at: datetime
    offered: frozenset[datetime] = frozenset()


def place_hold(db: Session, *, mentee_id: UUID, wish: Wish, now: datetime) -> Booking:
    """Hold a time for ten minutes; a hold the mentee already has moves here, or stays when this fails.

    Raises SlotTaken (with the nearest free starts), SlotNotOffered, AlreadyBusyThen, OwnOffering,
    MentorNotOpen, AlreadyMetForIntro, IntrosFull, CheckoutInProgress, HeldTooOften, NotFound, and what
    `limits.require_room` raises when the mentor has to be asked.
    """
    found = db.execute(_OFFERED, {"offering": wish.offering_id}).first()
    if found is None or not found.Offering.is_active:
        raise NotFound
    offering, profile = cast(tuple[Offering, MentorProfile | None], tuple(found))
    if offering.mentor_id == mentee_id:
        raise OwnOffering
    people = claims.lock_people(db, offering.mentor_id, mentee_id)
    running = lapsing.expire_lapsed(db, people, now=now)
    _give_back(db, [hold.id for hold in running if hold.mentee_id == mentee_id], mentee_id, now=now)
    session = (wish.starts_at, wish.starts_at + timedelta(minutes=offering.minutes))
    time = load_time(db, [offering.mentor_id], now=now, about=session).get(offering.mentor_id)
    if profile is None or not profile.is_open or time is None:
        raise MentorNotOpen
    _require_offered(db, time, offering, wish, mentee_id, now)
    _require_not_held_too_often(db, offering.mentor_id, mentee_id, wish.starts_at, now=now)
    booking = _held(db, offering, profile, time, people[mentee_id], wish.starts_at, now)
    if booking.by_request:
        limits.require_room(db, mentor_id=booking.mentor_id, mentee_id=mentee_id, now=now, besides=booking.id)
    if offering.kind is OfferingKind.INTRO:
        limits.require_intro(db, booking)
    taken_from = claims.claim(db, booking)
    if taken_from == mentee_id:
        raise AlreadyBusyThen
    if taken_from is not None:
        raise SlotTaken(_alternatives(db, offering, wish.starts_at, mentee_id, now))
    topics.announce(db, topics.grid_of(offering.mentor_id), topics.person(mentee_id))
    return booking


def give_back(db: Session, *, booking_id: UUID, mentee_id: UUID, now: datetime) -> None:
    """Let a held time go. Raises NotFound, or CheckoutInProgress while a checkout of it is open."""
    booking = own_hold(db, booking_id, mentee_id)
    if payments.open_checkout_of(db, booking_id=booking.id, now=now) is not None:
        raise CheckoutInProgress
    claims.expire(db, booking, reason="given back", now=now, actor_id=mentee_id)


def extend_for_checkout(db: Session, *, booking_id: UUID, mentee_id: UUID, until: datetime, now: datetime) -> Booking:
    """Keep a live hold until `until`, when its checkout is over for sure.

    Raises NotFound, HoldOver, or HeldTooLong.
    """
    booking = own_hold(db, booking_id, mentee_id)
    if booking.hold_expires_at is None or booking.hold_expires_at <= now:
        raise HoldOver
    if until > max(booking.created_at + HOLD_AT_MOST, _offer_can_be_paid_until(db, booking)):
        raise HeldTooLong
    until = max(until, booking.hold_expires_at)
    booking.hold_expires_at = until
    claims.keep_until(db, booking.id, until)
    topics.announce(db, topics.booking(booking.id))
    return booking


def live_hold_of(db: Session, mentee_id: UUID, *, now: datetime) -> Booking | None:
    """The one hold a mentee has right now, if any."""
    held = select(Booking).where(
        Booking.mentee_id == mentee_id, Booking.status == Status.HELD, col(Booking.hold_expires_at) > now
    )
    return db.exec(held).first()


def open_checkout_of(db: Session, *, booking_id: UUID, mentee_id: UUID, now: datetime) -> tuple[UUID, str] | None:
    """The payment and the provider's checkout of the mentee's own booking that can still be paid, if any."""
    booking = db.get(Booking, booking_id)
    if booking is None or booking.mentee_id != mentee_id:
        raise NotFound
    payment = payments.open_checkout_of(db, booking_id=booking_id, now=now)
    return (payment.id, payment.checkout_id) if payment is not None and payment.checkout_id else None


def own_hold(db: Session, booking_id: UUID, mentee_id: UUID) -> Booking:
    """The mentee's own hold with both people locked, for services only; raises NotFound or HoldOver."""
    booking = db.get(Booking, booking_id)
    if booking is None or booking.mentee_id != mentee_id:
        raise NotFound
    claims.lock_people(db, booking.mentor_id, mentee_id)
    db.refresh(booking)
    if booking.status is not Status.HELD:
        raise HoldOver
    return booking


def _offer_can_be_paid_until(db: Session, booking: Booking) -> datetime:
    """A time offered to who waited may be paid in a checkout opened up to the offer's last moment."""
    offered = line.offered_until(db, booking) or booking.created_at
    return offered + CHECKOUT_LASTS + HOLD_OUTLIVES_CHECKOUT + timedelta(minutes=1)


def _give_back(db: Session, hold_ids: Iterable[UUID], mentee_id: UUID, *, now: datetime) -> None:
    """The mentee chooses another time: one hold a person."""
    for hold_id in hold_ids:
        if payments.open_checkout_of(db, booking_id=hold_id, now=now) is not None:
            raise CheckoutInProgress
        claims.expire(db, db.get_one(Booking, hold_id), reason="moved to another time", now=now, actor_id=mentee_id)


def _require_offered(
    db: Session, time: MentorTime, offering: Offering, wish: Wish, mentee_id: UUID, now: datetime
) -> None:
    """SCHEDULING.md, "beside the function": free now, and in the list now or in one shown lately."""
    request = time.request(
        offering_id=offering.id,
        minutes=offering.minutes,
        since=wish.starts_at,
        until=wish.starts_at + timedelta(seconds=1),
        now=now,
        notice=notice_of(db, offering, mentee_id),
    )
    listed = wish.starts_at in time.starts(request)
    recent = wish.starts_at in wish.offered and fits(request, wish.starts_at)
    if not is_on_a_tick(wish.starts_at) or not (listed or (recent and time.has_room_that_week(wish.starts_at, ()))):
        near = _alternatives(db, offering, wish.starts_at, mentee_id, now)
        raise SlotTaken(near) if wish.starts_at in wish.offered else SlotNotOffered(near)


def _require_not_held_too_often(
    db: Session, mentor_id: UUID, mentee_id: UUID, starts_at: datetime, *, now: datetime
) -> None:
    theirs = {"mentor": mentor_id, "mentee": mentee_id, "start": starts_at, "since": now - timedelta(hours=24)}
    if db.execute(_LET_GO, theirs).scalar_one() >= HOLDS_A_DAY:
        raise HeldTooOften


def _alternatives(db: Session, offering: Offering, wanted: datetime, mentee_id: UUID, now: datetime) -> list[datetime]:
    time = load_time(db, [offering.mentor_id], now=now)[offering.mentor_id]
    request = time.request(
        offering_id=offering.id,
        minutes=offering.minutes,
        since=max(now, wanted - _LOOK_AROUND),
        until=wanted + _LOOK_AROUND,
        now=now,
        notice=notice_of(db, offering, mentee_id),
    )
    return nearest([start for start in time.starts(request) if start != wanted], wanted)


def _held(
    db: Session,
    offering: Offering,
    profile: MentorProfile,
    time: MentorTime,
    mentee: User,
    starts_at: datetime,
    now: datetime,
) -> Booking:
    price = Money(offering.price_minor, offering.currency)
    parts = money.split(price, on=now.date())
    blocked_from, blocked_to = time.padded(starts_at, offering.minutes)
    booking_id = new_id()
    booking = Booking(
        id=booking_id,
        mentor_id=offering.mentor_id,
        mentee_id=mentee.id,
        offering_id=offering.id,
        title=offering.title,
        status=Status.HELD,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=offering.minutes),
        blocked_from=blocked_from,
        blocked_to=blocked_to,
        hold_expires_at=now + HOLD_LASTS,
        by_request=is_by_request(db, offering, mentee.id),
        price_minor=price.minor,
        fee_minor=parts.fee.minor,
        card_minor=parts.card.minor,
        currency=price.currency,
        policy=profile.policy,
        refund_from=starts_at,
        mentor_zone=time.preferences.time_zone,
        mentee_zone=mentee.time_zone,
        calendar_uid=f"{booking_id}@mentorhub",
        intro_pair=_intro_pair(db, offering, mentee.id),
        created_at=now,
    )
    db.add(booking)
    db.flush()
    return booking


def _intro_pair(db: Session, offering: Offering, mentee_id: UUID) -> str | None:
    """One intro call a pair, for life: the key is taken by a live or held one and freed by an expired one."""
    if offering.kind is not OfferingKind.INTRO:
        return None
    pair = f"{offering.mentor_id}:{mentee_id}"
    for earlier in db.exec(select(Booking).where(Booking.intro_pair == pair)).all():
        if earlier.status not in (Status.EXPIRED, Status.CANCELLED, Status.DECLINED):
            raise AlreadyMetForIntro
        earlier.intro_pair = None
    db.flush()
    return pair


_OFFERED = (
    select(Offering, MentorProfile)
    .join(MentorProfile, col(MentorProfile.user_id) == Offering.mentor_id, isouter=True)
    .where(Offering.id == bindparam("offering"))
)
_LET_GO = select(func.count(col(Booking.id))).where(
    Booking.mentor_id == bindparam("mentor"),
    Booking.mentee_id == bindparam("mentee"),
    Booking.starts_at == bindparam("start"),
    Booking.status == Status.EXPIRED,
    Booking.created_at > bindparam("since"),
)
