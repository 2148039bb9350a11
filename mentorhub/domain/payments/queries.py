"""Reads of the money: the figures of the ledger, and what in them does not agree with itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments.models import LedgerEntry, Payment, PaymentStatus, Refund, RefundStatus
from mentorhub.domain.payments.rules import Account


@dataclass(frozen=True)
class BalanceView:
    """What an account holds in one currency."""

    account: Account
    amount: Money


@dataclass(frozen=True)
class LedgerView:
    """How many entries, groups and bookings the ledger has, its balances, and every difference in words."""

    entries: int
    groups: int
    bookings: int
    balances: tuple[BalanceView, ...]
    differences: tuple[str, ...]


@dataclass(frozen=True)
class EarningsView:
    """What a mentor earned in one currency and has not been paid yet: before and after its release."""

    pending: Money
    payable: Money


@dataclass(frozen=True)
class PaidView:
    """The payment that paid for a booking: when it came in, and what of it goes or went back."""

    payment_id: UUID
    paid_at: datetime | None
    refunded: Money


def paid_for(db: Session, *, booking_id: UUID) -> PaidView | None:
    """What paid for a booking, if anything: the first payment that was not given back as a whole, else the first."""
    captured = select(Payment).where(Payment.booking_id == booking_id, Payment.status == PaymentStatus.CAPTURED)
    found = db.exec(captured.order_by(col(Payment.captured_at), col(Payment.id))).all()
    back = {payment.id: _given_back(db, payment) for payment in found}
    kept = (payment for payment in found if back[payment.id].minor != payment.amount_minor)
    paid = next(kept, next(iter(found), None))
    return PaidView(paid.id, paid.captured_at, back[paid.id]) if paid is not None else None


def earnings_of(db: Session, *, mentor_id: UUID) -> tuple[EarningsView, ...]:
    """A mentor's money that is still here, by currency; currencies with nothing left are not named."""
    account, currency = col(LedgerEntry.account), col(LedgerEntry.currency)
    sums = (
        select(account, currency, func.sum(LedgerEntry.amount_minor))
        .where(
            LedgerEntry.owner_id == mentor_id,
            account.in_((Account.MENTOR_PENDING, Account.MENTOR_PAYABLE)),
        )
        .group_by(account, currency)
    )
    owed = {(name, code): -int(minor) for name, code, minor in db.exec(sums)}
    views = (
        EarningsView(
            pending=Money(owed.get((Account.MENTOR_PENDING, code), 0), code),
            payable=Money(owed.get((Account.MENTOR_PAYABLE, code), 0), code),
        )
        for code in sorted({code for _, code in owed})
    )
    return tuple(view for view in views if view.pending or view.payable)


def ledger_check(db: Session) -> LedgerView:
    """Check that groups and bookings sum to zero, and that cash agrees with payments and refunds."""
    entries, groups, bookings = db.exec(
        select(
            func.count(col(LedgerEntry.id)),
            func.count(func.distinct(col(LedgerEntry.cause))),
            func.count(func.distinct(col(LedgerEntry.booking_id))),
        )
    ).one()
    differences = (
        *_unbalanced_groups(db),
        *_unbalanced_bookings(db),
        *_cash_differences(db),
        *_owed_the_wrong_way(db),
        *_overpaid_refunds(db),
    )
    return LedgerView(entries, groups, bookings, _balances(db), differences)


def _given_back(db: Session, payment: Payment) -> Money:
    amounts = db.exec(select(Refund.amount_minor).where(Refund.payment_id == payment.id))
    return Money(sum(amounts), payment.currency)


def _balances(db: Session) -> tuple[BalanceView, ...]:
    account, currency = col(LedgerEntry.account), col(LedgerEntry.currency)
    sums = (
        select(account, currency, func.sum(LedgerEntry.amount_minor))
        .group_by(account, currency)
        .order_by(currency, account)
    )
    return tuple(BalanceView(name, Money(int(minor), code)) for name, code, minor in db.exec(sums))


def _unbalanced_groups(db: Session) -> Iterator[str]:
    cause, currency = col(LedgerEntry.cause), col(LedgerEntry.currency)
    total = func.sum(LedgerEntry.amount_minor)
    wrong = select(cause, currency, total).group_by(cause, currency).having(total != 0).order_by(cause)
    for name, code, minor in db.exec(wrong):
        yield f"group {name} sums to {Money(int(minor), code)}"


def _unbalanced_bookings(db: Session) -> Iterator[str]:
    booking, currency = col(LedgerEntry.booking_id), col(LedgerEntry.currency)
    total = func.sum(LedgerEntry.amount_minor)
    wrong = select(booking, currency, total).where(booking.is_not(None))
    wrong = wrong.group_by(booking, currency).having(total != 0)
    for booking_id, code, minor in db.exec(wrong):
        yield f"booking {booking_id} sums to {Money(int(minor), code)}"


def _cash_differences(db: Session) -> Iterator[str]:
    """Each capture, charge and sent refund has its group with the same cash, and none stands alone."""
    expected = dict(_expected_cash(db))
    posted = select(LedgerEntry.cause, LedgerEntry.amount_minor).where(
        LedgerEntry.account == Account.PROVIDER_CASH,
        or_(*(col(LedgerEntry.cause).startswith(word) for word in ("capture:", "charge:", "refund:"))),
    )
    found = dict(db.exec(posted).all())
    for cause in sorted(expected.keys() | found.keys()):
        if expected.get(cause, 0) != found.get(cause, 0):
            yield f"{cause} moved {found.get(cause, 0)} in the ledger and {expected.get(cause, 0)} by its row"


def _expected_cash(db: Session) -> Iterator[tuple[str, int]]:
    payments = select(Payment.id, Payment.amount_minor, Payment.provider_fee_minor).where(
        Payment.status == PaymentStatus.CAPTURED
    )
    for payment_id, amount, charge in db.exec(payments):
        yield f"capture:{payment_id}", amount
        if charge:
            yield f"charge:{payment_id}", -charge
    refunds = select(Refund.id, Refund.amount_minor).where(Refund.status == RefundStatus.SENT)
    for refund_id, amount in db.exec(refunds):
        yield f"refund:{refund_id}", -amount


def _owed_the_wrong_way(db: Session) -> Iterator[str]:
    """A mentor may be owed money, never owe it: both accounts of a booking stay at or below zero."""
    account, booking = col(LedgerEntry.account), col(LedgerEntry.booking_id)
    currency, total = col(LedgerEntry.currency), func.sum(LedgerEntry.amount_minor)
    wrong = (
        select(account, booking, currency, total)
        .where(account.in_((Account.MENTOR_PENDING, Account.MENTOR_PAYABLE)))
        .group_by(account, booking, currency)
        .having(total > 0)
    )
    for name, booking_id, code, minor in db.exec(wrong):
        yield f"booking {booking_id} has {Money(int(minor), code)} too much taken from {name.value}"


def _overpaid_refunds(db: Session) -> Iterator[str]:
    total = func.sum(Refund.amount_minor)
    wrong = (
        select(Payment.id, total)
        .join(Refund, col(Refund.payment_id) == col(Payment.id))
        .where(col(Refund.status) != RefundStatus.FAILED)
        .group_by(col(Payment.id), col(Payment.amount_minor))
        .having(total > col(Payment.amount_minor))
    )
    for payment_id, minor in db.exec(wrong):
        yield f"payment {payment_id} gives back {int(minor)}, more than came in"
    failed = select(Refund.id).where(Refund.status == RefundStatus.FAILED)
    for refund_id in db.exec(failed):
        yield f"refund {refund_id} was not taken by the provider and is still owed"
