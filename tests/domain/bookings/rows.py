"""Every row the bookings have to do with, read at one moment, for the checks of what always holds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, select

from mentorhub.domain.bookings.models import Booking, BookingChange, BookingRequest, Claim, GroupSession, MoveProposal
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications.models import Notification
from mentorhub.domain.payments.models import LedgerEntry, Payment, PaymentStatus, Refund

T = TypeVar("T", bound=SQLModel)


@dataclass(frozen=True)
class Rows:
    """What stands in the tables, by booking, payment or topic."""

    bookings: Sequence[Booking]
    groups: Sequence[GroupSession]
    requests: Mapping[UUID, BookingRequest]
    proposals: Sequence[MoveProposal]
    claims: Sequence[Claim]
    changes: Mapping[UUID, Sequence[BookingChange]]
    payments: Mapping[UUID, Sequence[Payment]]
    refunds: Mapping[UUID, Sequence[Refund]]
    ledger: Sequence[LedgerEntry]
    outbox: Mapping[str, Sequence[OutboxRow]]
    notices: Sequence[Notification]

    def seats_of(self, group: GroupSession) -> Sequence[Booking]:
        return [booking for booking in self.bookings if booking.group_session_id == group.id]

    def series(self) -> Sequence[Sequence[Booking]]:
        found: defaultdict[UUID, list[Booking]] = defaultdict(list)
        for booking in self.bookings:
            if booking.series_id is not None:
                found[booking.series_id].append(booking)
        return list(found.values())

    def kept_of(self, booking: Booking) -> int:
        """What came in for a booking and does not go back."""
        return sum(self.left_of(one) for one in self.payments[booking.id] if one.status is PaymentStatus.CAPTURED)

    def left_of(self, payment: Payment) -> int:
        """What is left of a payment once all that is owed went back."""
        owed = sum(refund.amount_minor for refund in self.refunds[payment.id])
        assert owed <= payment.amount_minor
        return payment.amount_minor - owed


def read(db: Session) -> Rows:
    return Rows(
        bookings=_all(db, Booking),
        groups=_all(db, GroupSession),
        requests={request.booking_id: request for request in _all(db, BookingRequest)},
        proposals=_all(db, MoveProposal),
        claims=_all(db, Claim),
        changes=_by(db, BookingChange, "booking_id"),
        payments=_by(db, Payment, "booking_id"),
        refunds=_by(db, Refund, "payment_id"),
        ledger=_all(db, LedgerEntry),
        outbox=_by(db, OutboxRow, "topic"),
        notices=_all(db, Notification),
    )


def _all(db: Session, table: type[T]) -> Sequence[T]:
    return db.exec(select(table)).all()


def _by(db: Session, table: type[T], column: str) -> Mapping[object, list[T]]:
    rows: defaultdict[object, list[T]] = defaultdict(list)
    for row in _all(db, table):
        rows[getattr(row, column)].append(row)
    return rows
