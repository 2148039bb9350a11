"""A series over the real protocol: one page of the provider with a line each, one charge, each given back alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common import clock
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.models import Payment, PaymentStatus, Refund, RefundStatus
from mentorhub.domain.payments.ports import CheckoutLine, CheckoutRequest
from mentorhub.domain.payments.queries import ledger_check
from mentorhub.jobs import money
from tests.mailbox import deliver, house, mails_to
from tests.payment_sandbox import API_KEY, PAYS, WEBHOOK_SECRET, Shop, running
from tests.people import INTAKE, People

STARTS_PROCESSES = True


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with running(tmp_path_factory.mktemp("sandbox")) as shop:
        yield shop


@pytest.fixture
def out(database_url: str, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    keys = {"STRIPE_SECRET_KEY": API_KEY, "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET, "STRIPE_API_BASE": shop.base}
    with house(monkeypatch, tmp_path, **keys) as (here, outside):
        clock.use_offset_file(here.clock_offset_file)
        yield outside


def hold_and_pay(out: Outside, shop: Shop, people: People) -> list[Booking]:
    """Hold three free times, pay for them at the provider's page, and let our side ask how it stands."""
    now = utc_now()
    with database.transaction() as db:
        starts = queries.free_starts(
            db,
            mentor_id=people.mentor,
            offering_id=people.cv_review,
            since=now + timedelta(hours=60),
            until=now + timedelta(days=14),
            viewer_id=people.mentee,
            now=now,
        )
        wishes = [service.Wish(people.cv_review, start) for start in (starts[0], starts[6], starts[12])]
        series = service.hold_series(db, mentee_id=people.mentee, wishes=wishes, now=now)
        service.write_intake(db, booking_id=series[0].id, mentee_id=people.mentee, intake=INTAKE, now=now)
        plan = service.plan_checkout(db, booking_id=series[0].id, mentee_id=people.mentee, now=now)
    request = CheckoutRequest(
        payment_id=plan.payment_id,
        lines=tuple(CheckoutLine(line.title, line.price, line.detail) for line in plan.lines),
        success_url="https://mentorhub.example/paid",
        cancel_url="https://mentorhub.example/back",
        expires_at=plan.expires_at,
        email=plan.email,
    )
    checkout = out.gateway.open_checkout(request)
    with database.transaction() as db:
        payments.record_checkout(db, payment_id=plan.payment_id, checkout=checkout)
    assert shop.type_card(checkout.checkout_id, PAYS).status_code == 303
    for _ in range(2):
        money.ask_provider(out, plan.payment_id)
    return series


def test_three_sessions_are_one_charge_and_one_of_them_goes_back_alone(
    out: Outside, shop: Shop, everyone: People
) -> None:
    series = hold_and_pay(out, shop, everyone)
    deliver(out)

    with database.reading() as db:
        paid = db.exec(select(Payment).order_by(col(Payment.id))).all()
        assert {payment.status for payment in paid} == {PaymentStatus.CAPTURED}
        assert len({payment.provider_payment_id for payment in paid}) == 1
    intent = shop.sdk.v1.payment_intents.retrieve(
        str(paid[0].provider_payment_id), {"expand": ["latest_charge.balance_transaction"]}
    )
    assert intent.amount_received == 360000
    assert sum(payment.provider_fee_minor or 0 for payment in paid) == intent.latest_charge.balance_transaction.fee  # type: ignore[union-attr]
    invited = [mail for mail in mails_to(out, "riya@example.org") if mail.subject.startswith("Booked: CV review")]
    assert len(invited) == 3

    with database.transaction() as db:
        service.cancel_chosen(
            db, booking_ids=[series[1].id], actor_id=everyone.mentee, shown_minor=120000, now=utc_now()
        )
    deliver(out)

    with database.reading() as db:
        assert db.exec(select(Refund.status)).all() == [RefundStatus.SENT]
        assert [db.get_one(Booking, booking.id).status for booking in series] == [
            Status.CONFIRMED, Status.CANCELLED, Status.CONFIRMED,
        ]  # fmt: skip
        assert ledger_check(db).differences == ()
    refunds = shop.sdk.v1.refunds.list({"payment_intent": str(paid[0].provider_payment_id)})
    assert [refund.amount for refund in refunds.data] == [120000]
