"""Whatever order things happen in, no money is kept without a session and the ledger agrees with itself."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, Claim, DeclineReason, Status
from mentorhub.domain.catalog.models import Offering, OfferingKind
from mentorhub.domain.common.errors import DomainError
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.models import Owed, Payment, PaymentStatus, Refund, RefundStatus
from mentorhub.domain.payments.ports import CheckoutOutcome, CheckoutState, RefundReceipt, RefundState
from mentorhub.domain.payments.queries import ledger_check
from tests.domain.bookings.provider import Provider
from tests.people import INTAKE, SUNDAY, TUESDAY, add_mentor, add_offering, add_person

TRIES_MANY_WAYS = True

PRICE = 120000
_numbers = count()


@dataclass
class World:
    """One request and everybody around it, at a moment that only moves on."""

    mentor: UUID
    mentee: UUID
    booking_id: UUID
    now: datetime = SUNDAY
    provider: Provider = field(default_factory=Provider)

    def do(self, verb: Callable[..., object], **arguments: object) -> None:
        with suppress(DomainError), database.transaction() as db:
            verb(db, booking_id=self.booking_id, now=self.now, **arguments)

    def open_page(self) -> None:
        with suppress(DomainError):
            with database.transaction() as db:
                plan = service.plan_checkout(db, booking_id=self.booking_id, mentee_id=self.mentee, now=self.now)
            if plan.open_url is None:
                checkout = self.provider.open(
                    plan.payment_id, price=plan.lines[0].price, manual=plan.manual_capture, expires_at=plan.expires_at
                )
                with database.transaction() as db:
                    payments.record_checkout(db, payment_id=plan.payment_id, checkout=checkout)

    def listen(self) -> None:
        for payment_id in list(self.provider.pages):
            self.apply(self.provider.say(payment_id))

    def apply(self, outcome: CheckoutOutcome) -> None:
        assert outcome.payment_id is not None
        with database.transaction() as db:
            service.apply_outcome(db, payment_id=outcome.payment_id, outcome=outcome, now=self.now)

    def tell_provider(self) -> None:
        for payment_id in list(self.provider.pages):
            with database.reading() as db:
                order = payments.order_of(db, payment_id)
            if order is not None:
                self.provider.hear(payment_id, order.owed)
                self.apply(self.provider.say(payment_id))

    def send_refunds(self) -> None:
        with database.reading() as db:
            owed = db.exec(
                select(Refund)
                .join(Payment)
                .where(Payment.booking_id == self.booking_id, Refund.status == RefundStatus.OWED)
            ).all()
        for refund in owed:
            receipt = RefundReceipt(
                f"re_{refund.id}", "pi", Money(refund.amount_minor, "INR"), RefundState.SENT, refund.key, self.now
            )
            with database.transaction() as db:
                payments.record_refund(db, refund_id=refund.id, receipt=receipt, now=self.now)

    def lapse(self) -> None:
        with database.transaction() as db:
            service.expire_all_lapsed(db, now=self.now)
            service.expire_requests(db, now=self.now)

    def drain(self) -> None:
        for payment_id in self.provider.pages:
            self.provider.close(payment_id)
        for _ in range(3):
            self.listen()
            self.tell_provider()
            self.send_refunds()


ACTIONS: dict[str, Callable[[World], None]] = {
    "open page": World.open_page,
    "pay": lambda world: [world.provider.pay(one) for one in world.provider.pages] and None,
    "listen": World.listen,
    "hear old words": lambda world: [world.apply(said) for said in list(world.provider.said)] and None,
    "accept": lambda world: world.do(service.accept_request, mentor_id=world.mentor),
    "decline": lambda world: world.do(
        service.decline_request, mentor_id=world.mentor, reason=DeclineReason.NO_TIME, note=""
    ),
    "ask": lambda world: world.do(service.ask_back, mentor_id=world.mentor, question="Which role?"),
    "reply": lambda world: world.do(service.reply_to_question, mentee_id=world.mentee, reply="Product."),
    "withdraw": lambda world: world.do(service.withdraw_request, mentee_id=world.mentee),
    "tell provider": World.tell_provider,
    "send refunds": World.send_refunds,
    "bank refuses": lambda world: setattr(world.provider, "card_refuses_capture", True),
    "bank drops": lambda world: [
        world.provider.hear(one, Owed.VOID) for one in list(world.provider.pages)
    ] and None,
    "an hour": lambda world: setattr(world, "now", world.now + timedelta(hours=1)),
    "a day": lambda world: setattr(world, "now", world.now + timedelta(hours=20)),
    "lapse": World.lapse,
}  # fmt: skip
USUAL = ("open page", "pay", "listen")


@pytest.fixture
def market(sqlite_url: str) -> Callable[[], World]:
    def open_world() -> World:
        number = next(_numbers)
        with database.transaction() as db:
            mentor = add_mentor(db, name=f"Mentor {number}", email=f"m{number}@example.org", zone="Europe/London")
            mentee = add_person(db, name=f"Mentee {number}", email=f"e{number}@example.org", zone="Asia/Kolkata")
            offering = add_offering(
                db, mentor, kind=OfferingKind.CV_REVIEW, title="CV review", minutes=30, price_minor=PRICE
            )
            db.get_one(Offering, offering).needs_approval = True
            wish = service.Wish(offering_id=offering, starts_at=TUESDAY)
            booking = service.place_hold(db, mentee_id=mentee, wish=wish, now=SUNDAY)
            service.write_intake(db, booking_id=booking.id, mentee_id=mentee, intake=INTAKE, now=SUNDAY)
            return World(mentor, mentee, booking.id)

    return open_world


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(ACTIONS)), max_size=14), usual=st.booleans())
def test_no_money_is_kept_without_a_session(market: Callable[[], World], steps: list[str], usual: bool) -> None:
    world = market()
    for step in (*(USUAL if usual else ()), *steps):
        ACTIONS[step](world)
    world.drain()

    with database.reading() as db:
        booking = db.get_one(Booking, world.booking_id)
        paid = db.exec(select(Payment).where(Payment.booking_id == booking.id)).all()
        kept = {
            one.id: one.amount_minor - payments.refunded_of(db, one).minor
            for one in paid
            if one.status is PaymentStatus.CAPTURED
        }
        assert ledger_check(db).differences == ()
        claims = db.exec(select(Claim).where(Claim.booking_id == booking.id)).all()
    taken = [one for one, page in world.provider.pages.items() if page.state is CheckoutState.PAID]
    assert sorted(kept) == sorted(taken)
    assert sum(kept.values()) == (PRICE if booking.status is Status.CONFIRMED else 0)
    assert bool(claims) == booking.status.owns_claims
    waiting = booking.status is Status.REQUESTED
    assert [one for one in paid if one.status is PaymentStatus.AUTHORISED] == [] or waiting
