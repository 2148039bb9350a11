"""Money of requests: only authorised while the mentor decides, taken once or let go, in any order of events."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.errors import AlreadyAnswered, HoldOver, RequestOver
from mentorhub.domain.bookings.models import Booking, BookingRequest, Claim, DeclineReason, Status
from mentorhub.domain.bookings.queries import Stage
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.models import LedgerEntry, Owed, Payment, PaymentStatus, Refund
from mentorhub.domain.payments.ports import CheckoutState
from mentorhub.domain.payments.queries import ledger_check
from tests.domain.bookings.conftest import TUESDAY_NINE, hold, paid
from tests.people import SUNDAY, People

HOUR = timedelta(hours=1)
Start = Callable[..., UUID]


@pytest.fixture
def asking(everyone: People) -> People:
    """Kabir wants to be asked for his CV review."""
    with database.transaction() as db:
        db.get_one(Offering, everyone.cv_review).needs_approval = True
    return everyone


def hear(payment_id: UUID, state: CheckoutState, *, now=SUNDAY, number: str = "1", minor: int = 120000) -> None:
    """The provider's word on a checkout reaches us."""
    outcome = replace(paid(payment_id, number=number, minor=minor), state=state)
    if state is not CheckoutState.PAID:
        outcome = replace(outcome, provider_fee=None)
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=payment_id, outcome=outcome, now=now)


def asked(people: People, start_paying: Start, *, at=TUESDAY_NINE) -> tuple[UUID, UUID]:
    """A request with its card authorised: the booking's id and the payment's."""
    booking = hold(people, at=at)
    payment_id = start_paying(booking)
    hear(payment_id, CheckoutState.AUTHORISED)
    return booking.id, payment_id


def accept(people: People, booking_id: UUID, *, now=SUNDAY) -> None:
    with database.transaction() as db:
        service.accept_request(db, booking_id=booking_id, mentor_id=people.mentor, now=now)


def state_of(booking_id: UUID, payment_id: UUID) -> tuple[Status, PaymentStatus, Owed | None]:
    with database.reading() as db:
        payment = db.get_one(Payment, payment_id)
        return db.get_one(Booking, booking_id).status, payment.status, payment.owed


def orders(topic: str) -> list[str]:
    with database.reading() as db:
        return list(db.exec(select(OutboxRow.subject).where(OutboxRow.topic == topic)))


def check() -> None:
    with database.reading() as db:
        assert ledger_check(db).differences == ()


def test_the_checkout_of_a_request_only_authorises(asking: People) -> None:
    booking = hold(asking)
    with database.transaction() as db:
        plan = service.plan_checkout(db, booking_id=booking.id, mentee_id=asking.mentee, now=SUNDAY)
    assert plan.manual_capture


def test_an_authorised_card_asks_the_mentor_and_moves_no_money(asking: People, start_paying: Start) -> None:
    booking_id, payment_id = asked(asking, start_paying)
    hear(payment_id, CheckoutState.AUTHORISED, now=SUNDAY + HOUR)
    assert state_of(booking_id, payment_id) == (Status.REQUESTED, PaymentStatus.AUTHORISED, None)
    with database.reading() as db:
        assert db.exec(select(LedgerEntry)).all() == []
        assert db.get_one(BookingRequest, booking_id).requested_at == SUNDAY
    check()


def test_a_yes_takes_the_money_once_and_books_when_it_is_taken(asking: People, start_paying: Start) -> None:
    booking_id, payment_id = asked(asking, start_paying)
    for _ in range(2):
        accept(asking, booking_id)
    assert state_of(booking_id, payment_id) == (Status.REQUESTED, PaymentStatus.AUTHORISED, Owed.CAPTURE)
    assert orders(payments.CAPTURE_TOPIC) == [str(payment_id)]
    for minute in (1, 2):
        hear(payment_id, CheckoutState.PAID, now=SUNDAY + minute * HOUR / 60)
    assert state_of(booking_id, payment_id) == (Status.CONFIRMED, PaymentStatus.CAPTURED, None)
    assert len(orders(notices.BOOKING_CONFIRMED)) == 2
    check()


def test_while_the_money_is_being_taken_nothing_else_can_be_decided(asking: People, start_paying: Start) -> None:
    booking_id, payment_id = asked(asking, start_paying)
    accept(asking, booking_id)
    with pytest.raises(AlreadyAnswered), database.transaction() as db:
        service.withdraw_request(db, booking_id=booking_id, mentee_id=asking.mentee, now=SUNDAY)
    with pytest.raises(AlreadyAnswered), database.transaction() as db:
        service.decline_request(
            db, booking_id=booking_id, mentor_id=asking.mentor, reason=DeclineReason.OTHER, note="", now=SUNDAY
        )
    assert state_of(booking_id, payment_id)[2] is Owed.CAPTURE


@pytest.mark.parametrize("ending", ["decline", "withdraw", "cancel", "lapse"])
def test_without_a_yes_the_money_is_let_go_once(asking: People, start_paying: Start, ending: str) -> None:
    booking_id, payment_id = asked(asking, start_paying)
    for _ in range(2):
        with database.transaction() as db:
            if ending == "decline":
                service.decline_request(
                    db, booking_id=booking_id, mentor_id=asking.mentor, reason=DeclineReason.OTHER, note="", now=SUNDAY
                )
            elif ending == "lapse":
                service.expire_requests(db, now=TUESDAY_NINE)
            else:
                service.withdraw_request(db, booking_id=booking_id, mentee_id=asking.mentee, now=SUNDAY)
    assert state_of(booking_id, payment_id)[1:] == (PaymentStatus.AUTHORISED, Owed.VOID)
    assert orders(payments.VOID_TOPIC) == [str(payment_id)]
    hear(payment_id, CheckoutState.VOIDED)
    assert state_of(booking_id, payment_id)[1:] == (PaymentStatus.VOIDED, None)
    with database.reading() as db:
        assert db.exec(select(Claim)).all() == []
        assert db.exec(select(Refund)).all() == []
    check()


def test_cancelling_a_request_shows_the_whole_price_and_follows_no_policy(asking: People, start_paying: Start) -> None:
    booking_id, _ = asked(asking, start_paying)
    with database.reading() as db:
        quote = service.quote_cancel(db, booking_id=booking_id, actor_id=asking.mentee, now=TUESDAY_NINE - 3 * HOUR)
    assert quote.refund == quote.price


def refused_card(people: People, start_paying: Start, *, now=SUNDAY) -> tuple[UUID, UUID]:
    booking_id, payment_id = asked(people, start_paying)
    accept(people, booking_id, now=now)
    hear(payment_id, CheckoutState.VOIDED, now=now)
    return booking_id, payment_id


def test_a_card_that_fails_at_the_yes_leaves_twelve_hours_to_pay_anew(asking: People, start_paying: Start) -> None:
    booking_id, _payment_id = refused_card(asking, start_paying)
    with database.reading() as db:
        view = queries.request_of(db, booking_id=booking_id, viewer_id=asking.mentee, now=SUNDAY)
        assert view is not None
        assert (view.stage, view.pay_by, view.may_pay) == (Stage.UNPAID, SUNDAY + 12 * HOUR, True)
        assert {claim.until for claim in db.exec(select(Claim))} == {SUNDAY + 12 * HOUR}
        booking = db.get_one(Booking, booking_id)
    assert orders(notices.REQUEST_CARD_FAILED) == [str(booking_id)]
    with database.transaction() as db:
        plan = service.plan_checkout(db, booking_id=booking_id, mentee_id=asking.mentee, now=SUNDAY + HOUR)
    assert not plan.manual_capture
    second = start_paying(booking, now=SUNDAY + HOUR, number="2")
    hear(second, CheckoutState.PAID, now=SUNDAY + HOUR, number="2")
    assert state_of(booking_id, second)[0] is Status.CONFIRMED
    check()


def test_a_yes_that_is_not_paid_anew_in_time_ends_and_is_no_mark_against_the_mentor(
    asking: People, start_paying: Start
) -> None:
    booking_id, payment_id = refused_card(asking, start_paying)
    late = SUNDAY + 12 * HOUR
    with pytest.raises(HoldOver), database.transaction() as db:
        service.plan_checkout(db, booking_id=booking_id, mentee_id=asking.mentee, now=late)
    with database.transaction() as db:
        assert service.expire_requests(db, now=late) == 1
        assert db.exec(select(OutboxRow).where(OutboxRow.topic == notices.MENTOR_PAUSED)).all() == []
    assert state_of(booking_id, payment_id)[0] is Status.EXPIRED
    check()


def test_a_second_yes_is_refused_once_the_accepted_request_ended_unpaid(asking: People, start_paying: Start) -> None:
    booking_id, _payment_id = refused_card(asking, start_paying)
    accept(asking, booking_id, now=SUNDAY + HOUR)
    late = SUNDAY + 12 * HOUR
    with pytest.raises(RequestOver):
        accept(asking, booking_id, now=late)
    with database.transaction() as db:
        service.expire_requests(db, now=late)
    with pytest.raises(RequestOver):
        accept(asking, booking_id, now=late)


def test_a_second_yes_is_refused_once_the_mentee_took_the_unpaid_request_back(
    asking: People, start_paying: Start
) -> None:
    booking_id, _payment_id = refused_card(asking, start_paying)
    with database.transaction() as db:
        service.withdraw_request(db, booking_id=booking_id, mentee_id=asking.mentee, now=SUNDAY + HOUR)
    with pytest.raises(RequestOver):
        accept(asking, booking_id, now=SUNDAY + HOUR)


def test_a_card_that_fails_two_hours_before_the_start_ends_it_at_once(asking: People, start_paying: Start) -> None:
    booking_id, payment_id = asked(asking, start_paying)
    accept(asking, booking_id, now=TUESDAY_NINE - 3 * HOUR)
    hear(payment_id, CheckoutState.VOIDED, now=TUESDAY_NINE - HOUR)
    assert state_of(booking_id, payment_id)[:2] == (Status.EXPIRED, PaymentStatus.VOIDED)


def test_an_authorisation_the_bank_dropped_is_noticed_at_the_yes(asking: People, start_paying: Start) -> None:
    booking_id, payment_id = asked(asking, start_paying)
    hear(payment_id, CheckoutState.VOIDED)
    assert state_of(booking_id, payment_id)[0] is Status.REQUESTED
    accept(asking, booking_id)
    with database.reading() as db:
        assert db.get_one(BookingRequest, booking_id).pay_by == SUNDAY + 12 * HOUR


def test_authorised_after_the_hold_died_asks_when_the_time_is_still_free(asking: People, start_paying: Start) -> None:
    booking = hold(asking)
    payment_id = start_paying(booking)
    late = SUNDAY + HOUR
    with database.transaction() as db:
        service.expire_lapsed(db, [asking.mentor], now=late)
    hear(payment_id, CheckoutState.AUTHORISED, now=late)
    assert state_of(booking.id, payment_id) == (Status.REQUESTED, PaymentStatus.AUTHORISED, None)


def test_authorised_after_somebody_else_took_the_time_is_let_go_and_said(asking: People, start_paying: Start) -> None:
    booking = hold(asking)
    payment_id = start_paying(booking)
    late = SUNDAY + HOUR
    hold(asking, mentee=asking.stranger, now=late)
    hear(payment_id, CheckoutState.AUTHORISED, now=late)
    assert state_of(booking.id, payment_id) == (Status.EXPIRED, PaymentStatus.AUTHORISED, Owed.VOID)
    assert orders(notices.REQUEST_TOO_LATE) == [str(booking.id)]


def test_another_sum_than_the_price_is_let_go(asking: People, start_paying: Start) -> None:
    booking = hold(asking)
    payment_id = start_paying(booking)
    hear(payment_id, CheckoutState.AUTHORISED, minor=100)
    assert state_of(booking.id, payment_id) == (Status.HELD, PaymentStatus.AUTHORISED, Owed.VOID)


def test_money_taken_although_it_was_to_be_let_go_is_given_back(asking: People, start_paying: Start) -> None:
    booking_id, payment_id = asked(asking, start_paying)
    with database.transaction() as db:
        service.withdraw_request(db, booking_id=booking_id, mentee_id=asking.mentee, now=SUNDAY)
    hear(payment_id, CheckoutState.PAID)
    with database.reading() as db:
        assert db.exec(select(Refund.amount_minor)).one() == 120000
    check()


def test_money_taken_before_the_mentor_was_asked_goes_back_and_books_nothing(
    asking: People, start_paying: Start
) -> None:
    booking = hold(asking)
    payment_id = start_paying(booking)
    hear(payment_id, CheckoutState.PAID)
    assert state_of(booking.id, payment_id)[0] is Status.HELD
    with database.reading() as db:
        assert db.exec(select(Refund.amount_minor)).one() == 120000
    check()


@pytest.mark.parametrize("last", [CheckoutState.PAID, CheckoutState.VOIDED])
def test_an_old_word_that_comes_late_changes_nothing(asking: People, start_paying: Start, last: CheckoutState) -> None:
    booking_id, payment_id = asked(asking, start_paying)
    accept(asking, booking_id)
    hear(payment_id, last)
    before = state_of(booking_id, payment_id)
    hear(payment_id, CheckoutState.AUTHORISED)
    assert state_of(booking_id, payment_id) == before
