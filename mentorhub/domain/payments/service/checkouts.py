"""Payments from the open page to the money that came in. The payments of a series share one page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, or_, select

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules
from mentorhub.domain.payments.errors import PaymentNotPending
from mentorhub.domain.payments.models import Payment, PaymentStatus
from mentorhub.domain.payments.ports import Checkout, CheckoutOutcome
from mentorhub.domain.payments.queries import paid_for
from mentorhub.domain.payments.service.ledger import post
from mentorhub.domain.payments.service.rows import locked, parts_of


@dataclass(frozen=True)
class Bill:
    """What is to be paid: the opaque booking, whose money the net is, and the price with its parts."""

    booking_id: UUID
    mentor_id: UUID
    parts: rules.Split


def open_payment(db: Session, *, bill: Bill, now: datetime, others: Sequence[Bill] = ()) -> Payment:
    """The payment whose checkout is open, or a new one; its id is the provider's key. `others` share its checkout.

    An attempt that never got a checkout, or outlived it, is closed: the provider refuses the same key with a
    later expiry. Should it have been paid after all, `record_capture` still takes the money in.
    """
    still_open = open_checkout_of(db, booking_id=bill.booking_id, now=now)
    if still_open is not None:
        return db.get_one(Payment, still_open.lead_id) if still_open.lead_id else still_open
    for one in (bill, *others):
        stale = pending_payment_of(db, booking_id=one.booking_id)
        if stale is not None:
            stale.status = PaymentStatus.FAILED
    payment = _payment(bill, now=now)
    db.add(payment)
    db.flush()
    db.add_all(_payment(other, now=now, lead_id=payment.id) for other in others)
    db.flush()
    return payment


def heard_of_each(
    db: Session, *, payment_id: UUID, outcome: CheckoutOutcome
) -> Iterator[tuple[Payment, CheckoutOutcome]]:
    """Each payment of a checkout with its own share of what the provider says: the money and the charge add up."""
    paid_for = of_checkout(db, db.get_one(Payment, payment_id))
    weights = [payment.amount_minor for payment in paid_for]
    amounts = rules.shares(outcome.amount, weights)
    fee = outcome.provider_fee
    fees = rules.shares(fee, weights) if fee is not None else [None] * len(weights)
    for payment, amount, charged in zip(paid_for, amounts, fees, strict=True):
        yield payment, replace(outcome, amount=amount, provider_fee=charged)


def of_checkout(db: Session, payment: Payment) -> list[Payment]:
    """All payments that share this one's checkout, the leading one first and the others as they were opened."""
    lead_id = payment.lead_id or payment.id
    shared = select(Payment).where(or_(Payment.id == lead_id, Payment.lead_id == lead_id))
    return sorted(db.exec(shared.order_by(col(Payment.id))), key=lambda one: one.lead_id is not None)


def _payment(bill: Bill, *, now: datetime, lead_id: UUID | None = None) -> Payment:
    return Payment(
        booking_id=bill.booking_id,
        mentor_id=bill.mentor_id,
        lead_id=lead_id,
        amount_minor=bill.parts.price.minor,
        fee_minor=bill.parts.fee.minor,
        card_minor=bill.parts.card.minor,
        currency=bill.parts.price.currency,
        created_at=now,
    )


def record_checkout(db: Session, *, payment_id: UUID, checkout: Checkout) -> None:
    """Keep where the provider's page of this payment, and of those that share it, is.

    Raises PaymentNotPending when the payment is over already.
    """
    if locked(db, Payment, payment_id).status is not PaymentStatus.PENDING:
        raise PaymentNotPending
    for payment in of_checkout(db, db.get_one(Payment, payment_id)):
        payment.checkout_id, payment.checkout_url = checkout.checkout_id, checkout.url
        payment.checkout_expires_at = checkout.expires_at


def record_capture(db: Session, *, payment_id: UUID, outcome: CheckoutOutcome, now: datetime) -> bool:
    """Note that the money came in and post it; False when that was noted before.

    What is posted is what came, also when that is not the price.
    The provider's real charge is posted once it is known, on this call or a later one.
    """
    payment = locked(db, Payment, payment_id)
    first = payment.status is not PaymentStatus.CAPTURED
    if first:
        payment.status, payment.captured_at, payment.owed = PaymentStatus.CAPTURED, now, None
        payment.provider_payment_id = outcome.provider_payment_id
        payment.checkout_id = payment.checkout_id or outcome.checkout_id
        _count_as_it_came(payment, outcome.amount)
        postings = rules.capture_postings(parts_of(payment), payment.mentor_id)
        post(db, f"capture:{payment.id}", postings, booking_id=payment.booking_id, now=now)
    if outcome.provider_fee is not None and payment.provider_fee_minor is None:
        payment.provider_fee_minor = outcome.provider_fee.minor
        charge = rules.charge_postings(outcome.provider_fee) if outcome.provider_fee else ()
        post(db, f"charge:{payment.id}", charge, booking_id=payment.booking_id, now=now)
    return first


def _count_as_it_came(payment: Payment, amount: Money) -> None:
    """Another sum than the price is nobody's earnings: it stands with the platform until it is given back."""
    if amount != Money(payment.amount_minor, payment.currency):
        payment.amount_minor, payment.currency = amount.minor, amount.currency
        payment.fee_minor, payment.card_minor = amount.minor, 0


def record_failure(db: Session, *, payment_id: UUID) -> bool:
    """Note that a checkout came to nothing; False when the payment was not pending."""
    payment = locked(db, Payment, payment_id)
    if payment.status is not PaymentStatus.PENDING:
        return False
    payment.status = PaymentStatus.FAILED
    return True


def pending_payment_of(db: Session, *, booking_id: UUID) -> Payment | None:
    """The payment of a booking that is still open, if any."""
    pending = select(Payment).where(Payment.booking_id == booking_id, Payment.status == PaymentStatus.PENDING)
    return db.exec(pending).first()


def captured_payment_of(db: Session, *, booking_id: UUID) -> Payment | None:
    """The payment that paid for a booking, if any, as `paid_for` names it."""
    paid = paid_for(db, booking_id=booking_id)
    return db.get_one(Payment, paid.payment_id) if paid is not None else None


def open_checkout_of(db: Session, *, booking_id: UUID, now: datetime) -> Payment | None:
    """The pending payment whose page at the provider can still be paid, if any."""
    payment = pending_payment_of(db, booking_id=booking_id)
    if payment is None or payment.checkout_expires_at is None or payment.checkout_expires_at <= now:
        return None
    return payment


def checkout_to_ask(db: Session, payment_id: UUID) -> str | None:
    """The provider's checkout of a payment that is not final yet, or whose real charge is unknown."""
    payment = db.get(Payment, payment_id)
    captured = payment is not None and payment.status is PaymentStatus.CAPTURED
    if payment is None or (captured and payment.provider_fee_minor is not None):
        return None
    return payment.checkout_id


def unanswered(db: Session, *, since: datetime, every: timedelta, now: datetime) -> list[UUID]:
    """Leading payments opened since then that no notice has settled and whose turn to be asked about it is.

    Called once in each stretch of `every`; the older a payment, the rarer its turn, so that a provider that is slow
    or settles nothing is not asked about every payment of days each time.
    """
    waiting = select(Payment.id, Payment.created_at).where(
        col(Payment.checkout_id).is_not(None),
        col(Payment.lead_id).is_(None),
        Payment.created_at >= since,
        Payment.created_at < now - every,
        col(Payment.status).in_((PaymentStatus.PENDING, PaymentStatus.CAPTURED)),
        col(Payment.provider_fee_minor).is_(None),
    )
    return [payment_id for payment_id, opened in db.exec(waiting) if rules.is_turn_to_ask(opened, every, now=now)]


def payment_of_checkout(db: Session, checkout_id: str) -> UUID | None:
    """Our payment for a checkout of the provider; of several that share it, the leading one."""
    ours = select(Payment.id).where(Payment.checkout_id == checkout_id, col(Payment.lead_id).is_(None))
    return db.exec(ours).first()
