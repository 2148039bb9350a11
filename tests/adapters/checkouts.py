"""Checkouts of 1,200 rupees, asked for through the gateway."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments.ports import CheckoutLine, CheckoutRequest, PaymentGateway
from tests.payment_sandbox import PAYS, Shop

CV_REVIEW = Money(120_000, "INR")


def a_request(shop: Shop, **changes: object) -> CheckoutRequest:
    """What to ask the provider for, with another name each time."""
    request = CheckoutRequest(
        payment_id=uuid4(),
        lines=(CheckoutLine("CV review with Kabir Deshmukh", CV_REVIEW, "Tue 24 Nov, 14:30"),),
        success_url="https://mentorhub.example/paid",
        cancel_url="https://mentorhub.example/given-back",
        expires_at=datetime.fromtimestamp(shop.now, UTC) + timedelta(minutes=30),
        email="riya@example.org",
        metadata={"booking_id": "b1"},
    )
    return replace(request, **changes)  # type: ignore[arg-type]


def a_sale(shop: Shop, gateway: PaymentGateway, **changes: object) -> tuple[UUID, str, str]:
    """Ids of our payment, of the checkout and of the provider's payment."""
    request = a_request(shop, **changes)
    checkout = gateway.open_checkout(request)
    assert shop.type_card(checkout.checkout_id, PAYS).status_code == 303
    outcome = gateway.fetch_checkout(checkout.checkout_id)
    assert outcome.provider_payment_id is not None
    return request.payment_id, checkout.checkout_id, outcome.provider_payment_id
