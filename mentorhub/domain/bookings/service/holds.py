"""Holds: a time is kept for one person while they decide, pay, or let it go."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.bookings.errors import (
    AlreadyBusyThen,
    AlreadyMetForIntro,
    CheckoutInProgress,
    HeldTooLong,
    HeldTooOften,
    HoldOver,
    MentorNotOpen,
    OwnOffering,
    SlotTaken,
)
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.queries.approval import is_by_request
from mentorhub.domain.bookings.queries.asked_time import AskedTime, Offered, asked_time
from mentorhub.domain.bookings.queries.mentor_time import MentorTime
from mentorhub.domain.bookings.queries.time_rows import Waiting
from mentorhub.domain.bookings.rules import (
    CHECKOUT_LASTS,
    HOLD_AT_MOST,
    HOLD_LASTS,
    HOLD_OUTLIVES_CHECKOUT,
    HOLDS_A_DAY,
)
from mentorhub.domain.bookings.service import claims, lapsing, limits, line
from mentorhub.domain.bookings.service.offered import Wish, alternatives, require_offered
from mentorhub.domain.bookings.service.writing import draft
from mentorhub.domain.catalog.models import OfferingKind
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules as money
from mentorhub.domain.payments import service as payments

_USES_NO_INTRO = (Status.EXPIRED, Status.CANCELLED, Status.DECLINED, Status.MENTOR_ABSENT)


def place_hold(db: Session, *, mentee_id: UUID, wish: Wish, now: datetime) -> Booking:
    """Hold a time for ten minutes; a hold the mentee already has moves here, or stays when this fails.

    Raises SlotTaken (with the nearest free starts), SlotNotOffered, AlreadyBusyThen, OwnOffering,
    MentorNotOpen, AlreadyMetForIntro, IntrosFull, CheckoutInProgress, HeldTooOften, CalledOffTooOften,
    NotFound, and what `limits.require_room` raises when the mentor has to be asked.
    """
    asked = begin(db, mentee_id=mentee_id, wish=wish, now=now)
    return take(db, asked, mentee_id=mentee_id, wish=wish, now=now)


def begin(db: Session, *, mentee_id: UUID, wish: Wish, now: datetime) -> AskedTime:
    """Lock both people, end what the mentee holds, and read what decides about the wish; for services only."""
    claims.lock_people_of(db, offering_id=wish.offering_id, mentee_id=mentee_id)
    asked = ask(db, mentee_id, wish, now)
    if asked.offering.mentor_id == mentee_id:
        raise OwnOffering
    return ask(db, mentee_id, wish, now) if make_room(db, asked.waiting, mentee_id, now=now) else asked


def ask(db: Session, mentee_id: UUID, wish: Wish, now: datetime) -> AskedTime:
    """Read what decides about a wish; raises NotFound. For services only."""
    asked = asked_time(db, offering_id=wish.offering_id, mentee_id=mentee_id, starts_at=wish.starts_at, now=now)
    if asked is None or not asked.offering.is_active or asked.offering.kind is OfferingKind.GROUP:
        raise NotFound
    return asked


def take(db: Session, asked: AskedTime, *, mentee_id: UUID, wish: Wish, now: datetime) -> Booking:
    """Hold a time beside what is held already; raises as `place_hold`, and may leave half. For services only."""
    offering, time = asked.offering, asked.time
    if time is None or not offering.is_open:
        raise MentorNotOpen
    by_request = is_by_request(db, offering, mentee_id)
    require_offered(db, time, offering, wish, mentee_id=mentee_id, by_request=by_request, now=now)
    if asked.let_go >= HOLDS_A_DAY:
        raise HeldTooOften
    booking = _draft(db, offering, time, mentee_id, asked.mentee_zone, wish.starts_at, by_request, now)
    if booking.by_request:
        limits.require_room(db, mentor_id=booking.mentor_id, mentee_id=mentee_id, now=now, besides=booking.id)
    if not booking.price_minor:
        limits.require_kept_free(db, booking, now=now)
    if offering.kind is OfferingKind.INTRO:
        limits.require_intro(db, booking)
    taken_from = claims.place(db, booking)
    if taken_from == mentee_id:
        raise AlreadyBusyThen(claims.whom_mentee_has(db, booking))
    if taken_from is not None:
        near = alternatives(db, offering, wish.starts_at, mentee_id=mentee_id, by_request=by_request, now=now)
        raise SlotTaken(near)
    topics.announce(db, topics.grid_of(offering.mentor_id), topics.person(mentee_id))
    return booking


def give_back(db: Session, *, booking_id: UUID, mentee_id: UUID, now: datetime) -> None:
    """Let a held time go, and with it all of its series.

    Raises NotFound, or CheckoutInProgress while a checkout of it is open.
    """
    booking = own_hold(db, booking_id, mentee_id)
    if payments.open_checkout_of(db, booking_id=booking.id, now=now) is not None:
        raise CheckoutInProgress
    for one in held_with(db, booking):
        claims.expire(db, one, reason="given back", now=now, actor_id=mentee_id)


def extend_for_checkout(db: Session, *, booking_id: UUID, mentee_id: UUID, until: datetime, now: datetime) -> Booking:
    """Keep a live hold, and all of its series, until `until`, when its checkout is over for sure.

    Raises NotFound, HoldOver, or HeldTooLong.
    """
    booking = own_hold(db, booking_id, mentee_id)
    if booking.hold_expires_at is None or booking.hold_expires_at <= now:
        raise HoldOver
    if until > max(booking.created_at + HOLD_AT_MOST, _offer_can_be_paid_until(db, booking)):
        raise HeldTooLong
    until = max(until, booking.hold_expires_at)
    for one in held_with(db, booking):
        one.hold_expires_at = until
        claims.keep_until(db, one.id, until)
        topics.announce(db, topics.booking(one.id))
    return booking


def live_hold_of(db: Session, mentee_id: UUID, *, now: datetime) -> Booking | None:
    """The one hold a mentee has right now, if any; the first session of a series."""
    held = select(Booking).where(
        Booking.mentee_id == mentee_id, Booking.status == Status.HELD, col(Booking.hold_expires_at) > now
    )
    return db.exec(held.order_by(col(Booking.starts_at)).limit(1)).first()


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


def held_with(db: Session, booking: Booking) -> list[Booking]:
    """The holds that are one with this one, itself included, in the order of time; for services only."""
    if booking.series_id is None:
        return [booking]
    held = select(Booking).where(Booking.series_id == booking.series_id, Booking.status == Status.HELD)
    return list(db.exec(held.order_by(col(Booking.starts_at)).execution_options(populate_existing=True)))


def make_room(db: Session, waiting: Sequence[Waiting], mentee_id: UUID, *, now: datetime) -> bool:
    """End what ran out, and the mentee's other holds: one hold a person. Whether anything changed.

    For services only. Raises CheckoutInProgress.
    """
    running = lapsing.end_lapsed(db, waiting, now=now)
    own = [hold for hold in running if hold.mentee_id == mentee_id]
    for hold in own:
        if payments.open_checkout_of(db, booking_id=hold.id, now=now) is not None:
            raise CheckoutInProgress
        claims.expire(db, db.get_one(Booking, hold.id), reason="moved to another time", now=now, actor_id=mentee_id)
    return bool(own) or any(one.has_run_out(now) for one in waiting)


def _offer_can_be_paid_until(db: Session, booking: Booking) -> datetime:
    """A time offered to who waited may be paid in a checkout opened up to the offer's last moment."""
    offered = line.offered_until(db, booking) or booking.created_at
    return offered + CHECKOUT_LASTS + HOLD_OUTLIVES_CHECKOUT + timedelta(minutes=1)


def _draft(
    db: Session,
    offering: Offered,
    time: MentorTime,
    mentee_id: UUID,
    mentee_zone: str,
    starts_at: datetime,
    by_request: bool,
    now: datetime,
) -> Booking:
    price = Money(offering.price_minor, offering.currency)
    parts = money.split(price, on=now.date())
    blocked_from, blocked_to = time.padded(starts_at, offering.minutes)
    booking_id = new_id()
    return draft(
        id=booking_id,
        mentor_id=offering.mentor_id,
        mentee_id=mentee_id,
        offering_id=offering.id,
        title=offering.title,
        status=Status.HELD,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=offering.minutes),
        blocked_from=blocked_from,
        blocked_to=blocked_to,
        hold_expires_at=now + HOLD_LASTS,
        by_request=by_request,
        price_minor=price.minor,
        fee_minor=parts.fee.minor,
        card_minor=parts.card.minor,
        currency=price.currency,
        policy=offering.policy,
        refund_from=starts_at,
        mentor_zone=time.preferences.time_zone,
        mentee_zone=mentee_zone,
        calendar_uid=f"{booking_id}@mentorhub",
        intro_pair=_intro_pair(db, offering, mentee_id),
        created_at=now,
    )


def _intro_pair(db: Session, offering: Offered, mentee_id: UUID) -> str | None:
    """One intro call a pair, for life: a live or held one has the key, one that came to nothing gives it up."""
    if offering.kind is not OfferingKind.INTRO:
        return None
    pair = f"{offering.mentor_id}:{mentee_id}"
    for earlier in db.exec(select(Booking).where(Booking.intro_pair == pair)).all():
        if earlier.status not in _USES_NO_INTRO:
            raise AlreadyMetForIntro
        earlier.intro_pair = None
    db.flush()
    return pair
