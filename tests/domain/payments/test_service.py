"""The verbs of the money, on both databases: each done once, in any order, and always balanced."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.domain.common.money import Money
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.payments import queries, service
from mentorhub.domain.payments.errors import PaymentNotPending, RefundTooLarge
from mentorhub.domain.payments.models import LedgerEntry, Payment, PaymentStatus, Refund, RefundStatus
from mentorhub.domain.payments.ports import Checkout, Notice, NoticeKind, RefundState
from mentorhub.domain.payments.rules import Account
from tests.domain.payments.conftest import KABIR, Till
from tests.people import SUNDAY

HALF = 60_000


def balances(db: Session) -> dict[Account, int]:
    found = queries.ledger_check(db)
    assert found.differences == ()
    return {balance.account: balance.amount.minor for balance in found.balances}


def a_checkout(payment: Payment, minutes: int = 30) -> Checkout:
    return Checkout(f"cs_{payment.id}", "https://pay.example/1", SUNDAY + timedelta(minutes=minutes))


def test_a_booking_keeps_the_payment_whose_page_is_open_and_gets_a_new_one_after_it_expired(
    till: Till,
) -> None:
    first = till.opened(booking := uuid4())
    service.record_checkout(till.db, payment_id=first.id, checkout=a_checkout(first))
    assert till.opened(booking).id == first.id
    later = SUNDAY + timedelta(minutes=30)
    second = service.open_payment(till.db, bill=till.bill(booking), now=later)
    assert second.id != first.id
    assert (first.status, second.status) == (PaymentStatus.FAILED, PaymentStatus.PENDING)
    assert (second.amount_minor, second.fee_minor, second.card_minor) == (120_000, 12_000, 2_800)


def test_a_page_is_not_recorded_for_a_payment_that_is_over(till: Till) -> None:
    payment = till.captured()
    with pytest.raises(PaymentNotPending):
        service.record_checkout(till.db, payment_id=payment.id, checkout=a_checkout(payment))


def test_a_capture_is_posted_once_however_often_it_is_told(till: Till) -> None:
    payment = till.opened()
    outcome = till.outcome(payment)
    told = [service.record_capture(till.db, payment_id=payment.id, outcome=outcome, now=SUNDAY) for _ in range(3)]
    assert told == [True, False, False]
    assert balances(till.db) == {
        Account.PROVIDER_CASH: 117_200,
        Account.MENTOR_PENDING: -105_200,
        Account.PLATFORM_FEE: -12_000,
        Account.PROVIDER_FEES: 0,
    }
    owner = select(LedgerEntry.owner_id).where(LedgerEntry.account == Account.MENTOR_PENDING)
    assert till.db.exec(owner).all() == [KABIR]


def test_the_provider_s_charge_is_posted_when_it_becomes_known(till: Till) -> None:
    payment = till.opened()
    for fee in (None, None, 3_000, 3_000):
        outcome = till.outcome(payment, fee=fee)
        service.record_capture(till.db, payment_id=payment.id, outcome=outcome, now=SUNDAY)
    assert payment.provider_fee_minor == 3_000
    assert balances(till.db)[Account.PROVIDER_CASH] == 117_000
    assert balances(till.db)[Account.PROVIDER_FEES] == 200


def test_a_payment_given_up_and_paid_after_all_is_taken_in(till: Till) -> None:
    payment = till.opened()
    assert service.record_failure(till.db, payment_id=payment.id)
    assert not service.record_failure(till.db, payment_id=payment.id)
    assert service.record_capture(till.db, payment_id=payment.id, outcome=till.outcome(payment), now=SUNDAY)
    assert not service.record_failure(till.db, payment_id=payment.id)
    assert payment.status is PaymentStatus.CAPTURED


def test_a_refund_is_owed_once_per_key_and_its_sending_is_queued_once(till: Till) -> None:
    payment = till.captured()
    first, again = till.owed(payment, HALF), till.owed(payment, HALF)
    assert (first.id, first.status) == (again.id, RefundStatus.OWED)
    queued = till.db.exec(select(OutboxRow.subject).where(OutboxRow.topic == service.REFUND_TOPIC)).all()
    assert queued == [str(first.id)]
    assert balances(till.db)[Account.PROVIDER_CASH] == 117_200


def test_of_two_payments_of_a_booking_the_one_not_given_back_paid_for_it(till: Till) -> None:
    late = till.captured()
    till.owed(late, late.amount_minor, key="refund:late:b1")
    second, later = till.opened(late.booking_id), SUNDAY + timedelta(seconds=1)
    service.record_capture(till.db, payment_id=second.id, outcome=till.outcome(second), now=later)
    assert service.captured_payment_of(till.db, booking_id=late.booking_id) == second
    till.owed(second, second.amount_minor)
    assert service.captured_payment_of(till.db, booking_id=late.booking_id) == late


def test_more_than_was_paid_is_never_owed(till: Till) -> None:
    payment = till.captured()
    till.refunded(payment, HALF)
    with pytest.raises(RefundTooLarge):
        till.owed(payment, HALF + 1, key="other")
    till.owed(payment, HALF, key="other")
    with pytest.raises(RefundTooLarge):
        till.owed(payment, 1, key="third")


def test_nothing_is_owed_for_a_refund_of_nothing(till: Till) -> None:
    payment = till.captured()
    nothing = Money.zero("INR")
    owed = service.owe_refund(till.db, payment=payment, amount=nothing, key="none", reason="", now=SUNDAY)
    assert owed is None
    assert till.db.exec(select(Refund)).all() == []


def test_a_full_refund_leaves_only_the_provider_s_charge_as_our_cost(till: Till) -> None:
    payment = till.captured()
    refund = till.refunded(payment, 120_000)
    receipt = till.receipt(refund)
    assert not service.record_refund(till.db, refund_id=refund.id, receipt=receipt, now=SUNDAY)
    assert (refund.status, refund.provider_refund_id) == (RefundStatus.SENT, receipt.provider_refund_id)
    assert balances(till.db) == {
        Account.PROVIDER_CASH: -2_800,
        Account.MENTOR_PENDING: 0,
        Account.PLATFORM_FEE: 0,
        Account.PROVIDER_FEES: 2_800,
    }


def test_half_a_refund_and_the_release_of_the_rest_leave_nothing_pending_in_either_order(till: Till) -> None:
    for order in ("refund first", "release first"):
        payment = till.captured()
        refund = till.owed(payment, HALF, key=order)
        verbs = [
            lambda r=refund: service.record_refund(till.db, refund_id=r.id, receipt=till.receipt(r), now=SUNDAY),
            lambda p=payment: service.release_earnings(till.db, payment=p, now=SUNDAY),
        ]
        for verb in verbs if order == "refund first" else verbs[::-1]:
            verb()
    found = balances(till.db)
    assert (found[Account.MENTOR_PENDING], found[Account.MENTOR_PAYABLE]) == (0, -2 * 52_600)


def test_earnings_are_released_once(till: Till) -> None:
    payment = till.captured()
    for _ in range(2):
        service.release_earnings(till.db, payment=payment, now=SUNDAY)
    found = balances(till.db)
    assert (found[Account.MENTOR_PENDING], found[Account.MENTOR_PAYABLE]) == (0, -105_200)


def test_a_refund_the_provider_did_not_take_posts_nothing_and_shows_as_a_difference(till: Till) -> None:
    payment = till.captured()
    refund = till.owed(payment, HALF)
    failed = till.receipt(refund, RefundState.FAILED)
    assert not service.record_refund(till.db, refund_id=refund.id, receipt=failed, now=SUNDAY)
    found = queries.ledger_check(till.db)
    assert found.differences == (f"refund {refund.id} was not taken by the provider and is still owed",)
    cash = next(one for one in found.balances if one.account is Account.PROVIDER_CASH)
    assert cash.amount == Money(117_200, "INR")


def test_a_notice_is_kept_once_and_its_handling_queued_once(till: Till) -> None:
    notice = Notice(
        notice_id="evt_1",
        kind=NoticeKind.CHECKOUT_PAID,
        word="checkout.session.completed",
        object_id="cs_1",
        created_at=SUNDAY,
    )
    kept = [service.keep_notice(till.db, notice=notice, now=SUNDAY) for _ in range(2)]
    assert kept == [True, False]
    queued = till.db.exec(select(OutboxRow.subject).where(OutboxRow.topic == service.NOTICE_TOPIC)).all()
    assert queued == ["evt_1"]
    assert service.notice_of(till.db, "evt_1") == ("checkout_paid", "cs_1")
    service.notice_handled(till.db, notice_id="evt_1", now=SUNDAY)
    assert service.notice_of(till.db, "evt_1") is None


def test_what_no_notice_settled_is_asked_about_and_what_is_settled_is_not(till: Till) -> None:
    waiting, settled, unknown = till.opened(), till.opened(), till.opened()
    for payment in (waiting, settled):
        service.record_checkout(till.db, payment_id=payment.id, checkout=a_checkout(payment))
    service.record_capture(till.db, payment_id=settled.id, outcome=till.outcome(settled), now=SUNDAY)
    till.db.flush()
    two, now = timedelta(minutes=2), SUNDAY + timedelta(minutes=4)
    assert service.unanswered(till.db, since=SUNDAY, every=two, now=now) == [waiting.id]
    assert service.unanswered(till.db, since=SUNDAY, every=two, now=now + two) == []
    assert service.unanswered(till.db, since=SUNDAY + two, every=two, now=now) == []
    assert service.unanswered(till.db, since=SUNDAY, every=two, now=SUNDAY + two) == []
    asked = [service.checkout_to_ask(till.db, one.id) for one in (waiting, settled, unknown)]
    assert asked == [waiting.checkout_id, None, None]


def test_an_order_to_refund_names_the_provider_s_payment_until_it_was_sent(till: Till) -> None:
    payment = till.captured()
    refund = till.owed(payment, HALF)
    order = service.refund_order(till.db, refund.id)
    assert order is not None
    assert (order.provider_payment_id, order.amount, order.key) == (
        payment.provider_payment_id,
        Money(HALF, "INR"),
        "refund:cancel:b1",
    )
    service.record_refund(till.db, refund_id=refund.id, receipt=till.receipt(refund), now=SUNDAY)
    assert service.refund_order(till.db, refund.id) is None
    assert service.refund_order(till.db, uuid4()) is None


def test_the_database_itself_refuses_to_change_or_remove_a_ledger_entry(database_url: str) -> None:
    with database.transaction() as db:
        Till(db).captured()
    for statement in ("UPDATE ledger_entry SET amount_minor = 0", "DELETE FROM ledger_entry"):
        with pytest.raises(DBAPIError, match="append-only"), database.transaction() as db:
            db.connection().exec_driver_sql(statement)
    with database.transaction() as db:
        assert balances(db)[Account.PROVIDER_CASH] == 117_200
