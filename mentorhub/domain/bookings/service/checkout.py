"""From a hold to a confirmed booking: the checkout, what the provider says of it, and payments that come late."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.errors import HoldOver, NeedsAnswer, VerifyFirst
from mentorhub.domain.bookings.models import Booking, BookingRequest, Status
from mentorhub.domain.bookings.queries.asked_time import time_about
from mentorhub.domain.bookings.rules import CHECKOUT_LASTS, HOLD_OUTLIVES_CHECKOUT
from mentorhub.domain.bookings.service import claims, holds, lapsing, limits, request_telling, requests, telling
from mentorhub.domain.bookings.service.confirming import confirm
from mentorhub.domain.bookings.service.intake import require_intake
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.money import Money
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.payments import rules as money
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.models import Payment, PaymentStatus
from mentorhub.domain.payments.ports import CheckoutOutcome, CheckoutState
from mentorhub.domain.scheduling.rules import fits

_SLACK = timedelta(seconds=30)


@dataclass(frozen=True)
class PlannedLine:
    """One line of the bill: what it is, a detail of it, and its price."""

    title: str
    detail: str
    price: Money


@dataclass(frozen=True)
class CheckoutPlan:
    """What the edge needs to open the provider's page; `open_url` is there when one is open already.

    A series has a line for each of its sessions. With `manual_capture` the card is only authorised, until the
    mentor has answered.
    """

    payment_id: UUID
    booking_id: UUID
    lines: tuple[PlannedLine, ...]
    email: str
    expires_at: datetime
    open_url: str | None
    manual_capture: bool = False


def plan_checkout(db: Session, *, booking_id: UUID, mentee_id: UUID, now: datetime) -> CheckoutPlan:
    """Extend the hold over the checkout's life plus five minutes and open the payment, before the provider is asked.

    An accepted request whose card failed is paid anew here, as long as its time is kept. Raises NotFound, HoldOver,
    HeldTooLong, IntakeNotWhole, VerifyFirst for an account whose address is not confirmed, or what
    `limits.require_room` raises.
    """
    person = db.get_one(User, mentee_id)
    if person.email_verified_at is None:
        raise VerifyFirst
    booking = db.get(Booking, booking_id)
    if booking is None or booking.mentee_id != mentee_id or not booking.price_minor:
        raise NotFound
    open_already = payments.open_checkout_of(db, booking_id=booking.id, now=now)
    expires_at = now + CHECKOUT_LASTS + _SLACK
    anew = requests.is_payable(db, booking, now=now)
    if open_already is None and not anew:
        booking = holds.extend_for_checkout(
            db, booking_id=booking.id, mentee_id=mentee_id, until=expires_at + HOLD_OUTLIVES_CHECKOUT, now=now
        )
        if booking.by_request:
            limits.require_room(db, mentor_id=booking.mentor_id, mentee_id=mentee_id, now=now, besides=booking.id)
    elif booking.status is not Status.HELD and not anew:
        raise HoldOver
    if not anew:
        require_intake(db, booking)
    together = [booking] if anew else holds.held_with(db, booking)
    first, *others = (_bill(one) for one in together)
    payment = payments.open_payment(db, bill=first, others=others, now=now)
    return CheckoutPlan(
        payment_id=payment.id,
        booking_id=booking.id,
        lines=tuple(_line(db, one) for one in together),
        email=person.email,
        expires_at=expires_at,
        open_url=payment.checkout_url if open_already is not None else None,
        manual_capture=booking.by_request and not anew,
    )


def confirm_free(db: Session, *, booking_id: UUID, mentee_id: UUID, now: datetime) -> Booking:
    """Confirm a held session, or series, that costs nothing; confirming again changes nothing.

    Raises NotFound, HoldOver, IntakeNotWhole, NeedsAnswer or VerifyFirst.
    """
    booking = db.get(Booking, booking_id)
    if booking is None or booking.mentee_id != mentee_id or booking.price_minor:
        raise NotFound
    if booking.by_request:
        raise NeedsAnswer
    if db.get_one(User, mentee_id).email_verified_at is None:
        raise VerifyFirst
    claims.lock_people(db, booking.mentor_id, mentee_id)
    db.refresh(booking)
    if booking.status is Status.CONFIRMED:
        return booking
    if booking.hold_expires_at is None or booking.hold_expires_at <= now:
        raise HoldOver
    require_intake(db, booking)
    together = holds.held_with(db, booking)
    for one in together:
        if not confirm(db, one, Status.HELD, now=now):
            raise HoldOver
    telling.tell_series_booked(db, together, now=now)
    return booking


def apply_outcome(db: Session, *, payment_id: UUID, outcome: CheckoutOutcome, now: datetime) -> Booking | None:
    """Apply what the provider says of a checkout; any number of times, in any order.

    Paid in time confirms the booking. Paid after the hold died holds the span again if it is still free, and
    gives everything back if it is not. Authorised in time asks the mentor; an authorisation that is gone leaves an
    accepted request to be paid anew. A checkout that came to nothing, or was paid with nothing, closes its payment.
    """
    payment = db.get(Payment, payment_id)
    booking = db.get(Booking, payment.booking_id) if payment is not None else None
    if payment is None or booking is None:
        return None
    claims.lock_people(db, booking.mentor_id, booking.mentee_id)
    db.refresh(booking)
    if outcome.state is CheckoutState.EXPIRED or (outcome.state is CheckoutState.PAID and not outcome.amount):
        for one in payments.of_checkout(db, payment):
            payments.record_failure(db, payment_id=one.id)
    elif outcome.state is CheckoutState.AUTHORISED:
        if payments.record_authorisation(db, payment_id=payment.id, outcome=outcome, now=now):
            _authorised(db, booking, payment, outcome, now=now)
    elif outcome.state is CheckoutState.VOIDED:
        if payments.record_void(db, payment_id=payment.id) and booking.status is Status.REQUESTED:
            _authorisation_gone(db, booking, now=now)
    elif outcome.state is CheckoutState.PAID:
        _paid_together(db, payment, outcome, now=now)
    topics.announce(db, topics.booking(booking.id), topics.person(booking.mentee_id))
    return booking


def take_in(db: Session, *, payment_id: UUID, outcome: CheckoutOutcome, now: datetime) -> None:
    """Apply what the provider lists of a checkout, unless that is known already."""
    known = {
        CheckoutState.PAID: (PaymentStatus.CAPTURED,),
        CheckoutState.AUTHORISED: (PaymentStatus.AUTHORISED, PaymentStatus.CAPTURED, PaymentStatus.VOIDED),
        CheckoutState.VOIDED: (PaymentStatus.VOIDED, PaymentStatus.FAILED),
    }.get(outcome.state)
    payment = db.get(Payment, payment_id)
    if payment is not None and known is not None and payment.status not in known:
        apply_outcome(db, payment_id=payment_id, outcome=outcome, now=now)


def _paid_together(db: Session, payment: Payment, outcome: CheckoutOutcome, *, now: datetime) -> None:
    """Take in the money of a checkout, each session by itself: what is gone is given back, the others stay."""
    each = list(payments.heard_of_each(db, payment_id=payment.id, outcome=outcome))
    prices = Money(sum(one.amount_minor for one, _ in each), payment.currency)
    confirmed = []
    for one, heard in each:
        booking = db.get_one(Booking, one.booking_id, populate_existing=True)
        if payments.record_capture(db, payment_id=one.id, outcome=heard, now=now):
            _paid(db, booking, one, heard, right_sum=outcome.amount == prices, now=now)
            confirmed += [booking] if booking.status is Status.CONFIRMED else []
    telling.tell_series_booked(db, confirmed, now=now)


def _paid(
    db: Session, booking: Booking, payment: Payment, outcome: CheckoutOutcome, *, right_sum: bool, now: datetime
) -> None:
    if not right_sum:
        _refund_all(db, booking, payment, outcome.amount, payments.WRONG_SUM, now=now)
        telling.tell_wrong_sum(db, booking, outcome.amount, now=now)
        return
    agreed = not booking.by_request or requests.was_accepted(db, booking)
    waits = booking.status in (Status.HELD, Status.REQUESTED)
    if agreed and waits and confirm(db, booking, booking.status, now=now):
        return
    late = booking.status is Status.EXPIRED and booking.starts_at > now
    if agreed and late and _again(db, booking, lambda: confirm(db, booking, Status.EXPIRED, now=now), now=now):
        return
    _refund_all(db, booking, payment, outcome.amount, "the time was gone when the payment came", now=now)
    topics.announce(db, topics.booking(booking.id))
    telling.tell_paid_too_late(db, booking, outcome.amount, payment_id=payment.id, now=now)
    subject = f"{booking.id} {payment.id}"
    outbox.enqueue(db, notices.PAID_TOO_LATE, key=f"late:{payment.id}", subject=subject, now=now)


def _authorised(db: Session, booking: Booking, payment: Payment, outcome: CheckoutOutcome, *, now: datetime) -> None:
    """Ask the mentor; where that is not possible any more the money is let go, and nothing was charged."""
    right_sum = outcome.amount == Money(payment.amount_minor, payment.currency)
    if right_sum and booking.by_request and _ask_mentor(db, booking, now=now):
        return
    payments.owe_void(db, payment=payment, now=now)
    if booking.status is Status.EXPIRED:
        request_telling.tell_too_late(db, booking, now=now)
        outbox.enqueue(db, notices.REQUEST_TOO_LATE, key=f"late:{payment.id}", subject=str(booking.id), now=now)


def _ask_mentor(db: Session, booking: Booking, *, now: datetime) -> bool:
    if booking.status is Status.HELD:
        return requests.open_request(db, booking, Status.HELD, now=now)
    if booking.status is not Status.EXPIRED or db.get(BookingRequest, booking.id) is not None:
        return False
    try:
        limits.require_room(db, mentor_id=booking.mentor_id, mentee_id=booking.mentee_id, now=now)
    except DomainError:
        return False
    return _again(db, booking, lambda: requests.open_request(db, booking, Status.EXPIRED, now=now), now=now)


def _authorisation_gone(db: Session, booking: Booking, *, now: datetime) -> None:
    """The bank let go: an accepted request is paid anew; one that waits for its answer still waits for it."""
    if requests.was_accepted(db, booking) and payments.authorised_payment_of(db, booking_id=booking.id) is None:
        requests.card_failed(db, booking, now=now)


def _again(db: Session, booking: Booking, go_on: Callable[[], bool], *, now: datetime) -> bool:
    """Take the span of an expired hold again and go on; False, with nothing kept, when any of it is gone."""
    lapsing.expire_lapsed(db, (booking.mentor_id, booking.mentee_id), now=now)
    if not _is_still_given(db, booking, now=now):
        return False
    attempt = db.begin_nested()
    if claims.claim(db, booking) is None and go_on():
        attempt.commit()
        return True
    attempt.rollback()
    db.refresh(booking)
    return False


def _is_still_given(db: Session, booking: Booking, *, now: datetime) -> bool:
    """Whether the mentor's hours, horizon and caps have room for it now; the notice was kept when it was held.

    A seat needs no more of its mentor's time than its group session has already.
    """
    if booking.group_session_id is not None:
        return True
    starts_at, ends_at = booking.starts_at, booking.ends_at
    time = time_about(db, mentor_id=booking.mentor_id, since=starts_at, until=ends_at, now=now)
    if time is None:
        return False
    minutes = (ends_at - starts_at) // timedelta(minutes=1)
    request = time.request(offering_id=booking.offering_id, minutes=minutes, since=starts_at, until=ends_at, now=now)
    return fits(replace(request, min_notice_minutes=0), starts_at) and time.has_room_that_week(starts_at, ())


def _refund_all(db: Session, booking: Booking, payment: Payment, amount: Money, reason: str, *, now: datetime) -> None:
    payments.owe_refund(
        db, payment=payment, amount=amount, key=f"refund:late:{booking.id}:{payment.id}", reason=reason, now=now
    )


def _line(db: Session, booking: Booking) -> PlannedLine:
    minutes = (booking.ends_at - booking.starts_at) // timedelta(minutes=1)
    when = f", {telling.when_for(db, booking, booking.mentee_id)}" if booking.series_id is not None else ""
    return PlannedLine(booking.title, f"{minutes} min{when}", Money(booking.price_minor, booking.currency))


def _bill(booking: Booking) -> payments.Bill:
    currency = booking.currency
    parts = money.Split(
        price=Money(booking.price_minor, currency),
        fee=Money(booking.fee_minor, currency),
        card=Money(booking.card_minor, currency),
    )
    return payments.Bill(booking_id=booking.id, mentor_id=booking.mentor_id, parts=parts)
