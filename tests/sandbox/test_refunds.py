"""Refunds: in full, in parts, and never more than was paid."""

from typing import Any

import pytest
import stripe

from tests.payment_sandbox import DECLINED, Inbox, Shop


def test_a_refund_in_parts_gives_back_exactly_what_was_paid(shop: Shop) -> None:
    paid = shop.sold()
    refunds = shop.sdk.v1.refunds
    first = refunds.create({"payment_intent": paid.payment_intent.id, "amount": 60_000, "metadata": {"key": "k"}})
    assert (first.status, first.amount, first.metadata.to_dict()) == ("succeeded", 60_000, {"key": "k"})
    charge = shop.look(paid.id).payment_intent.latest_charge
    assert (charge.amount_refunded, charge.refunded) == (60_000, False)
    rest = refunds.create({"charge": charge.id})
    charge = shop.look(paid.id).payment_intent.latest_charge
    assert (rest.amount, charge.amount_refunded, charge.refunded) == (60_000, 120_000, True)
    assert [one.id for one in refunds.list({"charge": charge.id}).data] == [rest.id, first.id]
    moved = shop.sdk.v1.balance_transactions.retrieve(first.balance_transaction)
    assert (moved.type, moved.amount, moved.fee, moved.net) == ("refund", -60_000, 0, -60_000)


def test_one_unit_too_many_is_refused_and_says_what_is_left(shop: Shop) -> None:
    paid = shop.sold()
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        shop.sdk.v1.refunds.create({"payment_intent": paid.payment_intent.id, "amount": 120_001})
    assert (refusal.value.param, refusal.value.http_status) == ("amount", 400)
    assert "Refund amount (₹1,200.01) is greater than unrefunded amount on charge (₹1,200.00)" in str(refusal.value)
    assert shop.look(paid.id).payment_intent.latest_charge.amount_refunded == 0


def test_a_payment_that_went_back_whole_cannot_go_back_again(shop: Shop) -> None:
    paid = shop.sold()
    shop.sdk.v1.refunds.create({"payment_intent": paid.payment_intent.id})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        shop.sdk.v1.refunds.create({"payment_intent": paid.payment_intent.id, "amount": 1})
    assert refusal.value.code == "charge_already_refunded"


def test_money_that_never_came_cannot_go_back(shop: Shop) -> None:
    session = shop.sell()
    shop.type_card(session.id, DECLINED)
    intent = shop.look(session.id).payment_intent
    with pytest.raises(stripe.InvalidRequestError, match="has not been captured"):
        shop.sdk.v1.refunds.create({"payment_intent": intent.id})


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({}, "charge"),
        ({"charge": "ch_nothing"}, "charge"),
        ({"payment_intent": "pi_nothing"}, "payment_intent"),
        ({"charge": "ch_nothing", "payment_intent": "pi_nothing"}, "charge"),
        ({"charge": "ch_nothing", "amount": 0}, "amount"),
        ({"charge": "ch_nothing", "reason": "rain"}, "reason"),
    ],
)
def test_a_refund_names_one_payment_that_exists(shop: Shop, given: dict[str, Any], param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        shop.sdk.v1.refunds.create(given)  # type: ignore[arg-type]
    assert refusal.value.param == param


def test_a_refund_is_told_to_the_webhook(shop: Shop, inbox: Inbox) -> None:
    paid = shop.sold()
    refund = shop.sdk.v1.refunds.create({"payment_intent": paid.payment_intent.id, "amount": 5})
    charge = paid.payment_intent.latest_charge.id
    wanted = {("refund.created", refund.id), ("charge.refunded", charge)}
    events = inbox.wait_for(lambda told: wanted <= {(one.type, one.data.object.id) for one in told})
    back = next(one for one in events if one.type == "charge.refunded" and one.data.object.id == charge)
    assert back.data.object.amount_refunded == 5
