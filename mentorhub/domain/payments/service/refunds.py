"""Money owed back to the card, sent once per key, posted when the provider took it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.common import outbox
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules
from mentorhub.domain.payments.errors import RefundTooLarge
from mentorhub.domain.payments.models import Payment, Refund, RefundStatus
from mentorhub.domain.payments.ports import RefundReceipt, RefundState
from mentorhub.domain.payments.service.ledger import post
from mentorhub.domain.payments.service.rows import locked, parts_of

REFUND_TOPIC = "payments.refund"
WRONG_SUM = "the amount paid was not the price"
"""The reason of a refund that a person of the house should look at."""


@dataclass(frozen=True)
class RefundOrder:
    """A refund the provider has not taken yet, as the gateway needs it."""

    refund_id: UUID
    provider_payment_id: str
    amount: Money
    key: str
    reason: str


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
    refund = locked(db, Refund, refund_id)
    if refund.status is RefundStatus.SENT:
        return False
    if receipt.state is RefundState.FAILED:
        refund.status = RefundStatus.FAILED
        return False
    payment = locked(db, Payment, refund.payment_id)
    amount = Money(refund.amount_minor, refund.currency)
    before = _sum(db, payment, (RefundStatus.SENT,))
    refund.status, refund.sent_at = RefundStatus.SENT, now
    refund.provider_refund_id = receipt.provider_refund_id
    postings = rules.refund_postings(parts_of(payment), payment.mentor_id, before=before, amount=amount)
    post(db, f"refund:{refund.id}", postings, booking_id=payment.booking_id, now=now)
    return True


def refund_order(db: Session, refund_id: UUID) -> RefundOrder | None:
    """What to send for an owed refund; `None` when it was sent, or the provider knows no payment."""
    refund = db.get(Refund, refund_id)
    payment = db.get(Payment, refund.payment_id) if refund is not None else None
    if refund is None or refund.status is not RefundStatus.OWED or payment is None:
        return None
    if payment.provider_payment_id is None:
        return None
    amount = Money(refund.amount_minor, refund.currency)
    return RefundOrder(refund.id, payment.provider_payment_id, amount, refund.key, refund.reason)


def refunded_of(db: Session, payment: Payment) -> Money:
    """What goes or went back of a payment: owed and sent together."""
    return _sum(db, payment, (RefundStatus.OWED, RefundStatus.SENT))


def _sum(db: Session, payment: Payment, statuses: tuple[RefundStatus, ...]) -> Money:
    refunds = select(Refund.amount_minor).where(Refund.payment_id == payment.id, col(Refund.status).in_(statuses))
    return Money(sum(db.exec(refunds)), payment.currency)
