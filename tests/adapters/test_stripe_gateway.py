"""The payment gateway over a real socket: the unmodified SDK against the sandbox, cards sent by form."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from mentorhub.adapters.stripe_gateway import StripeGateway
from mentorhub.domain.common.money import CurrencyMismatch, Money
from mentorhub.domain.payments.errors import (
    CheckoutClosed,
    CheckoutNotFound,
    NoticeForged,
    PaymentProviderUnavailable,
    PaymentRefused,
    RefundTooLarge,
)
from mentorhub.domain.payments.ports import (
    CheckoutLine,
    CheckoutRequest,
    CheckoutState,
    NoticeKind,
    PaymentGateway,
    RefundState,
)
from mentorhub.domain.payments.rules import CARD_RATES, card_cost
from mentorhub.sandbox.amounts import charge_for
from mentorhub.sandbox.signature import sign
from tests.payment_sandbox import API_KEY, DECLINED, PAYS, WEBHOOK_SECRET, Inbox, Shop, running
from tests.servers import free_port

CV_REVIEW = Money(120_000, "INR")


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    with Inbox().open() as inbox:
        yield inbox


@pytest.fixture(scope="module")
def _process(tmp_path_factory: pytest.TempPathFactory, inbox: Inbox) -> Iterator[Shop]:
    with running(tmp_path_factory.mktemp("sandbox"), webhook_url=inbox.url) as shop:
        yield shop


@pytest.fixture
def shop(_process: Shop) -> Iterator[Shop]:
    yield _process
    _process.control("faults", trouble="broken", calls=0)


@pytest.fixture
def gateway(shop: Shop) -> PaymentGateway:
    return StripeGateway(
        api_key=API_KEY, webhook_secret=f"whsec_old,{WEBHOOK_SECRET}", api_base=shop.base, reply_timeout=0.5
    )


def a_request(shop: Shop, **changes: object) -> CheckoutRequest:
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


def test_an_opened_checkout_is_a_page_that_waits_for_exactly_this_payment(
    shop: Shop, gateway: PaymentGateway
) -> None:
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


def test_a_refund_is_sent_once_per_key_and_never_beyond_what_was_paid(
    shop: Shop, gateway: PaymentGateway
) -> None:
    _, checkout_id, provider_payment_id = a_sale(shop, gateway)
    half = Money(60_000, "INR")
    first = gateway.refund(provider_payment_id=provider_payment_id, amount=half, key=f"cancel:{checkout_id}")
    again = gateway.refund(provider_payment_id=provider_payment_id, amount=half, key=f"cancel:{checkout_id}")
    assert first == again
    assert (first.state, first.amount, first.key) == (RefundState.SENT, half, f"cancel:{checkout_id}")
    assert gateway.fetch_checkout(checkout_id).refunded == half
    with pytest.raises(RefundTooLarge):
        gateway.refund(
            provider_payment_id=provider_payment_id, amount=Money(60_001, "INR"), key=f"more:{checkout_id}"
        )
    with pytest.raises(CheckoutNotFound):
        gateway.refund(provider_payment_id="pi_nothing", amount=half, key=f"nothing:{checkout_id}")


def test_what_happened_lately_can_be_listed_for_reconciliation(shop: Shop, gateway: PaymentGateway) -> None:
    since = datetime.fromtimestamp(shop.now, UTC)
    payment_id, checkout_id, provider_payment_id = a_sale(shop, gateway)
    opened = gateway.open_checkout(a_request(shop)).checkout_id
    receipt = gateway.refund(
        provider_payment_id=provider_payment_id, amount=CV_REVIEW, key=f"all:{checkout_id}"
    )
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
def test_a_provider_that_stays_down_is_called_unavailable(
    shop: Shop, gateway: PaymentGateway, trouble: str
) -> None:
    shop.control("faults", trouble=trouble, calls=3, milliseconds=900)
    with pytest.raises(PaymentProviderUnavailable):
        gateway.open_checkout(a_request(shop))


def test_a_provider_nobody_answers_for_and_a_wrong_key_are_unavailable_too(shop: Shop) -> None:
    nobody = StripeGateway(
        api_key=API_KEY, webhook_secret=WEBHOOK_SECRET, api_base=f"http://127.0.0.1:{free_port()}"
    )
    stranger = StripeGateway(api_key="sk_test_other", webhook_secret=WEBHOOK_SECRET, api_base=shop.base)
    for gateway in (nobody, stranger):
        with pytest.raises(PaymentProviderUnavailable):
            gateway.fetch_checkout("cs_test_nothing")


def test_the_notices_of_a_sale_are_read_as_hints_about_our_payment(
    shop: Shop, gateway: PaymentGateway, inbox: Inbox
) -> None:
    payment_id, checkout_id, provider_payment_id = a_sale(shop, gateway)
    gateway.refund(provider_payment_id=provider_payment_id, amount=CV_REVIEW, key=f"told:{checkout_id}")
    inbox.wait_for(lambda told: provider_payment_id in {refunded_payment(event) for event in told})
    notices = [gateway.read_notice(body, signature) for body, signature in inbox.arrived]
    paid = next(one for one in notices if one.checkout_id == checkout_id)
    assert (paid.kind, paid.payment_id, paid.provider_payment_id) == (
        NoticeKind.CHECKOUT_PAID,
        payment_id,
        provider_payment_id,
    )
    mine = [one for one in notices if one.provider_payment_id == provider_payment_id]
    assert [one.kind for one in mine].count(NoticeKind.REFUND_CHANGED) >= 1
    assert {one.word for one in mine if one.kind is NoticeKind.OTHER} >= {"charge.succeeded"}
    assert len({one.notice_id for one in notices}) == len(notices)


def refunded_payment(event: object) -> str | None:
    thing = event.data.object  # type: ignore[attr-defined]
    return thing.payment_intent if event.type == "charge.refunded" else None  # type: ignore[attr-defined]


def test_an_expiry_is_read_as_one(shop: Shop, gateway: PaymentGateway, inbox: Inbox) -> None:
    request = a_request(shop)
    checkout = gateway.open_checkout(request)
    gateway.expire_checkout(checkout.checkout_id)
    inbox.wait_for(lambda told: checkout.checkout_id in {event.data.object.id for event in told})
    notices = [gateway.read_notice(body, signature) for body, signature in inbox.arrived]
    mine = [one for one in notices if one.checkout_id == checkout.checkout_id]
    assert [(one.kind, one.payment_id) for one in mine] == [(NoticeKind.CHECKOUT_EXPIRED, request.payment_id)]


def a_body() -> bytes:
    thing = {"id": "cs_1", "object": "checkout.session", "client_reference_id": "not one of ours"}
    event = {"id": "evt_1", "object": "event", "type": "checkout.session.completed", "created": 1}
    return json.dumps(event | {"data": {"object": thing}}).encode()


def test_a_notice_whose_payment_is_not_one_of_ours_is_read_without_it(gateway: PaymentGateway) -> None:
    body = a_body()
    notice = gateway.read_notice(body, sign(body, "whsec_old", at=int(time.time())))
    assert (notice.checkout_id, notice.payment_id) == ("cs_1", None)


@pytest.mark.parametrize("age", [-400, 301, 3 * 24 * 3_600])
def test_an_old_notice_is_refused_even_with_a_true_signature(gateway: PaymentGateway, age: int) -> None:
    body = a_body()
    signature = sign(body, WEBHOOK_SECRET, at=int(time.time()) - age)
    if age > 0:
        with pytest.raises(NoticeForged):
            gateway.read_notice(body, signature)
    else:
        assert gateway.read_notice(body, signature).notice_id == "evt_1"


@pytest.mark.parametrize("signature", ["", "t=,v1=", "nonsense", "v1=abc", "t=1,v0=abc"])
def test_a_notice_without_a_true_signature_is_forged(gateway: PaymentGateway, signature: str) -> None:
    with pytest.raises(NoticeForged) as refusal:
        gateway.read_notice(a_body(), signature)
    assert str(refusal.value) == "This notice does not come from the payment provider."


def test_a_changed_body_and_a_body_that_is_no_event_are_forged(gateway: PaymentGateway) -> None:
    now = int(time.time())
    with pytest.raises(NoticeForged):
        gateway.read_notice(a_body() + b" ", sign(a_body(), WEBHOOK_SECRET, at=now))
    for body in (b"not json", b"\xff\xfe", b"[]", b"{}"):
        with pytest.raises(NoticeForged):
            gateway.read_notice(body, sign(body, WEBHOOK_SECRET, at=now))


@pytest.mark.parametrize("currency", sorted(CARD_RATES[-1].fixed))
def test_the_sandbox_charges_what_the_rate_table_says(currency: str) -> None:
    price = Money(123_455, currency)
    today = datetime(2026, 11, 24, tzinfo=UTC).date()
    assert charge_for(price.minor, currency.lower()) == card_cost(price, on=today).minor
