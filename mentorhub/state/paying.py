"""The way to the provider's page, for a held time and for an accepted request whose card failed."""

import asyncio
from uuid import UUID

from mentorhub import settings
from mentorhub.adapters import outside
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.ports import CheckoutLine, CheckoutRequest
from mentorhub.state.base import run


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
