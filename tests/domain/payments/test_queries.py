"""The check of the books: silent when all agrees, and in words about each difference."""

from uuid import UUID, uuid4

import pytest

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import service
from mentorhub.domain.payments.models import LedgerEntry, PaymentStatus, Refund, RefundStatus
from mentorhub.domain.payments.queries import BalanceView, EarningsView, LedgerView, earnings_of, ledger_check
from mentorhub.domain.payments.rules import Account, Posting
from tests.domain.payments.conftest import KABIR, Till
from tests.people import SUNDAY


def plant(till: Till, cause: str, *amounts: tuple[Account, int], booking_id: UUID | None = None) -> None:
    """Write a group the verbs of the money would never write."""
    postings = [Posting(account, Money(minor, "INR")) for account, minor in amounts]
    service.post(till.db, cause, postings, booking_id=booking_id, now=SUNDAY)


def test_empty_books_agree(till: Till) -> None:
    assert ledger_check(till.db) == LedgerView(0, 0, 0, (), ())


def test_a_sale_refunded_in_parts_and_released_agrees_and_shows_its_figures(till: Till) -> None:
    payment = till.captured()
    till.refunded(payment, 40_000, key="a")
    till.refunded(payment, 20_000, key="b")
    service.release_earnings(till.db, payment=payment, now=SUNDAY)
    till.captured()
    found = ledger_check(till.db)
    assert (found.groups, found.bookings, found.differences) == (7, 2, ())
    assert found.entries == 4 + 2 + 4 + 4 + 2 + 4 + 2
    assert BalanceView(Account.MENTOR_PAYABLE, Money(-52_600, "INR")) in found.balances
    assert BalanceView(Account.PROVIDER_CASH, Money(2 * 117_200 - 60_000, "INR")) in found.balances


def test_books_of_two_currencies_are_kept_apart(till: Till) -> None:
    till.captured()
    bill = till.bill(price=Money(6_000, "EUR"))
    payment = service.open_payment(till.db, bill=bill, now=SUNDAY)
    outcome = till.outcome(payment, fee=145)
    service.record_capture(till.db, payment_id=payment.id, outcome=outcome, now=SUNDAY)
    found = ledger_check(till.db)
    cash = [one.amount for one in found.balances if one.account is Account.PROVIDER_CASH]
    assert (cash, found.differences) == ([Money(5_855, "EUR"), Money(117_200, "INR")], ())


def test_a_group_that_does_not_sum_to_zero_is_named(till: Till) -> None:
    booking = uuid4()
    plant(till, "x", (Account.PLATFORM_FEE, 5), (Account.PROVIDER_FEES, -3), booking_id=booking)
    assert ledger_check(till.db).differences == ("group x sums to ₹0.02", f"booking {booking} sums to ₹0.02")


def test_a_booking_whose_group_was_written_to_another_is_named(till: Till) -> None:
    one, other = UUID(int=1), UUID(int=2)
    for booking, line, minor in ((one, 0, 7), (other, 1, -7)):
        entry = LedgerEntry(
            cause="split",
            line=line,
            account=Account.PLATFORM_FEE,
            booking_id=booking,
            amount_minor=minor,
            currency="INR",
            at=SUNDAY,
        )
        till.db.add(entry)
    found = set(ledger_check(till.db).differences)
    assert found == {f"booking {one} sums to ₹0.07", f"booking {other} sums to -₹0.07"}


def test_money_that_came_in_without_its_group_is_named(till: Till) -> None:
    payment = till.opened()
    payment.status, payment.provider_fee_minor = PaymentStatus.CAPTURED, 2_800
    assert ledger_check(till.db).differences == (
        f"capture:{payment.id} moved 0 in the ledger and 120000 by its row",
        f"charge:{payment.id} moved 0 in the ledger and -2800 by its row",
    )


@pytest.mark.parametrize("word", ["capture", "charge", "refund"])
def test_a_group_without_its_payment_or_refund_is_named(till: Till, word: str) -> None:
    plant(till, f"{word}:1", (Account.PROVIDER_CASH, 9), (Account.PLATFORM_FEE, -9))
    assert ledger_check(till.db).differences == (f"{word}:1 moved 9 in the ledger and 0 by its row",)


@pytest.mark.parametrize("account", [Account.MENTOR_PENDING, Account.MENTOR_PAYABLE])
def test_a_mentor_who_would_owe_money_is_named(till: Till, account: Account) -> None:
    booking = uuid4()
    plant(till, "x", (account, 9), (Account.PLATFORM_FEE, -9), booking_id=booking)
    words = f"booking {booking} has ₹0.09 too much taken from {account.value}"
    assert ledger_check(till.db).differences == (words,)


def test_a_payment_that_gives_back_more_than_came_in_is_named(till: Till) -> None:
    payment = till.captured()
    till.refunded(payment, 120_000)
    extra = Refund(
        payment_id=payment.id,
        key="extra",
        amount_minor=1,
        currency="INR",
        status=RefundStatus.OWED,
        created_at=SUNDAY,
    )
    till.db.add(extra)
    till.db.flush()
    assert ledger_check(till.db).differences == (f"payment {payment.id} gives back 120001, more than came in",)


def test_a_mentor_sees_what_is_pending_and_what_is_theirs_by_currency(till: Till) -> None:
    released = till.captured()
    service.release_earnings(till.db, payment=released, now=SUNDAY)
    halved = till.captured()
    till.refunded(halved, 60_000, key="half")
    assert earnings_of(till.db, mentor_id=KABIR) == (
        EarningsView(pending=Money(52_600, "INR"), payable=Money(105_200, "INR")),
    )


def test_money_that_all_went_back_is_no_earning_and_nobody_sees_anothers(till: Till) -> None:
    till.refunded(till.captured(), 120_000)
    assert earnings_of(till.db, mentor_id=KABIR) == ()
    till.captured()
    assert earnings_of(till.db, mentor_id=uuid4()) == ()
