"""A series: held all or none, paid once with a payment for each, called off all or by choice."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.errors import (
    AlreadyBusyThen,
    BadSeries,
    CheckoutInProgress,
    NoSeriesHere,
    NotCancellable,
    OwnOffering,
    RefundHasChanged,
    SeriesConflicts,
    SlotTaken,
)
from mentorhub.domain.bookings.models import Booking, Claim, Intake, Status
from mentorhub.domain.catalog.models import Offering, OfferingKind
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.models import Notification
from mentorhub.domain.payments.models import LedgerEntry, Payment, PaymentStatus, Refund
from mentorhub.domain.payments.ports import CheckoutOutcome, CheckoutState
from mentorhub.domain.payments.queries import ledger_check
from mentorhub.domain.scheduling.models import SchedulePreferences
from tests.domain.bookings import standing_true
from tests.domain.bookings.conftest import TUESDAY_NINE, hold, paid
from tests.people import INTAKE, SUNDAY, People, add_mentor, add_offering

WEEK, MINUTE = timedelta(weeks=1), timedelta(minutes=1)
LATE = SUNDAY + timedelta(minutes=40)
THREE = tuple(TUESDAY_NINE + number * WEEK for number in range(3))


def hold_series(
    people: People,
    *starts: datetime,
    mentee: UUID | None = None,
    offering: UUID | None = None,
    now: datetime = SUNDAY,
) -> list[Booking]:
    wishes = [service.Wish(offering or people.cv_review, start) for start in starts or THREE]
    with database.transaction() as db:
        series = service.hold_series(db, mentee_id=mentee or people.mentee, wishes=wishes, now=now)
        service.write_intake(db, booking_id=series[0].id, mentee_id=mentee or people.mentee, intake=INTAKE, now=now)
        return series


def apply(payment_id: UUID, *, minor: int = 360000, now: datetime = SUNDAY + MINUTE) -> None:
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id, minor=minor), now=now)


def statuses() -> list[Status]:
    with database.reading() as db:
        return list(db.exec(select(Booking.status).order_by(col(Booking.starts_at), col(Booking.created_at))))


def stands(now: datetime = SUNDAY) -> None:
    with database.reading() as db:
        standing_true.check(db, now=now)
        assert ledger_check(db).differences == ()


@pytest.fixture
def booked(everyone: People, start_paying: Callable[..., UUID]) -> list[Booking]:
    series = hold_series(everyone)
    apply(start_paying(series[0]))
    return series


def test_all_of_a_series_is_held_together_and_costs_one_card_fee(everyone: People) -> None:
    series = hold_series(everyone)

    assert [booking.starts_at for booking in series] == list(THREE)
    assert len({booking.series_id for booking in series}) == 1
    assert series[0].series_id is not None
    assert [booking.fee_minor for booking in series] == [12000] * 3
    assert [booking.card_minor for booking in series] == [2533, 2533, 2534]
    assert {booking.hold_expires_at for booking in series} == {SUNDAY + 10 * MINUTE}
    stands()


def test_one_date_that_is_taken_lets_none_be_held_and_every_conflict_is_named_with_what_is_near(
    everyone: People,
) -> None:
    hold(everyone, mentee=everyone.stranger, at=THREE[1])
    earlier = hold(everyone, at=TUESDAY_NINE + timedelta(days=1))
    never = TUESDAY_NINE + timedelta(days=4)

    with pytest.raises(SeriesConflicts) as refusal:
        hold_series(everyone, *THREE, never)

    assert [conflict.starts_at for conflict in refusal.value.conflicts] == [never, THREE[1]]
    near = refusal.value.conflicts[1].near
    assert [f"{start:%a %d %H:%M}" for start in near] == ["Tue 01 09:30", "Tue 01 10:00", "Tue 01 10:30"]
    with database.reading() as db:
        assert db.get_one(Booking, earlier.id).status is Status.HELD
        assert {claim.booking_id for claim in db.exec(select(Claim))} > {earlier.id}
    assert len(statuses()) == 2
    stands()


def test_a_date_the_mentee_has_a_session_on_is_a_conflict_too(everyone: People) -> None:
    with database.transaction() as db:
        other = add_mentor(db, name="Elena Rossi", email="elena@example.org", zone="Europe/London")
        talk = add_offering(db, other, kind=OfferingKind.CAREER_TALK, title="Talk", minutes=30, price_minor=0)
    elsewhere = hold(everyone, offering=talk, at=THREE[2])
    with database.transaction() as db:
        service.confirm_free(db, booking_id=elsewhere.id, mentee_id=everyone.mentee, now=SUNDAY)

    with pytest.raises(SeriesConflicts) as refusal:
        hold_series(everyone)

    assert [(one.starts_at, one.reason) for one in refusal.value.conflicts] == [(THREE[2], AlreadyBusyThen.message)]


def test_the_sessions_of_a_series_count_for_the_caps_of_each_other(everyone: People) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).max_per_week = 2
    days = [TUESDAY_NINE + timedelta(days=day) for day in range(3)]

    with pytest.raises(SeriesConflicts) as refusal:
        hold_series(everyone, *days)

    assert [conflict.starts_at for conflict in refusal.value.conflicts] == [days[2]]
    assert len(hold_series(everyone, *days[:2])) == 2


@pytest.mark.parametrize("count", [1, 13])
def test_a_series_has_two_to_twelve_different_times(everyone: People, count: int) -> None:
    with pytest.raises(BadSeries):
        hold_series(everyone, *(TUESDAY_NINE + number * WEEK for number in range(count)))
    with pytest.raises(BadSeries):
        hold_series(everyone, TUESDAY_NINE, TUESDAY_NINE)


def test_what_the_mentor_answers_first_and_intro_calls_do_not_repeat(everyone: People) -> None:
    with pytest.raises(NoSeriesHere):
        hold_series(everyone, offering=everyone.intro)
    with pytest.raises(OwnOffering):
        hold_series(everyone, mentee=everyone.mentor)
    with database.transaction() as db:
        db.get_one(Offering, everyone.cv_review).needs_approval = True
    with pytest.raises(NoSeriesHere):
        hold_series(everyone)


def test_a_series_is_one_hold_which_ends_and_is_given_back_as_one(everyone: People) -> None:
    series = hold_series(everyone)
    hold(everyone, at=TUESDAY_NINE + timedelta(days=1))
    assert statuses().count(Status.EXPIRED) == 3

    series = hold_series(everyone)
    with database.transaction() as db:
        service.give_back(db, booking_id=series[1].id, mentee_id=everyone.mentee, now=SUNDAY)
    assert Status.HELD not in statuses()

    hold_series(everyone)
    with database.transaction() as db:
        service.expire_all_lapsed(db, now=SUNDAY + 10 * MINUTE)
    assert Status.HELD not in statuses()
    stands()


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
            str(series[1].id)
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


def test_the_intake_is_asked_once_for_all_of_a_series(everyone: People) -> None:
    series = hold_series(everyone)

    with database.transaction() as db:
        service.write_intake(
            db, booking_id=series[0].id, mentee_id=everyone.mentee, intake=service.IntakeForm(goal="A job"), now=SUNDAY
        )

    with database.reading() as db:
        assert {(intake.booking_id, intake.goal) for intake in db.exec(select(Intake))} == {
            (booking.id, "A job") for booking in series
        }


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


def test_of_two_people_who_want_a_series_with_one_date_in_common_one_gets_theirs(everyone: People) -> None:
    hold_series(everyone)
    other = [TUESDAY_NINE + timedelta(days=1), THREE[2]]

    with pytest.raises(SeriesConflicts):
        hold_series(everyone, *other, mentee=everyone.stranger)
    with pytest.raises(SlotTaken):
        hold(everyone, mentee=everyone.stranger, at=THREE[1])
    stands()


def test_a_change_of_one_session_is_announced_to_the_pages_of_all(everyone: People, booked: list[Booking]) -> None:
    heard: list[str] = []
    database.publish_after_commit(heard.append)
    try:
        with database.transaction() as db:
            service.cancel(db, booking_id=booked[2].id, actor_id=everyone.mentor, shown_minor=120000, now=SUNDAY)
    finally:
        database.publish_after_commit(None)

    assert {topics.booking(booking.id) for booking in booked} <= set(heard)
