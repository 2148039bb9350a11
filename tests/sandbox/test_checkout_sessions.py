"""Checkouts: opened, listed, expired by hand or by the clock, and refused when the wish makes no sense."""

from datetime import timedelta
from typing import Any

import pytest
import stripe

from tests.payment_sandbox import DECLINED, PAYS, Inbox, Shop


def line(unit_amount: int = 120_000, currency: str = "inr", quantity: int = 1) -> dict[str, Any]:
    price = {"currency": currency, "unit_amount": unit_amount, "product_data": {"name": "CV review"}}
    return {"price_data": price, "quantity": quantity}


def test_a_new_checkout_is_open_unpaid_and_knows_what_it_was_told(shop: Shop) -> None:
    session = shop.sell()
    assert (session.status, session.payment_status, session.amount_total) == ("open", "unpaid", 120_000)
    assert (session.client_reference_id, session.customer_email) == ("our-name-for-it", "riya@example.org")
    assert session.metadata.to_dict() == {"booking": "b1"}
    assert session.url == f"{shop.base}/checkout/pay/{session.id}"
    assert session.success_url == f"http://shop.example/paid?checkout={session.id}"
    assert session.payment_intent is None
    assert abs(session.expires_at - shop.now - 24 * 3_600) < 5


def test_the_total_is_the_sum_of_the_lines_in_their_order(shop: Shop) -> None:
    session = shop.sell(line_items=[line(100), line(250, quantity=3), line(0)])
    lines = shop.sdk.v1.checkout.sessions.line_items.list(session.id)
    assert session.amount_total == 850
    assert [one.amount_total for one in lines.data] == [100, 750, 0]


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"colour": "red"}, "colour", "parameter_unknown"),
        ({"line_items": [line() | {"colour": "red"}]}, "line_items[0][colour]", "parameter_unknown"),
        ({"mode": "subscription"}, "mode", None),
        ({"line_items": []}, "line_items", "parameter_missing"),
        ({"line_items": [line(0)]}, "line_items", "amount_too_small"),
        ({"line_items": [line(), line(currency="eur")]}, "line_items", None),
        ({"line_items": [line(currency="xxx")]}, "line_items[0][price_data][currency]", None),
        ({"line_items": [line(-1)]}, "line_items[0][price_data][unit_amount]", None),
        ({"success_url": "javascript:alert(1)"}, "success_url", "url_invalid"),
        ({"customer_email": ""}, "customer_email", "parameter_invalid_empty"),
        ({"metadata": {"k" * 41: "v"}}, "metadata", None),
        ({"expires_at": "soon"}, "expires_at", "parameter_invalid_integer"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused_by_the_name_of_its_parameter(
    shop: Shop, changes: dict[str, Any], param: str, code: str | None
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        shop.sell(**changes)
    assert (refusal.value.param, refusal.value.code, refusal.value.http_status) == (param, code, 400)


@pytest.mark.parametrize(("minutes", "allowed"), [(28, False), (30, True), (24 * 60, True), (24 * 60 + 2, False)])
def test_a_checkout_lives_from_thirty_minutes_to_a_day(shop: Shop, minutes: int, allowed: bool) -> None:
    expires_at = shop.now + minutes * 60
    if allowed:
        assert shop.sell(expires_at=expires_at).expires_at == expires_at
    else:
        with pytest.raises(stripe.InvalidRequestError, match="between 30 minutes and 24 hours"):
            shop.sell(expires_at=expires_at)


def test_an_expired_checkout_cannot_be_paid_or_expired_again(shop: Shop) -> None:
    session = shop.sell()
    expired = shop.sdk.v1.checkout.sessions.expire(session.id)
    assert (expired.status, expired.url) == ("expired", None)
    answer = shop.type_card(session.id, PAYS)
    assert answer.status_code == 410
    assert "Nothing was charged." in answer.text
    assert shop.look(session.id).payment_status == "unpaid"
    with pytest.raises(stripe.InvalidRequestError, match="status in \\[open\\]"):
        shop.sdk.v1.checkout.sessions.expire(session.id)


def test_a_paid_checkout_cannot_be_expired(shop: Shop) -> None:
    session = shop.sold()
    with pytest.raises(stripe.InvalidRequestError, match="this one is complete"):
        shop.sdk.v1.checkout.sessions.expire(session.id)
    assert shop.look(session.id).payment_status == "paid"


def test_time_closes_a_checkout_by_itself_cancels_its_payment_and_says_so(shop: Shop, inbox: Inbox) -> None:
    session = shop.sell(expires_at=shop.now + 31 * 60)
    shop.type_card(session.id, DECLINED)
    shop.move_clock(timedelta(minutes=32))
    assert shop.type_card(session.id, PAYS).status_code == 410
    told = inbox.wait_for(lambda events: any(expiry_of(session.id, event) for event in events))
    found = shop.look(session.id)
    assert (found.status, found.payment_intent.status) == ("expired", "canceled")
    assert len([event for event in told if expiry_of(session.id, event)]) == 1


def expiry_of(session_id: str, event: stripe.Event) -> bool:
    return event.type == "checkout.session.expired" and event.data.object.id == session_id


def test_checkouts_are_listed_newest_first_and_page_by_page(shop: Shop) -> None:
    since = shop.now
    made = [shop.sell().id for _ in range(5)]
    sessions = shop.sdk.v1.checkout.sessions
    first = sessions.list({"limit": 2, "created": {"gte": since}})
    assert ([one.id for one in first.data], first.has_more) == (made[:2:-1], True)
    last = sessions.list({"limit": 2, "starting_after": made[1]})
    assert last.data[0].id == made[0]
    newer = sessions.list({"limit": 2, "ending_before": made[1]})
    assert ([one.id for one in newer.data], newer.has_more) == ([made[3], made[2]], True)
    everyone = [one.id for one in sessions.list({"limit": 2, "created": {"gte": since}}).auto_paging_iter()]
    assert everyone[:5] == made[::-1]


def test_checkouts_can_be_found_by_their_payment_and_their_status(shop: Shop) -> None:
    paid, opened = shop.sold(), shop.sell()
    sessions = shop.sdk.v1.checkout.sessions
    assert [one.id for one in sessions.list({"payment_intent": paid.payment_intent.id}).data] == [paid.id]
    assert [one.id for one in sessions.list({"status": "complete", "limit": 1}).data] == [paid.id]
    assert [one.id for one in sessions.list({"status": "open", "limit": 1}).data] == [opened.id]


def test_what_does_not_exist_is_not_found(shop: Shop) -> None:
    for act in (shop.sdk.v1.checkout.sessions.retrieve, shop.sdk.v1.checkout.sessions.expire):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            act("cs_test_nothing")
        assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


@pytest.mark.parametrize("expand", ["colour", "payment_intent.colour", "metadata.booking"])
def test_what_cannot_be_expanded_is_refused(shop: Shop, expand: str) -> None:
    session = shop.sold()
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        shop.sdk.v1.checkout.sessions.retrieve(session.id, {"expand": [expand]})
    assert refusal.value.param == "expand"
