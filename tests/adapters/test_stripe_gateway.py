"""The payment gateway over a real socket: the unmodified SDK against the sandbox, cards sent by form."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mentorhub.adapters.stripe_gateway import StripeGateway
from mentorhub.domain.common.money import CurrencyMismatch, Money
from mentorhub.domain.payments.errors import (
    CheckoutClosed,
    CheckoutNotFound,
    PaymentProviderUnavailable,
    PaymentRefused,
    RefundTooLarge,
)
from mentorhub.domain.payments.ports import CheckoutLine, CheckoutState, PaymentGateway, RefundState
from mentorhub.domain.payments.rules import CARD_RATES, card_cost
from mentorhub.sandbox.amounts import charge_for
from tests.adapters.checkouts import CV_REVIEW, a_request, a_sale
from tests.payment_sandbox import API_KEY, DECLINED, PAYS, WEBHOOK_SECRET, Shop
from tests.servers import free_port


def test_an_opened_checkout_is_a_page_that_waits_for_exactly_this_payment(shop: Shop, gateway: PaymentGateway) -> None:
    request = a_request(shop)
    checkout = gateway.open_checkout(request)
    outcome = gateway.fetch_checkout(checkout.checkout_id)
    assert checkout.url == f"{shop.base}/checkout/pay/{checkout.checkout_id}"
    assert (checkout.expires_at, outcome.expires_at) == (request.expires_at.replace(microsecond=0),) * 2
    assert (outcome.state, outcome.payment_id, outcome.amount) == (
        CheckoutState.OPEN,
        request.payment_id,
        CV_REVIEW,
    )
    assert (outcome.provider_payment_id, outcome.provider_fee, outcome.url) == (None, None, checkout.url)
    page = shop.browser.get(checkout.url).text
    assert "CV review with Kabir Deshmukh" in page
    assert "Tue 24 Nov, 14:30" in page


def test_asking_again_for_the_same_payment_opens_no_second_page(shop: Shop, gateway: PaymentGateway) -> None:
    request = a_request(shop)
    assert gateway.open_checkout(request) == gateway.open_checkout(request)
    with pytest.raises(PaymentRefused):
        gateway.open_checkout(replace(request, email="other@example.org"))


def test_a_paid_checkout_tells_the_provider_s_own_charge(shop: Shop, gateway: PaymentGateway) -> None:
    payment_id, checkout_id, provider_payment_id = a_sale(shop, gateway)
    outcome = gateway.fetch_checkout(checkout_id)
    assert (outcome.state, outcome.payment_id, outcome.url) == (CheckoutState.PAID, payment_id, "")
    assert (outcome.provider_fee, outcome.refunded) == (Money(2_800, "INR"), Money(0, "INR"))
    assert outcome.provider_payment_id == provider_payment_id


def test_a_declined_card_leaves_the_checkout_open(shop: Shop, gateway: PaymentGateway) -> None:
    checkout = gateway.open_checkout(a_request(shop))
    shop.type_card(checkout.checkout_id, DECLINED)
    outcome = gateway.fetch_checkout(checkout.checkout_id)
    assert (outcome.state, outcome.provider_fee) == (CheckoutState.OPEN, None)


def test_several_lines_are_one_payment_over_their_sum(shop: Shop, gateway: PaymentGateway) -> None:
    lines = tuple(CheckoutLine(f"Session {n}", Money(4_500, "EUR")) for n in (1, 2, 3))
    checkout = gateway.open_checkout(a_request(shop, lines=lines))
    assert gateway.fetch_checkout(checkout.checkout_id).amount == Money(13_500, "EUR")
    with pytest.raises(CurrencyMismatch):
        _ = a_request(shop, lines=(*lines, CheckoutLine("Session 4", CV_REVIEW))).total


def test_money_can_be_held_first(shop: Shop, gateway: PaymentGateway) -> None:
    _, checkout_id, _ = a_sale(shop, gateway, manual_capture=True)
    outcome = gateway.fetch_checkout(checkout_id)
    assert (outcome.state, outcome.provider_fee) == (CheckoutState.AUTHORISED, None)


def test_an_expired_checkout_can_be_expired_again_and_never_paid(shop: Shop, gateway: PaymentGateway) -> None:
    checkout = gateway.open_checkout(a_request(shop))
    for _ in range(2):
        assert gateway.expire_checkout(checkout.checkout_id).state is CheckoutState.EXPIRED
    assert shop.type_card(checkout.checkout_id, PAYS).status_code == 410


def test_a_paid_checkout_cannot_be_expired(shop: Shop, gateway: PaymentGateway) -> None:
    _, checkout_id, _ = a_sale(shop, gateway)
    with pytest.raises(CheckoutClosed) as refusal:
        gateway.expire_checkout(checkout_id)
    assert str(refusal.value) == "This checkout is already closed."


def test_an_unknown_checkout_is_not_found(gateway: PaymentGateway) -> None:
    for ask in (gateway.fetch_checkout, gateway.expire_checkout):
        with pytest.raises(CheckoutNotFound):
            ask("cs_test_nothing")


def test_a_refund_is_sent_once_per_key_and_never_beyond_what_was_paid(shop: Shop, gateway: PaymentGateway) -> None:
    _, checkout_id, provider_payment_id = a_sale(shop, gateway)
    half = Money(60_000, "INR")
    first = gateway.refund(provider_payment_id=provider_payment_id, amount=half, key=f"cancel:{checkout_id}")
    again = gateway.refund(provider_payment_id=provider_payment_id, amount=half, key=f"cancel:{checkout_id}")
    assert first == again
    assert (first.state, first.amount, first.key) == (RefundState.SENT, half, f"cancel:{checkout_id}")
    assert gateway.fetch_checkout(checkout_id).refunded == half
    with pytest.raises(RefundTooLarge):
        gateway.refund(provider_payment_id=provider_payment_id, amount=Money(60_001, "INR"), key=f"more:{checkout_id}")
    with pytest.raises(CheckoutNotFound):
        gateway.refund(provider_payment_id="pi_nothing", amount=half, key=f"nothing:{checkout_id}")


def test_what_happened_lately_can_be_listed_for_reconciliation(shop: Shop, gateway: PaymentGateway) -> None:
    since = datetime.fromtimestamp(shop.now, UTC)
    payment_id, checkout_id, provider_payment_id = a_sale(shop, gateway)
    opened = gateway.open_checkout(a_request(shop)).checkout_id
    receipt = gateway.refund(provider_payment_id=provider_payment_id, amount=CV_REVIEW, key=f"all:{checkout_id}")
    found = {one.checkout_id: one for one in gateway.checkouts_since(since)}
    assert (found[checkout_id].payment_id, found[checkout_id].provider_fee) == (
        payment_id,
        Money(2_800, "INR"),
    )
    assert found[opened].state is CheckoutState.OPEN
    assert receipt in gateway.refunds_since(since)
    assert gateway.refunds_since(since + timedelta(days=1)) == []


def test_a_long_list_is_read_page_by_page(shop: Shop, gateway: PaymentGateway) -> None:
    since = datetime.fromtimestamp(shop.now, UTC)
    for _ in range(105):
        shop.sell()
    assert len(gateway.checkouts_since(since)) >= 105


def test_a_provider_that_is_broken_twice_is_asked_a_third_time(shop: Shop, gateway: PaymentGateway) -> None:
    request = a_request(shop)
    shop.control("faults", trouble="broken", calls=2)
    checkout = gateway.open_checkout(request)
    assert gateway.fetch_checkout(checkout.checkout_id).payment_id == request.payment_id


def test_a_lost_reply_is_found_again_by_the_same_key_and_charges_nothing_twice(
    shop: Shop, gateway: PaymentGateway
) -> None:
    _, checkout_id, provider_payment_id = a_sale(shop, gateway)
    shop.control("faults", trouble="reply_lost", calls=1, milliseconds=2_000)
    gateway.refund(provider_payment_id=provider_payment_id, amount=CV_REVIEW, key=f"lost:{checkout_id}")
    assert gateway.fetch_checkout(checkout_id).refunded == CV_REVIEW
    assert len(shop.sdk.v1.refunds.list({"payment_intent": provider_payment_id}).data) == 1


@pytest.mark.parametrize("trouble", ["broken", "busy", "time_out"])
def test_a_provider_that_stays_down_is_called_unavailable(shop: Shop, gateway: PaymentGateway, trouble: str) -> None:
    shop.control("faults", trouble=trouble, calls=3, milliseconds=900)
    with pytest.raises(PaymentProviderUnavailable):
        gateway.open_checkout(a_request(shop))


def test_a_provider_nobody_answers_for_and_a_wrong_key_are_unavailable_too(shop: Shop) -> None:
    nobody = StripeGateway(api_key=API_KEY, webhook_secret=WEBHOOK_SECRET, api_base=f"http://127.0.0.1:{free_port()}")
    stranger = StripeGateway(api_key="sk_test_other", webhook_secret=WEBHOOK_SECRET, api_base=shop.base)
    for gateway in (nobody, stranger):
        with pytest.raises(PaymentProviderUnavailable):
            gateway.fetch_checkout("cs_test_nothing")


@pytest.mark.parametrize("currency", sorted(CARD_RATES[-1].fixed))
def test_the_sandbox_charges_what_the_rate_table_says(currency: str) -> None:
    price = Money(123_455, currency)
    today = datetime(2026, 11, 24, tzinfo=UTC).date()
    assert charge_for(price.minor, currency.lower()) == card_cost(price, on=today).minor


def test_held_money_is_taken_once_and_the_checkout_then_reads_as_paid(shop: Shop, gateway: PaymentGateway) -> None:
    payment_id, checkout_id, provider_payment_id = a_sale(shop, gateway, manual_capture=True)
    for _ in range(2):
        gateway.capture(provider_payment_id=provider_payment_id, key=f"capture:{payment_id}")
    outcome = gateway.fetch_checkout(checkout_id)
    assert (outcome.state, outcome.provider_fee) == (CheckoutState.PAID, Money(2_800, "INR"))
    with pytest.raises(PaymentRefused):
        gateway.void(provider_payment_id=provider_payment_id, key=f"void:{payment_id}")


def test_held_money_that_is_let_go_cannot_be_taken(shop: Shop, gateway: PaymentGateway) -> None:
    payment_id, checkout_id, provider_payment_id = a_sale(shop, gateway, manual_capture=True)
    for _ in range(2):
        gateway.void(provider_payment_id=provider_payment_id, key=f"void:{payment_id}")
    assert gateway.fetch_checkout(checkout_id).state is CheckoutState.VOIDED
    with pytest.raises(PaymentRefused):
        gateway.capture(provider_payment_id=provider_payment_id, key=f"capture:{payment_id}")


def test_a_lost_reply_to_a_capture_is_found_again_by_the_same_key(shop: Shop, gateway: PaymentGateway) -> None:
    payment_id, checkout_id, provider_payment_id = a_sale(shop, gateway, manual_capture=True)
    shop.control("faults", trouble="reply_lost", calls=1, milliseconds=2_000)
    gateway.capture(provider_payment_id=provider_payment_id, key=f"capture:{payment_id}")
    assert gateway.fetch_checkout(checkout_id).state is CheckoutState.PAID
