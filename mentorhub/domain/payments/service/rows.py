"""What the verbs of the money share: a locked row, and the parts of a payment."""

from typing import TypeVar
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules
from mentorhub.domain.payments.models import Payment, Refund

T = TypeVar("T", Payment, Refund)


def locked(db: Session, kind: type[T], row_id: UUID) -> T:
    """A row nobody else may change until the commit, as it is now and not as this session saw it before."""
    return db.get_one(kind, row_id, with_for_update=True, populate_existing=True)


def parts_of(payment: Payment) -> rules.Split:
    """The price and its parts as they were when the hold was placed."""
    return rules.Split(
        price=Money(payment.amount_minor, payment.currency),
        fee=Money(payment.fee_minor, payment.currency),
        card=Money(payment.card_minor, payment.currency),
    )
