"""Who may call, the same key never doing a thing twice, and ordered faults."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import stripe

from tests.payment_sandbox import API_KEY, Shop


def keyed(key: str) -> Any:
    return {"idempotency_key": key}


@pytest.mark.parametrize("key", ["sk_test_wrong", "", API_KEY + "x", "sk_live_" + API_KEY])
def test_without_the_key_nothing_is_answered(shop: Shop, key: str) -> None:
    session = shop.sell()
    for path in (f"/v1/checkout/sessions/{session.id}", "/v1/events", "/_sandbox/deliveries"):
        answer = shop.browser.get(path, headers={"Authorization": f"Bearer {key}"} if key else {})
        assert answer.status_code == 401
        assert session.id not in answer.text
        assert API_KEY not in answer.text


def test_the_key_may_also_come_as_a_user_name(shop: Shop) -> None:
    assert shop.browser.get("/v1/events", auth=(API_KEY, "")).status_code == 200
    assert shop.browser.get("/v1/events", headers={"Authorization": "Basic ?"}).status_code == 401


def test_the_same_key_and_wish_give_the_same_object_and_another_wish_is_refused(shop: Shop) -> None:
    sessions = shop.sdk.v1.checkout.sessions
    first = sessions.create(shop.wants(), keyed("one-key"))
    again = sessions.create(shop.wants(), keyed("one-key"))
    assert again.id == first.id
    with pytest.raises(stripe.IdempotencyError) as refusal:
        sessions.create(shop.wants(customer_email="other@example.org"), keyed("one-key"))
    assert refusal.value.http_status == 400
    with pytest.raises(stripe.IdempotencyError):
        shop.sdk.v1.refunds.create({"charge": "ch_nothing"}, keyed("one-key"))
    assert sessions.create(shop.wants(), keyed("other-key")).id != first.id


def test_of_ten_refunds_at_once_under_one_key_one_is_made(shop: Shop) -> None:
    intent = shop.sold().payment_intent
    wish: Any = {"payment_intent": intent.id, "amount": 1_000}
    with ThreadPoolExecutor(10) as many:
        made = list(many.map(lambda _: shop.sdk.v1.refunds.create(wish, keyed("refund-once")), range(10)))
    assert len({one.id for one in made}) == 1
    assert len(shop.sdk.v1.refunds.list({"payment_intent": intent.id}).data) == 1


def test_a_refusal_is_remembered_under_its_key_but_a_typing_mistake_is_not(shop: Shop) -> None:
    intent = shop.sold().payment_intent
    wish: Any = {"payment_intent": intent.id, "amount": 120_001}
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
            shop.sdk.v1.refunds.create(wish, keyed("too-much"))
    with pytest.raises(stripe.IdempotencyError):
        shop.sdk.v1.refunds.create(wish | {"amount": 1}, keyed("too-much"))
    with pytest.raises(stripe.InvalidRequestError, match="unknown parameter"):
        shop.sdk.v1.refunds.create(wish | {"colour": "red"}, keyed("mistyped"))
    assert shop.sdk.v1.refunds.create(wish | {"amount": 1}, keyed("mistyped")).amount == 1


def test_a_key_is_forgotten_after_a_day(shop: Shop) -> None:
    sessions = shop.sdk.v1.checkout.sessions
    first = sessions.create(shop.wants(), keyed("day-key"))
    shop.move_clock(timedelta(hours=24, minutes=1))
    assert sessions.create(shop.wants(), keyed("day-key")).id != first.id


@pytest.mark.parametrize(("trouble", "error"), [("broken", stripe.APIError), ("busy", stripe.RateLimitError)])
def test_a_broken_or_busy_provider_does_nothing_for_as_many_calls_as_ordered(
    shop: Shop, trouble: str, error: type[Exception]
) -> None:
    before = shop.sell().id
    shop.control("faults", trouble=trouble, calls=2)
    for _ in range(2):
        with pytest.raises(error):
            shop.sell()
    assert shop.sdk.v1.checkout.sessions.list({"limit": 1}).data[0].id == before


def test_a_provider_that_times_out_answers_late_and_has_done_nothing(shop: Shop) -> None:
    before = shop.sell().id
    shop.control("faults", trouble="time_out", milliseconds=200)
    started = time.monotonic()
    with pytest.raises(stripe.APIError):
        shop.sell()
    assert time.monotonic() - started >= 0.2
    assert shop.sdk.v1.checkout.sessions.list({"limit": 1}).data[0].id == before


def test_a_lost_reply_leaves_the_work_done_and_the_key_finds_it(shop: Shop) -> None:
    hasty = stripe.StripeClient(
        API_KEY, base_addresses={"api": shop.base}, http_client=stripe.RequestsClient(timeout=0.3)
    )
    shop.control("faults", trouble="reply_lost", milliseconds=1_000)
    with pytest.raises(stripe.APIConnectionError):
        hasty.v1.checkout.sessions.create(shop.wants(), keyed("lost"))
    done = shop.sdk.v1.checkout.sessions.list({"limit": 1}).data[0]
    assert hasty.v1.checkout.sessions.create(shop.wants(), keyed("lost")).id == done.id


@pytest.mark.parametrize(
    ("what", "given"),
    [("faults", {"trouble": "rain"}), ("faults", {}), ("post", {"copies": "0"}), ("post", {"speed": "1"})],
)
def test_controls_refuse_what_they_do_not_know(shop: Shop, what: str, given: dict[str, str]) -> None:
    answer = shop.browser.post(f"/_sandbox/{what}", data=given, headers=shop.key)
    assert answer.status_code == 400
