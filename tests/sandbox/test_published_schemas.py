"""What the sandbox answers has the shape the provider publishes, name by name."""

from typing import Any

import httpx
import pytest

from tests.openapi_schemas import faults_of
from tests.payment_sandbox import ASKS_THE_BANK, DECLINED, Shop


def fetch(shop: Shop, path: str) -> dict[str, Any]:
    answer = shop.browser.get(path, headers=shop.key)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def everything(shop: Shop) -> None:
    """Make one of each: open, declined, asked, paid, expired, authorised, captured, cancelled, refunded."""
    shop.sell()
    tried = shop.sell()
    shop.type_card(tried.id, DECLINED)
    shop.type_card(tried.id, ASKS_THE_BANK)
    paid = shop.sold()
    shop.sdk.v1.refunds.create({"payment_intent": paid.payment_intent.id, "amount": 1})
    shop.sdk.v1.checkout.sessions.expire(shop.sell().id)
    for act in (shop.sdk.v1.payment_intents.capture, shop.sdk.v1.payment_intents.cancel):
        held = shop.sold(payment_intent_data={"capture_method": "manual", "description": "held"})
        act(held.payment_intent.id)
    shop.sdk.v1.transfers.create({"amount": 105_200, "currency": "inr", "destination": "acct_kabir"})


@pytest.fixture(scope="module")
def _made() -> list[bool]:
    return []


@pytest.fixture
def full_shop(shop: Shop, _made: list[bool]) -> Shop:
    if not _made:
        everything(shop)
        _made.append(True)
    return shop


@pytest.mark.parametrize(
    ("kind", "path", "least"),
    [
        ("checkout.session", "/v1/checkout/sessions", 6),
        ("payment_intent", "/v1/payment_intents", 4),
        ("charge", "/v1/charges", 4),
        ("refund", "/v1/refunds", 1),
        ("transfer", "/v1/transfers", 1),
        ("balance_transaction", "/v1/balance_transactions", 4),
        ("event", "/v1/events", 15),
    ],
)
def test_every_object_of_each_kind_has_the_published_shape(full_shop: Shop, kind: str, path: str, least: int) -> None:
    listed = fetch(full_shop, f"{path}?limit=100")
    assert (listed["object"], listed["url"]) == ("list", path)
    assert len(listed["data"]) >= least
    for thing in listed["data"]:
        assert faults_of(kind, thing) == []
        assert faults_of(kind, fetch(full_shop, f"{path}/{thing['id']}")) == []


def test_what_an_event_carries_has_the_shape_of_its_kind(full_shop: Shop) -> None:
    for event in fetch(full_shop, "/v1/events?limit=100")["data"]:
        thing = event["data"]["object"]
        assert faults_of(thing["object"], thing) == []


def test_an_expanded_checkout_and_its_lines_have_the_published_shape(full_shop: Shop) -> None:
    session = full_shop.sold()
    expand = "expand[]=payment_intent.latest_charge.balance_transaction&expand[]=line_items"
    found = fetch(full_shop, f"/v1/checkout/sessions/{session.id}?{expand}")
    assert faults_of("checkout.session", found) == []
    assert found["payment_intent"]["latest_charge"]["balance_transaction"]["fee"] == 2_800
    lines = fetch(full_shop, f"/v1/checkout/sessions/{session.id}/line_items")
    assert lines == found["line_items"]
    assert [faults_of("item", line) for line in lines["data"]] == [[]]


def test_a_remembered_card_has_the_published_shape(full_shop: Shop) -> None:
    method = fetch(full_shop, f"/v1/payment_methods/{full_shop.sold().payment_intent.payment_method}")
    assert faults_of("payment_method", method) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("/v1/charges/ch_nothing", 404), ("/v1/charges?colour=red", 400), ("/v1/colours", 404)],
)
def test_refusals_have_the_published_shape(full_shop: Shop, path: str, status: int) -> None:
    answer: httpx.Response = full_shop.browser.get(path, headers=full_shop.key)
    assert answer.status_code == status
    assert faults_of("api_errors", answer.json()["error"]) == []


def test_the_check_itself_sees_a_wrong_type_a_missing_and_an_invented_name(full_shop: Shop) -> None:
    session = fetch(full_shop, f"/v1/checkout/sessions/{full_shop.sell().id}")
    wrong = session | {"amount_total": "1200", "colour": "red"}
    del wrong["created"]
    found = " ".join(faults_of("checkout.session", wrong))
    assert all(word in found for word in ("'1200'", "'colour'", "'created'"))
