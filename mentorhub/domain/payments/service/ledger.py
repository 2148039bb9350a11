"""The append-only ledger: groups of postings that sum to zero, each cause once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from mentorhub.domain.payments import rules
from mentorhub.domain.payments.models import LedgerEntry


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
