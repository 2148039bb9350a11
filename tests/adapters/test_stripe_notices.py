"""Notices of the provider as the gateway reads them: signed and fresh ones only."""

import json
import time

import pytest

from mentorhub.domain.payments.errors import NoticeForged
from mentorhub.domain.payments.ports import NoticeKind, PaymentGateway
from mentorhub.sandbox.signature import sign
from tests.adapters.checkouts import CV_REVIEW, a_request, a_sale
from tests.payment_sandbox import WEBHOOK_SECRET, Inbox, Shop


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


def test_money_that_is_let_go_is_told_by_the_name_of_the_payment(
    shop: Shop, gateway: PaymentGateway, inbox: Inbox
) -> None:
    payment_id, _, provider_payment_id = a_sale(shop, gateway, manual_capture=True)
    gateway.void(provider_payment_id=provider_payment_id, key=f"void:{payment_id}")
    gone = ("payment_intent.canceled", provider_payment_id)
    inbox.wait_for(lambda told: gone in {(event.type, event.data.object.id) for event in told})
    notices = [gateway.read_notice(body, signature) for body, signature in inbox.arrived]
    told = next(one for one in notices if (one.word, one.object_id) == gone)
    assert told.kind is NoticeKind.PAYMENT_CHANGED


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
