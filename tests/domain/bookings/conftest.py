"""What the tests of the bookings share: Kabir's Tuesday, and a provider's word on a checkout."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.ports import Checkout, CheckoutOutcome, CheckoutState
from tests.people import INTAKE, SUNDAY, People

TUESDAY_NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""09:00 in London, 14:30 in Pune."""


def hold(
    people: People,
    *,
    mentee: UUID | None = None,
    at: datetime = TUESDAY_NINE,
    now: datetime = SUNDAY,
    offering: UUID | None = None,
    intake: service.IntakeForm | None = INTAKE,
) -> Booking:
    """Hold Kabir's CV review, or another of his offerings, and write the intake."""
    who = mentee or people.mentee
    with database.transaction() as db:
        wish = service.Wish(offering_id=offering or people.cv_review, starts_at=at)
        booking = service.place_hold(db, mentee_id=who, wish=wish, now=now)
        if intake is not None:
            service.write_intake(db, booking_id=booking.id, mentee_id=who, intake=intake, now=now)
        return booking


def paid(payment_id: UUID, *, minor: int = 120000, number: str = "1") -> CheckoutOutcome:
    """The provider says: paid."""
    return CheckoutOutcome(
        checkout_id=f"cs_{number}",
        payment_id=payment_id,
        state=CheckoutState.PAID,
        amount=Money(minor, "INR"),
        url="",
        expires_at=SUNDAY + timedelta(hours=1),
        provider_payment_id=f"pi_{number}",
        provider_fee=Money(2800, "INR"),
    )


@pytest.fixture
def start_paying() -> Callable[..., UUID]:
    """Plan a checkout and note that the provider opened it; gives the payment's id."""

    def start(booking: Booking, *, now: datetime = SUNDAY, number: str = "1") -> UUID:
        with database.transaction() as db:
            plan = service.plan_checkout(db, booking_id=booking.id, mentee_id=booking.mentee_id, now=now)
        checkout = Checkout(checkout_id=f"cs_{number}", url="https://pay.example/1", expires_at=plan.expires_at)
        with database.transaction() as db:
            payments.record_checkout(db, payment_id=plan.payment_id, checkout=checkout)
        return plan.payment_id

    return start


@pytest.fixture
def booked(everyone: People, start_paying: Callable[..., UUID]) -> Booking:
    """Riya's CV review on Tuesday at nine, paid."""
    booking = hold(everyone)
    payment_id = start_paying(booking)
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id), now=SUNDAY)
    return booking
