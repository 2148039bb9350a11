"""Verbs of the money: open a payment, record what the provider says, owe and record refunds, post the ledger.

Every verb may be repeated: a payment is captured once, a refund is owed once per key, a cause is posted once.
The provider itself is called by the edge, outside any transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.common import outbox
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules
from mentorhub.domain.payments.errors import PaymentNotPending, RefundTooLarge
from mentorhub.domain.payments.models import (
    LedgerEntry,
    Payment,
    PaymentStatus,
    ProviderNotice,
    Refund,
    RefundStatus,
)
from mentorhub.domain.payments.ports import Checkout, CheckoutOutcome, Notice, RefundReceipt, RefundState

T = TypeVar("T", Payment, Refund)

REFUND_TOPIC = "payments.refund"
NOTICE_TOPIC = "payments.notice"


@dataclass(frozen=True)
class Bill:
    """What is to be paid: the opaque booking, whose money the net is, and the price with its parts."""

    booking_id: UUID
    mentor_id: UUID
    parts: rules.Split


def open_payment(db: Session, *, bill: Bill, now: datetime) -> Payment:
    """The payment whose checkout is open, or a new one; its id is the provider's key.

    An attempt that never got a checkout, or outlived it, is closed: the provider refuses the same key with a
    later expiry. Should it have been paid after all, `record_capture` still takes the money in.
    """
    still_open = open_checkout_of(db, booking_id=bill.booking_id, now=now)
    if still_open is not None:
        return still_open
    stale = pending_payment_of(db, booking_id=bill.booking_id)
    if stale is not None:
        stale.status = PaymentStatus.FAILED
    payment = Payment(
        booking_id=bill.booking_id,
        mentor_id=bill.mentor_id,
        amount_minor=bill.parts.price.minor,
        fee_minor=bill.parts.fee.minor,
        card_minor=bill.parts.card.minor,
        currency=bill.parts.price.currency,
        created_at=now,
    )
    db.add(payment)
    db.flush()
    return payment


def record_checkout(db: Session, *, payment_id: UUID, checkout: Checkout) -> None:
    """Keep where the provider's page is; raises PaymentNotPending when the payment is over already."""
    payment = _locked(db, Payment, payment_id)
    if payment.status is not PaymentStatus.PENDING:
        raise PaymentNotPending
    payment.checkout_id, payment.checkout_url = checkout.checkout_id, checkout.url
    payment.checkout_expires_at = checkout.expires_at


def record_capture(db: Session, *, payment_id: UUID, outcome: CheckoutOutcome, now: datetime) -> bool:
    """Note that the money came in and post it; False when that was noted before.

    The provider's real charge is posted once it is known, on this call or a later one.
    """
    payment = _locked(db, Payment, payment_id)
    first = payment.status is not PaymentStatus.CAPTURED
    if first:
        payment.status, payment.captured_at = PaymentStatus.CAPTURED, now
        payment.provider_payment_id = outcome.provider_payment_id
        payment.checkout_id = payment.checkout_id or outcome.checkout_id
        postings = rules.capture_postings(parts_of(payment), payment.mentor_id)
        post(db, f"capture:{payment.id}", postings, booking_id=payment.booking_id, now=now)
    if outcome.provider_fee is not None and payment.provider_fee_minor is None:
        payment.provider_fee_minor = outcome.provider_fee.minor
        charge = rules.charge_postings(outcome.provider_fee)
        post(db, f"charge:{payment.id}", charge, booking_id=payment.booking_id, now=now)
    return first


def record_failure(db: Session, *, payment_id: UUID) -> bool:
    """Note that a checkout came to nothing; False when the payment was not pending."""
    payment = _locked(db, Payment, payment_id)
    if payment.status is not PaymentStatus.PENDING:
        return False
    payment.status = PaymentStatus.FAILED
    return True


def owe_refund(db: Session, *, payment: Payment, amount: Money, key: str, reason: str, now: datetime) -> Refund | None:
    """Owe `amount` back to the card, once per `key`, and queue its sending; nothing for an amount of zero.

    Raises RefundTooLarge when more would go back than came in.
    """
    known = db.exec(select(Refund).where(Refund.key == key)).first()
    if known is not None or not amount:
        return known
    if refunded_of(db, payment) + amount > Money(payment.amount_minor, payment.currency):
        raise RefundTooLarge
    refund = Refund(
        payment_id=payment.id,
        key=key,
        amount_minor=amount.minor,
        currency=amount.currency,
        reason=reason,
        created_at=now,
    )
    db.add(refund)
    db.flush()
    outbox.enqueue(db, REFUND_TOPIC, key=f"refund:{refund.id}", subject=str(refund.id), now=now)
    return refund


def record_refund(db: Session, *, refund_id: UUID, receipt: RefundReceipt, now: datetime) -> bool:
    """Note that the provider took a refund and post it; False when that was noted before, or it failed."""
    refund = _locked(db, Refund, refund_id)
    if refund.status is RefundStatus.SENT:
        return False
    if receipt.state is RefundState.FAILED:
        refund.status = RefundStatus.FAILED
        return False
    payment = _locked(db, Payment, refund.payment_id)
    amount = Money(refund.amount_minor, refund.currency)
    before = _sum(db, payment, (RefundStatus.SENT,))
    refund.status, refund.sent_at = RefundStatus.SENT, now
    refund.provider_refund_id = receipt.provider_refund_id
    postings = rules.refund_postings(parts_of(payment), payment.mentor_id, before=before, amount=amount)
    post(db, f"refund:{refund.id}", postings, booking_id=payment.booking_id, now=now)
    return True


def release_earnings(db: Session, *, payment: Payment, now: datetime) -> None:
    """Let what is left of the mentor's share be paid out, once, after a session that was held."""
    parts = parts_of(payment)
    net = parts.net - rules.refund_shares(parts, refunded_of(db, payment)).net
    post(
        db,
        f"release:{payment.id}",
        rules.release_postings(net, payment.mentor_id),
        booking_id=payment.booking_id,
        now=now,
    )


def post(db: Session, cause: str, postings: Iterable[rules.Posting], *, booking_id: UUID | None, now: datetime) -> None:
    """Write a group of ledger entries that sums to zero, once per `cause`."""
    if db.exec(select(LedgerEntry.id).where(LedgerEntry.cause == cause)).first() is not None:
        return
    for line, posting in enumerate(postings):
        db.add(
            LedgerEntry(
                cause=cause,
                line=line,
                account=posting.account,
                owner_id=posting.owner_id,
                booking_id=booking_id,
                amount_minor=posting.amount.minor,
                currency=posting.amount.currency,
                at=now,
            )
        )
    db.flush()


def keep_notice(db: Session, *, notice: Notice, now: datetime) -> bool:
    """Keep a provider's notice once and queue its handling; False for a repeated delivery."""
    if db.get(ProviderNotice, notice.notice_id) is not None:
        return False
    kept = ProviderNotice(id=notice.notice_id, kind=notice.kind.value, object_id=notice.object_id, received_at=now)
    db.add(kept)
    outbox.enqueue(db, NOTICE_TOPIC, key=f"notice:{notice.notice_id}", subject=notice.notice_id, now=now)
    return True


def pending_payment_of(db: Session, *, booking_id: UUID) -> Payment | None:
    """The payment of a booking that is still open, if any."""
    pending = select(Payment).where(Payment.booking_id == booking_id, Payment.status == PaymentStatus.PENDING)
    return db.exec(pending).first()


def captured_payment_of(db: Session, *, booking_id: UUID) -> Payment | None:
    """The payment that paid for a booking, if any."""
    captured = select(Payment).where(Payment.booking_id == booking_id, Payment.status == PaymentStatus.CAPTURED)
    return db.exec(captured.order_by(col(Payment.captured_at))).first()


def open_checkout_of(db: Session, *, booking_id: UUID, now: datetime) -> Payment | None:
    """The pending payment whose page at the provider can still be paid, if any."""
    payment = pending_payment_of(db, booking_id=booking_id)
    if payment is None or payment.checkout_expires_at is None or payment.checkout_expires_at <= now:
        return None
    return payment


def parts_of(payment: Payment) -> rules.Split:
    """The price and its parts as they were when the hold was placed."""
    return rules.Split(
        price=Money(payment.amount_minor, payment.currency),
        fee=Money(payment.fee_minor, payment.currency),
        card=Money(payment.card_minor, payment.currency),
    )


def refunded_of(db: Session, payment: Payment) -> Money:
    """What goes or went back of a payment: owed and sent together."""
    return _sum(db, payment, (RefundStatus.OWED, RefundStatus.SENT))


def _locked(db: Session, kind: type[T], row_id: UUID) -> T:
    """A row nobody else may change until the commit, as it is now and not as this session saw it before."""
    return db.get_one(kind, row_id, with_for_update=True, populate_existing=True)


def _sum(db: Session, payment: Payment, statuses: tuple[RefundStatus, ...]) -> Money:
    refunds = select(Refund.amount_minor).where(Refund.payment_id == payment.id, col(Refund.status).in_(statuses))
    return Money(sum(db.exec(refunds)), payment.currency)


@dataclass(frozen=True)
class RefundOrder:
    """A refund the provider has not taken yet, as the gateway needs it."""

    refund_id: UUID
    provider_payment_id: str
    amount: Money
    key: str


def refund_order(db: Session, refund_id: UUID) -> RefundOrder | None:
    """What to send for an owed refund; `None` when it was sent, or the provider knows no payment."""
    refund = db.get(Refund, refund_id)
    payment = db.get(Payment, refund.payment_id) if refund is not None else None
    if refund is None or refund.status is not RefundStatus.OWED or payment is None:
        return None
    if payment.provider_payment_id is None:
        return None
    return RefundOrder(refund.id, payment.provider_payment_id, Money(refund.amount_minor, refund.currency), refund.key)


def checkout_to_ask(db: Session, payment_id: UUID) -> str | None:
    """The provider's checkout of a payment that is not final yet, or whose real charge is unknown."""
    payment = db.get(Payment, payment_id)
    captured = payment is not None and payment.status is PaymentStatus.CAPTURED
    if payment is None or (captured and payment.provider_fee_minor is not None):
        return None
    return payment.checkout_id


def unanswered(db: Session, *, since: datetime, before: datetime) -> list[UUID]:
    """Payments with a checkout opened in `[since, before)` that no notice has settled, for reconciliation."""
    waiting = select(Payment.id).where(
        col(Payment.checkout_id).is_not(None),
        Payment.created_at >= since,
        Payment.created_at < before,
        col(Payment.status).in_((PaymentStatus.PENDING, PaymentStatus.CAPTURED)),
        col(Payment.provider_fee_minor).is_(None),
    )
    return list(db.exec(waiting))


def notice_of(db: Session, notice_id: str) -> tuple[str, str] | None:
    """The kind and the object of a kept notice that was not handled yet."""
    kept = db.get(ProviderNotice, notice_id)
    return (kept.kind, kept.object_id) if kept is not None and kept.handled_at is None else None


def payment_of_checkout(db: Session, checkout_id: str) -> UUID | None:
    """Our payment for a checkout of the provider."""
    return db.exec(select(Payment.id).where(Payment.checkout_id == checkout_id)).first()


def notice_handled(db: Session, *, notice_id: str, now: datetime) -> None:
    """Note that a notice was dealt with."""
    db.get_one(ProviderNotice, notice_id).handled_at = now
