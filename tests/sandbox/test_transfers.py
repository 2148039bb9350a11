"""Transfers of a mentor's share."""

import pytest
import stripe

from tests.payment_sandbox import Shop


def test_a_share_is_sent_on_and_leaves_the_balance(shop: Shop) -> None:
    charge = shop.sold().payment_intent.latest_charge
    transfers = shop.sdk.v1.transfers
    sent = transfers.create(
        {
            "amount": 105_200,
            "currency": "INR",
            "destination": "acct_kabir",
            "source_transaction": charge.id,
            "transfer_group": "b7",
            "metadata": {"booking": "b7"},
        }
    )
    assert (sent.amount, sent.currency, sent.destination) == (105_200, "inr", "acct_kabir")
    assert shop.sdk.v1.balance_transactions.retrieve(sent.balance_transaction).net == -105_200
    assert [one.id for one in transfers.list({"transfer_group": "b7"}).data] == [sent.id]
    assert transfers.retrieve(sent.id).metadata.to_dict() == {"booking": "b7"}


def test_a_share_of_an_unknown_charge_is_refused(shop: Shop) -> None:
    wish = {"amount": 1, "currency": "inr", "destination": "acct_kabir", "source_transaction": "ch_nothing"}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        shop.sdk.v1.transfers.create(wish)  # type: ignore[arg-type]
    assert refusal.value.param == "source_transaction"
