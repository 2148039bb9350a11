"""Notices of events: signed, tried again until taken, carried over a restart, sometimes twice or never."""

from collections.abc import Callable
from pathlib import Path

import pytest
import stripe

from mentorhub.sandbox.signature import sign
from tests.payment_sandbox import PAYS, WEBHOOK_SECRET, Inbox, Shop, running

OF_A_SALE = {
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
}


def types_of(session: stripe.checkout.Session) -> Callable[[list[stripe.Event]], list[str]]:
    """Picks the types of the events of one sale."""
    intent = session.payment_intent.id
    charge = session.payment_intent.latest_charge.id
    names = {session.id, intent, charge}
    return lambda events: sorted(event.type for event in events if event.data.object.id in names)


def test_a_sale_is_told_by_four_signed_events(shop: Shop, inbox: Inbox) -> None:
    told = types_of(shop.sold())
    assert told(inbox.wait_for(lambda events: set(told(events)) == OF_A_SALE)) == sorted(OF_A_SALE)


def test_an_event_shows_its_object_as_it_was_then(shop: Shop, inbox: Inbox) -> None:
    session = shop.sold()
    shop.sdk.v1.refunds.create({"payment_intent": session.payment_intent.id})
    done = shop.sdk.v1.events.list({"type": "charge.succeeded", "limit": 1}).data[0]
    assert done.data.object.amount_refunded == 0
    assert shop.sdk.v1.events.retrieve(done.id).id == done.id
    both = shop.sdk.v1.events.list({"types": ["charge.refunded", "refund.created"], "limit": 2}).data
    assert {one.type for one in both} == {"charge.refunded", "refund.created"}


def test_a_refused_notice_comes_again_until_it_is_taken_and_then_no_more(shop: Shop, inbox: Inbox) -> None:
    inbox.refuse = 4
    first = types_of(shop.sold())
    assert set(first(inbox.wait_for(lambda events: len(first(events)) == 8))) == OF_A_SALE
    inbox.refuse = 1
    second = types_of(shop.sold())
    # The second sale's notice comes again a second later: time enough for the first sale's to be repeated.
    events = inbox.wait_for(lambda events: len(second(events)) == 5)
    assert len(first(events)) == 8


def test_it_can_be_seen_what_was_delivered_and_what_waits(shop: Shop, inbox: Inbox) -> None:
    session = shop.sold()
    told = types_of(session)
    events = inbox.wait_for(lambda events: len(told(events)) == 4)
    names = [event.id for event in events if event.data.object.id == session.id]
    shop.control("post", delay_milliseconds=3_600_000)
    late = shop.sold()
    kept = shop.browser.get("/_sandbox/deliveries", headers=shop.key).json()["data"]
    states = {one["event"]: (one["state"], one["attempts"]) for one in kept}
    assert states[names[0]] in {("taken", 1), ("waiting", 0)}
    assert [one["state"] for one in kept][-4:] == ["waiting"] * 4
    assert late.payment_status == "paid"


def test_a_notice_can_be_ordered_late_twice_or_never(shop: Shop, inbox: Inbox) -> None:
    shop.control("post", copies=2)
    twice = types_of(shop.sold())
    inbox.wait_for(lambda events: len(twice(events)) == 8)
    shop.control("post", drop=3)
    dropped = types_of(shop.sold())
    inbox.wait_for(lambda events: dropped(events) == ["checkout.session.completed"])
    shop.control("post", delay_milliseconds=3_600_000)
    late = types_of(shop.sold())
    shop.control("post")
    after = types_of(shop.sold())
    assert late(inbox.wait_for(lambda events: len(after(events)) == 4)) == []


def test_a_restart_forgets_nothing_and_goes_on_delivering(tmp_path: Path) -> None:
    inbox = Inbox()
    with running(tmp_path, webhook_url=inbox.url) as shop:
        session = shop.sell()
        paid = shop.sold()
        first = shop.sdk.v1.refunds.create({"payment_intent": paid.payment_intent.id}, {"idempotency_key": "r"})
    with inbox.open(), running(tmp_path, webhook_url=inbox.url) as shop:
        told = types_of(paid)
        inbox.wait_for(lambda events: set(told(events)) >= OF_A_SALE)
        assert shop.look(paid.id).payment_intent.latest_charge.refunded
        again = shop.sdk.v1.refunds.create({"payment_intent": paid.payment_intent.id}, {"idempotency_key": "r"})
        assert again.id == first.id
        assert shop.type_card(session.id, PAYS).headers["location"] == session.success_url


def test_a_notice_changed_on_the_way_or_signed_by_another_is_not_believed() -> None:
    body = b'{"id": "evt_1", "object": "event"}'
    good = sign(body, WEBHOOK_SECRET, at=1_800_000_000)
    check = stripe.WebhookSignature.verify_header
    assert check(body, good, WEBHOOK_SECRET)
    for wrong_body, header in ((body + b" ", good), (body, sign(body, "whsec_other", at=1_800_000_000))):
        with pytest.raises(stripe.SignatureVerificationError):
            check(wrong_body, header, WEBHOOK_SECRET)
