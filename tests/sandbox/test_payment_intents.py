"""Payment intents that only hold the money first: captured later, in part, or let go."""

from datetime import timedelta

import pytest
import stripe

from tests.openapi_schemas import faults_of
from tests.payment_sandbox import Shop


def held(shop: Shop) -> stripe.checkout.Session:
    return shop.sold(payment_intent_data={"capture_method": "manual", "transfer_group": "b1"})


def test_a_held_payment_moves_no_money_until_it_is_captured(shop: Shop) -> None:
    session = held(shop)
    intent = session.payment_intent
    assert (session.status, session.payment_status) == ("complete", "unpaid")
    assert (intent.status, intent.amount_capturable, intent.amount_received) == (
        "requires_capture",
        120_000,
        0,
    )
    assert intent.latest_charge.balance_transaction is None
    shop.sdk.v1.payment_intents.capture(intent.id)
    after = shop.look(session.id)
    assert (after.payment_status, after.payment_intent.amount_received) == ("paid", 120_000)
    assert after.payment_intent.latest_charge.balance_transaction.fee == 2_800


def test_a_part_can_be_captured_and_only_that_part_can_go_back(shop: Shop) -> None:
    intent = held(shop).payment_intent
    taken = shop.sdk.v1.payment_intents.capture(intent.id, {"amount_to_capture": 50_000})
    assert (taken.status, taken.amount_received, taken.amount_capturable) == ("succeeded", 50_000, 0)
    moved = shop.sdk.v1.balance_transactions.list({"source": taken.latest_charge}).data
    assert [one.amount for one in moved] == [50_000]
    with pytest.raises(stripe.InvalidRequestError):
        shop.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 50_001})
    assert shop.sdk.v1.refunds.create({"payment_intent": intent.id}).amount == 50_000


def test_more_than_is_held_cannot_be_captured(shop: Shop) -> None:
    intent = held(shop).payment_intent
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        shop.sdk.v1.payment_intents.capture(intent.id, {"amount_to_capture": 120_001})
    assert refusal.value.param == "amount_to_capture"


def test_a_held_payment_that_was_let_go_cannot_be_captured(shop: Shop) -> None:
    intent = held(shop).payment_intent
    gone = shop.sdk.v1.payment_intents.cancel(intent.id, {"cancellation_reason": "abandoned"})
    assert (gone.status, gone.cancellation_reason, gone.amount_capturable) == ("canceled", "abandoned", 0)
    for act in (shop.sdk.v1.payment_intents.capture, shop.sdk.v1.payment_intents.cancel):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            act(intent.id)
        assert refusal.value.code == "payment_intent_unexpected_state"
    with pytest.raises(stripe.InvalidRequestError):
        shop.sdk.v1.refunds.create({"payment_intent": intent.id})


def test_payments_and_charges_can_be_listed_and_fetched(shop: Shop) -> None:
    intent = held(shop).payment_intent
    assert shop.sdk.v1.payment_intents.list({"limit": 1}).data[0].id == intent.id
    assert shop.sdk.v1.payment_intents.retrieve(intent.id).transfer_group == "b1"
    charges = shop.sdk.v1.charges.list({"payment_intent": intent.id}).data
    assert [shop.sdk.v1.charges.retrieve(one.id).captured for one in charges] == [False]


def test_a_card_may_say_no_only_when_the_money_is_to_be_taken(shop: Shop) -> None:
    refuses = "4000 0000 0000 0341"
    at_once = shop.sell()
    shop.type_card(at_once.id, refuses)
    assert shop.look(at_once.id).status == "open"
    session = shop.sell(payment_intent_data={"capture_method": "manual"})
    assert shop.type_card(session.id, refuses).status_code == 303
    intent = shop.look(session.id).payment_intent
    for _ in range(2):
        with pytest.raises(stripe.CardError):
            shop.sdk.v1.payment_intents.capture(intent.id, {}, {"idempotency_key": f"capture:{intent.id}"})
    assert shop.sdk.v1.payment_intents.cancel(intent.id).status == "canceled"


def test_the_same_key_captures_once(shop: Shop) -> None:
    intent = held(shop).payment_intent
    key = {"idempotency_key": f"capture:{intent.id}"}
    for _ in range(2):
        assert shop.sdk.v1.payment_intents.capture(intent.id, {}, key).status == "succeeded"
    assert len(shop.sdk.v1.balance_transactions.list({"source": intent.latest_charge.id}).data) == 1


def test_money_that_is_not_captured_within_seven_days_is_let_go(shop: Shop) -> None:
    session = held(shop)
    shop.move_clock(timedelta(days=6, hours=23))
    assert shop.look(session.id).payment_intent.status == "requires_capture"
    shop.move_clock(timedelta(hours=2))
    with pytest.raises(stripe.InvalidRequestError):
        shop.sdk.v1.payment_intents.capture(session.payment_intent.id)
    gone = shop.look(session.id).payment_intent
    assert (gone.status, gone.cancellation_reason) == ("canceled", "automatic")
    for kind, thing in (("payment_intent", gone), ("charge", gone.latest_charge)):
        path = f"/v1/{kind}s/{thing.id}"
        assert faults_of(kind, shop.browser.get(path, headers=shop.key).json()) == []
    kinds = {event.type for event in shop.sdk.v1.events.list({"limit": 20}).data}
    assert {"charge.expired", "payment_intent.canceled"} <= kinds
