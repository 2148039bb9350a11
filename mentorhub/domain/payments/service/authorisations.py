"""Money that is only authorised: taken when a request is accepted, let go when it is not; each owed once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.common import outbox
from mentorhub.domain.payments.models import Owed, Payment, PaymentStatus
from mentorhub.domain.payments.ports import CheckoutOutcome
from mentorhub.domain.payments.service.rows import locked

CAPTURE_TOPIC = "payments.capture"
VOID_TOPIC = "payments.void"
_TOPICS = {Owed.CAPTURE: CAPTURE_TOPIC, Owed.VOID: VOID_TOPIC}


@dataclass(frozen=True)
class Order:
    """What the provider is to be told of an authorised payment, as the gateway needs it."""

    payment_id: UUID
    owed: Owed
    provider_payment_id: str
    checkout_id: str

    @property
    def key(self) -> str:
        """The provider's idempotency key: told again, nothing happens twice."""
        return f"{self.owed.value}:{self.payment_id}"


def record_authorisation(db: Session, *, payment_id: UUID, outcome: CheckoutOutcome, now: datetime) -> bool:
    """Note that the card stands for the money; False when that, or what came after it, was noted before."""
    payment = locked(db, Payment, payment_id)
    if payment.status not in (PaymentStatus.PENDING, PaymentStatus.FAILED):
        return False
    payment.status, payment.authorised_at = PaymentStatus.AUTHORISED, now
    payment.provider_payment_id = outcome.provider_payment_id
    payment.checkout_id = payment.checkout_id or outcome.checkout_id
    db.flush()
    return True


def record_void(db: Session, *, payment_id: UUID) -> bool:
    """Note that an authorisation is gone, by our word or by itself; False when it was not standing."""
    payment = locked(db, Payment, payment_id)
    if payment.status is PaymentStatus.PENDING:
        payment.status = PaymentStatus.FAILED
    if payment.status is not PaymentStatus.AUTHORISED:
        return False
    payment.status, payment.owed = PaymentStatus.VOIDED, None
    db.flush()
    return True


def owe_capture(db: Session, *, payment: Payment, now: datetime) -> None:
    """Let the provider be told to take the money, all of it; once, and only while the card stands for it."""
    _owe(db, payment, Owed.CAPTURE, now=now)


def owe_void(db: Session, *, payment: Payment, now: datetime) -> None:
    """Let the provider be told to let the money go; once, whatever was owed before."""
    _owe(db, payment, Owed.VOID, now=now)


def authorised_payment_of(db: Session, *, booking_id: UUID) -> Payment | None:
    """The payment a card stands for, unless the provider is being told to let it go."""
    standing = select(Payment).where(Payment.booking_id == booking_id, Payment.status == PaymentStatus.AUTHORISED)
    return next((payment for payment in db.exec(standing) if payment.owed is not Owed.VOID), None)


def order_of(db: Session, payment_id: UUID) -> Order | None:
    """What is still to be told of a payment; `None` when nothing is."""
    payment = db.get(Payment, payment_id)
    if payment is None or payment.status is not PaymentStatus.AUTHORISED or payment.owed is None:
        return None
    if payment.provider_payment_id is None or payment.checkout_id is None:
        return None
    return Order(payment.id, payment.owed, payment.provider_payment_id, payment.checkout_id)


def untold(db: Session, *, limit: int = 100) -> list[UUID]:
    """Payments whose order the provider has not heard yet, for reconciliation."""
    waiting = select(Payment.id).where(Payment.status == PaymentStatus.AUTHORISED, col(Payment.owed).is_not(None))
    return list(db.exec(waiting.limit(limit)))


def payment_at_provider(db: Session, provider_payment_id: str) -> UUID | None:
    """Our payment for one of the provider's, once it was authorised or captured; of several the leading one."""
    ours = select(Payment.id).where(Payment.provider_payment_id == provider_payment_id)
    return db.exec(ours.where(col(Payment.lead_id).is_(None))).first()


def _owe(db: Session, payment: Payment, owed: Owed, *, now: datetime) -> None:
    row = locked(db, Payment, payment.id)
    if row.status is not PaymentStatus.AUTHORISED or row.owed in (owed, Owed.VOID):
        return
    row.owed = owed
    db.flush()
    outbox.enqueue(db, _TOPICS[owed], key=f"{owed.value}:{row.id}", subject=str(row.id), now=now)
