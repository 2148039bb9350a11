"""From a hold to a confirmed booking: in time, twice, too late, the wrong sum; and the ledger each time."""

import threading
from collections import defaultdict
from datetime import timedelta

import pytest
from sqlmodel import col, select

from mentorhub import database
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.errors import HoldOver, VerifyFirst
from mentorhub.domain.bookings.models import Booking, Claim, Status
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.money import Money
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.models import Notification
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.models import LedgerEntry, Payment, PaymentStatus, Refund
from mentorhub.domain.payments.ports import CheckoutOutcome, CheckoutState, RefundReceipt, RefundState
from mentorhub.domain.payments.queries import ledger_check
from tests.domain.bookings.conftest import hold, paid
from tests.people import SUNDAY, People

MINUTE = timedelta(minutes=1)


def test_paying_extends_the_hold_over_the_checkout_and_five_minutes(everyone: People, start_paying) -> None:
    booking = hold(everyone)

    start_paying(booking)

    with database.reading() as db:
        held = db.get_one(Booking, booking.id)
        assert held.hold_expires_at == SUNDAY + timedelta(minutes=35, seconds=30)
        assert {claim.until for claim in db.exec(select(Claim))} == {held.hold_expires_at}


def test_paid_in_time_confirms_and_tells_both(everyone: People, start_paying) -> None:
    booking = hold(everyone)
    payment_id = start_paying(booking)

    _apply(payment_id, now=SUNDAY + MINUTE)

    with database.reading() as db:
        confirmed = db.get_one(Booking, booking.id)
        assert (confirmed.status, confirmed.confirmed_at) == (Status.CONFIRMED, SUNDAY + MINUTE)
        assert {claim.until for claim in db.exec(select(Claim))} == {None}
        mails = db.exec(select(OutboxRow.subject).where(OutboxRow.topic == notices.BOOKING_CONFIRMED)).all()
    assert sorted(mails) == [f"{booking.id} mentee", f"{booking.id} mentor"]
    assert _ledger() == {
        "provider_cash": 120000 - 2800,
        "mentor_pending": -105200,
        "platform_fee": -12000,
        "provider_fees": -2800 + 2800,
    }


def test_the_same_word_at_the_same_moment_confirms_once_and_gives_nothing_back(everyone: People, start_paying) -> None:
    booking = hold(everyone)
    payment_id = start_paying(booking)
    gate = threading.Barrier(8)

    def hear() -> None:
        gate.wait()
        _apply(payment_id, now=SUNDAY + MINUTE)

    ears = [threading.Thread(target=hear) for _ in range(8)]
    for ear in ears:
        ear.start()
    for ear in ears:
        ear.join()

    with database.reading() as db:
        assert db.get_one(Booking, booking.id).status is Status.CONFIRMED
        assert db.exec(select(Refund)).all() == []
    assert sum(_ledger().values()) == 0


def test_the_same_word_twice_confirms_once_and_posts_once(everyone: People, start_paying) -> None:
    booking = hold(everyone)
    payment_id = start_paying(booking)

    for minute in range(3):
        _apply(payment_id, now=SUNDAY + minute * MINUTE)

    with database.reading() as db:
        assert len(db.exec(select(OutboxRow).where(OutboxRow.topic == notices.BOOKING_CONFIRMED)).all()) == 2
        assert len(db.exec(select(LedgerEntry.cause).distinct()).all()) == 2
        assert db.get_one(Booking, booking.id).status is Status.CONFIRMED


def test_paid_after_the_hold_died_holds_again_when_the_time_is_still_free(everyone: People, start_paying) -> None:
    booking = hold(everyone)
    payment_id = start_paying(booking)
    late = SUNDAY + timedelta(minutes=40)
    with database.transaction() as db:
        service.expire_lapsed(db, [everyone.mentor], now=late)

    _apply(payment_id, now=late)

    with database.reading() as db:
        assert db.get_one(Booking, booking.id).status is Status.CONFIRMED
        assert len(db.exec(select(Claim).where(Claim.booking_id == booking.id)).all()) == 12
        assert db.exec(select(Refund)).all() == []


def test_paid_after_somebody_else_took_the_time_gives_everything_back(everyone: People, start_paying) -> None:
    booking = hold(everyone)
    payment_id = start_paying(booking)
    late = SUNDAY + timedelta(minutes=40)
    winner = hold(everyone, mentee=everyone.stranger, now=late)

    _apply(payment_id, now=late)
    _apply(payment_id, now=late + MINUTE)

    with database.reading() as db:
        assert db.get_one(Booking, booking.id).status is Status.EXPIRED
        assert db.get_one(Booking, winner.id).status is Status.HELD
        refund = db.exec(select(Refund)).one()
        assert refund.amount_minor == 120000
        assert {claim.booking_id for claim in db.exec(select(Claim))} == {winner.id}
        assert len(db.exec(select(OutboxRow).where(OutboxRow.topic == notices.PAID_TOO_LATE)).all()) == 1
    _provider_takes(refund)
    assert _ledger() == {"provider_cash": -2800, "provider_fees": 2800, "mentor_pending": 0, "platform_fee": 0}


@pytest.mark.parametrize("minor", [100, 119999, 120001, 500000])
def test_another_sum_than_the_price_is_posted_as_it_came_and_given_back_whole(
    everyone: People, start_paying, minor: int
) -> None:
    booking = hold(everyone)
    payment_id = start_paying(booking)
    for _ in range(2):
        with database.transaction() as db:
            service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id, minor=minor), now=SUNDAY)

    with database.reading() as db:
        assert db.get_one(Booking, booking.id).status is Status.HELD
        refund = db.exec(select(Refund)).one()
        assert refund.amount_minor == minor
        assert ledger_check(db).differences == ()
        told = db.exec(select(Notification.text).where(Notification.user_id == everyone.mentee)).one()
    amount = Money(minor, "INR").format()
    assert told == f"{amount} came in for CV review, which is not its price: all of it goes back to the card."
    ledger = _ledger()
    assert (ledger["provider_cash"], ledger.get("mentor_pending", 0)) == (minor - 2800, 0)
    _provider_takes(refund)
    assert {account: minor for account, minor in _ledger().items() if minor} == {
        "provider_cash": -2800,
        "provider_fees": 2800,
    }
    with database.reading() as db:
        assert ledger_check(db).differences == ()


def test_a_checkout_that_came_to_nothing_lets_the_mentee_try_again(everyone: People, start_paying) -> None:
    booking = hold(everyone)
    first = start_paying(booking)
    with database.transaction() as db:
        outcome = CheckoutOutcome("cs_1", first, CheckoutState.EXPIRED, Money(120000, "INR"), "", SUNDAY)
        service.apply_outcome(db, payment_id=first, outcome=outcome, now=SUNDAY + MINUTE)

    second = start_paying(booking, now=SUNDAY + 2 * MINUTE, number="2")
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=second, outcome=paid(second, number="2"), now=SUNDAY + 3 * MINUTE)

    with database.reading() as db:
        assert db.get_one(Payment, first).status is PaymentStatus.FAILED
        assert db.get_one(Booking, booking.id).status is Status.CONFIRMED


def test_paid_on_two_pages_the_page_and_the_mails_tell_of_the_payment_that_was_kept(
    everyone: People, start_paying
) -> None:
    booking = hold(everyone)
    first = start_paying(booking)
    later = SUNDAY + 32 * MINUTE
    second = start_paying(booking, now=later, number="2")
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=second, outcome=paid(second, number="2"), now=later + MINUTE)
    _apply(first, now=later + 2 * MINUTE)
    mine = {"booking_id": booking.id, "viewer_id": everyone.mentee}

    with database.reading() as db:
        page = queries.booking_page(db, **mine, now=later + 2 * MINUTE)
    assert (page.status, page.paid_at, page.refunded.minor) == (Status.CONFIRMED, later + MINUTE, 0)

    late = booking.starts_at - timedelta(hours=3)
    with database.transaction() as db:
        service.cancel(db, booking_id=booking.id, actor_id=everyone.mentee, shown_minor=60000, now=late)
    with database.reading() as db:
        page = queries.booking_page(db, **mine, now=late)
        notice = queries.booking_notice(db, booking_id=booking.id, public_url="https://x.example")
    assert page.refunded == notice.refunded == Money(60000, "INR")


def test_paid_with_nothing_is_a_checkout_that_came_to_nothing(everyone: People, start_paying) -> None:
    booking = hold(everyone)
    payment_id = start_paying(booking)

    with database.transaction() as db:
        service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id, minor=0), now=SUNDAY)

    with database.reading() as db:
        assert db.get_one(Payment, payment_id).status is PaymentStatus.FAILED
        assert db.get_one(Booking, booking.id).status is Status.HELD
        assert db.exec(select(Refund)).all() == []
    assert _ledger() == {}


def test_pressing_pay_twice_leads_to_the_same_page(everyone: People, start_paying) -> None:
    booking = hold(everyone)
    payment_id = start_paying(booking)

    with database.transaction() as db:
        plan = service.plan_checkout(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY + MINUTE)

    assert (plan.payment_id, plan.open_url) == (payment_id, "https://pay.example/1")


def test_an_address_that_is_not_confirmed_may_hold_but_not_pay(everyone: People) -> None:
    booking = hold(everyone)
    with database.transaction() as db:
        db.get_one(User, everyone.mentee).email_verified_at = None

    with pytest.raises(VerifyFirst), database.transaction() as db:
        service.plan_checkout(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)


def test_nobody_pays_for_a_hold_that_ran_out_or_is_not_theirs(everyone: People) -> None:
    booking = hold(everyone)

    with pytest.raises(HoldOver), database.transaction() as db:
        service.plan_checkout(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY + timedelta(minutes=10))
    for person in (everyone.mentor, everyone.stranger):
        with pytest.raises(NotFound), database.transaction() as db:
            service.plan_checkout(db, booking_id=booking.id, mentee_id=person, now=SUNDAY)
    with database.reading() as db:
        assert db.exec(select(Payment)).all() == []


def test_a_free_session_is_confirmed_without_any_payment(everyone: People) -> None:
    booking = hold(everyone, offering=everyone.intro)

    for _ in range(2):
        with database.transaction() as db:
            service.confirm_free(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)

    with database.reading() as db:
        assert db.get_one(Booking, booking.id).status is Status.CONFIRMED
        assert db.exec(select(Payment)).all() == []
        topics = [row.topic for row in db.exec(select(OutboxRow))]
        assert (topics.count("mail.booking_confirmed"), topics.count("mail.reminder")) == (2, 6)


def test_a_paid_session_cannot_be_confirmed_as_if_it_were_free(everyone: People) -> None:
    booking = hold(everyone)

    with pytest.raises(NotFound), database.transaction() as db:
        service.confirm_free(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)


def _apply(payment_id, *, now) -> None:
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id), now=now)


def _provider_takes(refund: Refund) -> None:
    receipt = RefundReceipt(
        "re_1", "pi_1", Money(refund.amount_minor, refund.currency), RefundState.SENT, refund.key, SUNDAY
    )
    for _ in range(2):
        with database.transaction() as db:
            payments.record_refund(db, refund_id=refund.id, receipt=receipt, now=SUNDAY)


def _ledger() -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    with database.reading() as db:
        for account, amount in db.exec(select(LedgerEntry.account, col(LedgerEntry.amount_minor))):
            sums[account.value] += amount
    assert sum(sums.values()) == 0
    return dict(sums)
