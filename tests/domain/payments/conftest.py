"""A payment of 1,200 rupees and what the provider says of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules, service
from mentorhub.domain.payments.models import Payment, Refund
from mentorhub.domain.payments.ports import CheckoutOutcome, CheckoutState, RefundReceipt, RefundState
from tests.people import SUNDAY

CV_REVIEW = Money(120_000, "INR")
KABIR = UUID(int=7)


@dataclass(frozen=True)
class Till:
    """Makes payments in one transaction, with the words of the provider ready."""

    db: Session

    def bill(self, booking_id: UUID | None = None, price: Money = CV_REVIEW) -> service.Bill:
        parts = rules.split(price, on=date(2026, 11, 22))
        return service.Bill(booking_id=booking_id or uuid4(), mentor_id=KABIR, parts=parts)

    def opened(self, booking_id: UUID | None = None) -> Payment:
        return service.open_payment(self.db, bill=self.bill(booking_id), now=SUNDAY)

    def outcome(self, payment: Payment, *, fee: int | None = 2_800) -> CheckoutOutcome:
        return CheckoutOutcome(
            checkout_id=payment.checkout_id or f"cs_{payment.id}",
            payment_id=payment.id,
            state=CheckoutState.PAID,
            amount=Money(payment.amount_minor, payment.currency),
            url="",
            expires_at=SUNDAY,
            provider_payment_id=f"pi_{payment.id}",
            provider_fee=None if fee is None else Money(fee, payment.currency),
        )

    def captured(self) -> Payment:
        payment = self.opened()
        service.record_capture(self.db, payment_id=payment.id, outcome=self.outcome(payment), now=SUNDAY)
        return payment

    def owed(self, payment: Payment, minor: int, key: str = "refund:cancel:b1") -> Refund:
        amount = Money(minor, payment.currency)
        refund = service.owe_refund(self.db, payment=payment, amount=amount, key=key, reason="called off", now=SUNDAY)
        assert refund is not None
        return refund

    def receipt(self, refund: Refund, state: RefundState = RefundState.SENT) -> RefundReceipt:
        return RefundReceipt(
            provider_refund_id=f"re_{refund.id}",
            provider_payment_id="pi_1",
            amount=Money(refund.amount_minor, refund.currency),
            state=state,
            key=refund.key,
            created_at=SUNDAY,
        )

    def refunded(self, payment: Payment, minor: int, key: str = "refund:cancel:b1") -> Refund:
        refund = self.owed(payment, minor, key)
        service.record_refund(self.db, refund_id=refund.id, receipt=self.receipt(refund), now=SUNDAY)
        return refund


@pytest.fixture
def till(db: Session) -> Till:
    return Till(db)
