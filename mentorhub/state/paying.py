"""The way to the provider's page and back, for a held time and for an accepted request whose card failed."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

from mentorhub import settings
from mentorhub.adapters import outside
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.errors import PaymentProviderUnavailable
from mentorhub.domain.payments.ports import CheckoutLine, CheckoutRequest
from mentorhub.state.base import run

_ASKED_AGAIN_AFTER = timedelta(seconds=5)
_asked: dict[UUID, datetime] = {}


async def open_checkout(booking_id: UUID, mentee_id: UUID) -> str:
    """The address of the provider's page for a booking, opened now or before; raises what the domain refuses."""
    plan = await run(bookings.plan_checkout, booking_id=booking_id, mentee_id=mentee_id, now=utc_now())
    if plan.open_url is not None:
        return plan.open_url
    here = settings.current().public_url
    request = CheckoutRequest(
        payment_id=plan.payment_id,
        lines=tuple(CheckoutLine(title=line.title, amount=line.price, detail=line.detail) for line in plan.lines),
        success_url=f"{here}/sessions/{plan.booking_id}?just=paid",
        cancel_url=f"{here}/checkout/{plan.booking_id}?provider=cancelled",
        expires_at=plan.expires_at,
        email=plan.email,
        metadata={"booking": str(plan.booking_id)},
        manual_capture=plan.manual_capture,
    )
    checkout = await asyncio.to_thread(outside().gateway.open_checkout, request)
    await run(payments.record_checkout, payment_id=plan.payment_id, checkout=checkout)
    return checkout.url


async def ask_provider(booking_id: UUID, mentee_id: UUID) -> None:
    """Ask how the open checkout of a booking stands and apply it; once in a few seconds, however often it is called."""
    now = utc_now()
    open_one = await run(bookings.open_checkout_of, booking_id=booking_id, mentee_id=mentee_id, now=now)
    if open_one is None or not _is_turn_to_ask(open_one[0], now):
        return
    payment_id, checkout_id = open_one
    try:
        outcome = await asyncio.to_thread(outside().gateway.fetch_checkout, checkout_id)
    except PaymentProviderUnavailable:
        return
    await run(bookings.apply_outcome, payment_id=payment_id, outcome=outcome, now=utc_now())


def _is_turn_to_ask(payment_id: UUID, now: datetime) -> bool:
    """Whether this worker has not asked about the payment just now; its turn is taken."""
    for known in [known for known, at in _asked.items() if abs(now - at) >= _ASKED_AGAIN_AFTER]:
        del _asked[known]
    return _asked.setdefault(payment_id, now) is now
