"""The mentor's share: released once, after a session that was held."""

from datetime import datetime

from sqlmodel import Session

from mentorhub.domain.payments import rules
from mentorhub.domain.payments.models import Payment
from mentorhub.domain.payments.service.ledger import post
from mentorhub.domain.payments.service.refunds import refunded_of
from mentorhub.domain.payments.service.rows import parts_of


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
