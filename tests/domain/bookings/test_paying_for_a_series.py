"""A series paid once with a payment for each, late or in time, and called off all or by choice."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.errors import (
    BadSeries,
    CheckoutInProgress,
    NotCancellable,
    RefundHasChanged,
)
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog.models import OfferingKind
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.models import Notification
from mentorhub.domain.payments.models import LedgerEntry, Payment, PaymentStatus, Refund
from mentorhub.domain.payments.ports import CheckoutOutcome, CheckoutState
from tests.domain.bookings.conftest import TUESDAY_NINE, hold, paid
from tests.domain.bookings.series import MINUTE, THREE, apply, hold_series, stands, statuses
from tests.people import SUNDAY, People, add_offering

LATE = SUNDAY + timedelta(minutes=40)


@pytest.fixture
def booked(everyone: People, start_paying: Callable[..., UUID]) -> list[Booking]:
    series = hold_series(everyone)
    apply(start_paying(series[0]))
    return series


def test_one_checkout_has_a_line_for_each_and_keeps_all_of_them(
    everyone: People, start_paying: Callable[..., UUID]
) -> None:
    series = hold_series(everyone)
    with database.transaction() as db:
        plan = service.plan_checkout(db, booking_id=series[0].id, mentee_id=everyone.mentee, now=SUNDAY)

    assert [line.price.minor for line in plan.lines] == [120000] * 3
    assert plan.lines[1].detail == "30 min, Tue 1 Dec, 14:30 in Kolkata"
    payment_id = start_paying(series[1])
    with database.reading() as db:
        pending = db.exec(select(Payment).where(Payment.status == PaymentStatus.PENDING)).all()
        assert Counter(payment.lead_id for payment in pending) == {None: 1, payment_id: 2}
        assert {payment.checkout_id for payment in pending} == {"cs_1"}
        until = {booking.hold_expires_at for booking in db.exec(select(Booking))}
        assert until == {SUNDAY + timedelta(minutes=35, seconds=30)}
    with pytest.raises(CheckoutInProgress), database.transaction() as db:
        service.give_back(db, booking_id=series[2].id, mentee_id=everyone.mentee, now=SUNDAY)
    with pytest.raises(CheckoutInProgress):
        hold(everyone, at=TUESDAY_NINE + timedelta(days=1))
    stands()


def test_paid_once_confirms_all_with_a_payment_each_that_add_up_to_the_provider_s_sum_and_charge(
    everyone: People, booked: list[Booking]
) -> None:
    with database.reading() as db:
        first_payment = db.exec(select(Payment.id).where(col(Payment.lead_id).is_(None))).one()
    for _ in range(2):
        apply(first_payment)

    assert statuses() == [Status.CONFIRMED] * 3
    with database.reading() as db:
        payments = db.exec(select(Payment)).all()
        assert {payment.booking_id for payment in payments} == {booking.id for booking in booked}
        assert sum(payment.amount_minor for payment in payments) == 360000
        assert sum(payment.provider_fee_minor or 0 for payment in payments) == 2800
        cash = db.exec(select(LedgerEntry.amount_minor).where(LedgerEntry.account == "provider_cash")).all()
        assert sum(cash) == 360000 - 2800
        mails = db.exec(select(OutboxRow.subject).where(OutboxRow.topic == notices.BOOKING_CONFIRMED)).all()
        assert len(set(mails)) == len(mails) == 6
        bells = db.exec(select(Notification.text)).all()
    assert sorted(bells) == [
        "CV review with Kabir Deshmukh is booked 3 times, the first time on Tue 24 Nov, 14:30 in Kolkata.",
        "Riya Patil booked CV review with you 3 times, the first time on Tue 24 Nov, 09:00 in London.",
    ]
    stands()


def test_paid_late_each_session_is_had_again_where_it_is_free_and_given_back_alone_where_not(
    everyone: People, start_paying: Callable[..., UUID]
) -> None:
    series = hold_series(everyone)
    payment_id = start_paying(series[0])
    winner = hold(everyone, mentee=everyone.stranger, at=THREE[1], now=LATE)

    for minute in range(2):
        apply(payment_id, now=LATE + minute * MINUTE)

    with database.reading() as db:
        found = [db.get_one(Booking, booking.id).status for booking in series]
        assert found == [Status.CONFIRMED, Status.EXPIRED, Status.CONFIRMED]
        assert db.get_one(Booking, winner.id).status is Status.HELD
        refund = db.exec(select(Refund)).one()
        assert refund.amount_minor == 120000
        assert db.get_one(Payment, refund.payment_id).booking_id == series[1].id
        assert db.exec(select(OutboxRow.subject).where(OutboxRow.topic == notices.PAID_TOO_LATE)).all() == [
            f"{series[1].id} {refund.payment_id}"
        ]
    stands(LATE)


def test_another_sum_than_that_of_all_lines_is_given_back_and_confirms_none(
    everyone: People, start_paying: Callable[..., UUID]
) -> None:
    apply(start_paying(hold_series(everyone)[0]), minor=240001)

    assert statuses() == [Status.HELD] * 3
    with database.reading() as db:
        assert sum(db.exec(select(Refund.amount_minor))) == 240001


def test_a_checkout_that_came_to_nothing_closes_every_payment_and_a_new_one_may_be_opened(
    everyone: People, start_paying: Callable[..., UUID]
) -> None:
    series = hold_series(everyone)
    first = start_paying(series[0])
    with database.transaction() as db:
        gone = CheckoutOutcome("cs_1", first, CheckoutState.EXPIRED, paid(first).amount, "", SUNDAY)
        service.apply_outcome(db, payment_id=first, outcome=gone, now=SUNDAY + MINUTE)
        assert set(db.exec(select(Payment.status))) == {PaymentStatus.FAILED}

    apply(start_paying(series[0], now=SUNDAY + 2 * MINUTE, number="2"), now=SUNDAY + 3 * MINUTE)

    assert statuses() == [Status.CONFIRMED] * 3


def test_a_free_series_is_confirmed_without_any_payment(everyone: People) -> None:
    with database.transaction() as db:
        talk = add_offering(db, everyone.mentor, kind=OfferingKind.CAREER_TALK, title="Talk", minutes=30, price_minor=0)
    series = hold_series(everyone, offering=talk)

    for _ in range(2):
        with database.transaction() as db:
            service.confirm_free(db, booking_id=series[0].id, mentee_id=everyone.mentee, now=SUNDAY)

    assert statuses() == [Status.CONFIRMED] * 3
    with database.reading() as db:
        assert db.exec(select(Payment)).all() == []
        assert len(db.exec(select(Notification)).all()) == 2
    stands()


def test_a_free_series_that_is_called_off_counts_once_among_those_of_the_day(everyone: People) -> None:
    with database.transaction() as db:
        talk = add_offering(db, everyone.mentor, kind=OfferingKind.CAREER_TALK, title="Talk", minutes=30, price_minor=0)
    series = hold_series(everyone, offering=talk)
    with database.transaction() as db:
        service.confirm_free(db, booking_id=series[0].id, mentee_id=everyone.mentee, now=SUNDAY)
        ids = [booking.id for booking in series]
        service.cancel_chosen(db, booking_ids=ids, actor_id=everyone.mentee, shown_minor=0, now=SUNDAY)

    hold(everyone, offering=talk)


def test_chosen_sessions_are_called_off_with_the_sum_of_what_each_gives_back(
    everyone: People, booked: list[Booking]
) -> None:
    chosen, soon = [booked[0].id, booked[2].id], TUESDAY_NINE - timedelta(hours=20)

    with database.transaction() as db:
        quote = service.quote_chosen(db, booking_ids=chosen, actor_id=everyone.mentee, now=soon)
    assert (quote.refund.minor, quote.price.minor) == (60000 + 120000, 240000)
    with pytest.raises(RefundHasChanged), database.transaction() as db:
        service.cancel_chosen(db, booking_ids=chosen, actor_id=everyone.mentee, shown_minor=240000, now=soon)
    assert statuses() == [Status.CONFIRMED] * 3
    with database.transaction() as db:
        service.cancel_chosen(db, booking_ids=chosen, actor_id=everyone.mentee, shown_minor=180000, now=soon)

    assert statuses() == [Status.CANCELLED, Status.CONFIRMED, Status.CANCELLED]
    with database.reading() as db:
        assert sorted(db.exec(select(Refund.amount_minor))) == [60000, 120000]
    with pytest.raises(NotCancellable), database.transaction() as db:
        service.quote_chosen(db, booking_ids=chosen, actor_id=everyone.mentee, now=soon)
    stands(soon)


def test_the_mentor_who_calls_off_all_gives_all_of_it_back(everyone: People, booked: list[Booking]) -> None:
    with database.transaction() as db:
        service.cancel_chosen(
            db,
            booking_ids=[booking.id for booking in booked],
            actor_id=everyone.mentor,
            shown_minor=360000,
            now=TUESDAY_NINE - MINUTE,
        )

    assert statuses() == [Status.CANCELLED] * 3
    stands()


def test_only_the_two_people_choose_and_only_within_one_series(everyone: People, booked: list[Booking]) -> None:
    def refused(error: type[DomainError], *ids: UUID, actor: UUID = everyone.mentee) -> None:
        with pytest.raises(error), database.transaction() as db:
            service.quote_chosen(db, booking_ids=ids, actor_id=actor, now=SUNDAY)

    alone = hold(everyone, at=datetime(2026, 11, 25, 9, tzinfo=UTC))
    refused(NotFound, booked[0].id, actor=everyone.stranger)
    refused(NotFound)
    refused(BadSeries, booked[0].id, alone.id)
    refused(BadSeries, alone.id)


def test_a_change_of_one_session_is_announced_to_the_pages_of_all(everyone: People, booked: list[Booking]) -> None:
    heard: list[str] = []
    database.publish_after_commit(heard.append)
    try:
        with database.transaction() as db:
            service.cancel(db, booking_id=booked[2].id, actor_id=everyone.mentor, shown_minor=120000, now=SUNDAY)
    finally:
        database.publish_after_commit(None)

    assert {topics.booking(booking.id) for booking in booked} <= set(heard)
