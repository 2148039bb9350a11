"""The page where the buyer types a card: every test card, every mistake, and what must not be kept."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import stripe
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from mentorhub.sandbox import create_app
from tests.payment_sandbox import ASKS_THE_BANK, DECLINED, PAYS, Shop


def page(shop: Shop, session: stripe.checkout.Session, rest: str = "") -> str:
    return shop.browser.get(f"/checkout/pay/{session.id}{rest}").text


def value_of(html: str, field: str) -> str:
    tag = re.search(rf'<input [^>]*id="{field}"[^>]*>', html)
    assert tag, f"no field {field}"
    found = re.search(r' value="([^"]*)"', tag[0])
    return found[1] if found else ""


def alert_of(html: str) -> str:
    found = re.search(r'role="alert">.*?<p>(.*?)</p>', html, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]) if found else ""


def test_the_page_shows_what_is_paid_how_much_and_that_it_is_test_money(shop: Shop) -> None:
    price = {"currency": "inr", "unit_amount": 120_000}
    first = price | {"product_data": {"name": "CV review <b>", "description": "Tue 24 Nov, 14:30"}}
    second = price | {"product_data": {"name": "Mock interview"}}
    session = shop.sell(line_items=[{"price_data": first}, {"price_data": second, "quantity": 2}])
    html = page(shop, session)
    for words in (
        "CV review &lt;b&gt;",
        "Tue 24 Nov, 14:30",
        "Mock interview × 2",
        "₹3,600.00",
        "Test money.",
    ):
        assert words in html
    assert value_of(html, "email") == "riya@example.org"
    assert 'href="http://shop.example/cart"' in html
    assert "4242 4242 4242 4242" in html


def test_a_good_card_pays_and_leads_back_to_the_shop(shop: Shop) -> None:
    session = shop.sell()
    answer = shop.type_card(session.id, PAYS)
    assert (answer.status_code, answer.headers["location"]) == (303, session.success_url)
    found = shop.look(session.id)
    charge = found.payment_intent.latest_charge
    assert (found.status, found.payment_status, found.url) == ("complete", "paid", None)
    assert (found.payment_intent.status, found.payment_intent.amount_received) == ("succeeded", 120_000)
    assert (charge.paid, charge.captured, charge.payment_method_details.card.last4) == (True, True, "4242")
    assert (charge.balance_transaction.fee, charge.balance_transaction.net) == (2_800, 117_200)
    assert (found.customer_details.email, found.customer_details.name) == ("riya@example.org", "Riya Patil")


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (DECLINED, "card_declined", "Your bank declined this card."),
        ("4000 0000 0000 9995", "card_declined", "Your bank declined this card: not enough funds."),
        ("4000 0000 0000 0069", "expired_card", "Your bank declined this card: it has expired."),
        ("4000 0000 0000 0127", "incorrect_cvc", "Your bank declined this card: the security code is wrong."),
        ("4111 1111 1111 1111", "card_declined", "Only test cards work here, because this is test money."),
    ],
)
def test_a_refused_card_stays_on_the_page_with_the_reason_and_the_next_one_pays(
    shop: Shop, number: str, code: str, words: str
) -> None:
    session = shop.sell(customer_email="someone@example.org")
    answer = shop.type_card(session.id, number, email="other@example.org", holder="R. Patil", expiry="0839")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/checkout/pay/{session.id}")
    html = page(shop, session)
    assert alert_of(html).startswith(words)
    kept = [value_of(html, name) for name in ("email", "holder", "expiry", "number", "code")]
    assert kept == ["other@example.org", "R. Patil", "08 / 39", "", ""]
    intent = shop.look(session.id).payment_intent
    assert (intent.status, intent.last_payment_error.code) == ("requires_payment_method", code)
    assert intent.latest_charge.status == "failed"
    assert shop.type_card(session.id, PAYS).headers["location"] == session.success_url
    assert shop.look(session.id).payment_intent.id == intent.id


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": "4242 4242 4242 4241"}, "This card number is not complete or has a typing mistake."),
        ({"number": "4242"}, "This card number is not complete or has a typing mistake."),
        ({"expiry": "13 / 39"}, "Please write month and year, for example 04 / 29."),
        ({"expiry": "01 / 20"}, "This card has expired."),
        ({"code": "12"}, "The security code has 3 or 4 digits."),
        ({"email": "riya"}, "Please write an email address, such as name@example.org."),
        ({"holder": "  "}, "Please write the name on the card."),
    ],
)
def test_a_typing_mistake_is_told_beside_its_field_and_nothing_is_tried(
    shop: Shop, changes: dict[str, str], words: str
) -> None:
    session = shop.sell()
    form = {"number": PAYS} | changes
    answer = shop.type_card(session.id, **form)
    field = next(iter(changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert re.search(rf'id="{field}"[^>]*aria-describedby="{field}-error"', answer.text)
    assert (value_of(answer.text, "number"), value_of(answer.text, "code")) == ("", "")
    assert shop.look(session.id).payment_intent is None


def test_the_bank_may_ask_and_be_told_yes(shop: Shop) -> None:
    session = shop.sell()
    answer = shop.type_card(session.id, ASKS_THE_BANK)
    assert answer.headers["location"] == f"/checkout/pay/{session.id}/bank"
    assert "card ending in 3184" in page(shop, session, "/bank")
    assert shop.look(session.id).payment_intent.status == "requires_action"
    told = shop.browser.post(f"/checkout/pay/{session.id}/bank", data={"answer": "approve"})
    assert told.headers["location"] == session.success_url
    assert shop.look(session.id).payment_status == "paid"


def test_the_bank_may_ask_and_be_told_no_and_another_card_still_pays(shop: Shop) -> None:
    session = shop.sell()
    shop.type_card(session.id, ASKS_THE_BANK)
    told = shop.browser.post(f"/checkout/pay/{session.id}/bank", data={"answer": "refuse"})
    assert told.headers["location"] == f"/checkout/pay/{session.id}"
    assert alert_of(page(shop, session)).startswith("Your bank did not confirm this payment.")
    assert page(shop, session, "/bank") == ""
    shop.browser.post(f"/checkout/pay/{session.id}/bank", data={"answer": "approve"})
    assert shop.look(session.id).payment_status == "unpaid"
    assert shop.type_card(session.id, PAYS).headers["location"] == session.success_url


def test_of_ten_clicks_on_pay_exactly_one_takes_money_and_all_lead_to_the_shop(shop: Shop) -> None:
    session = shop.sell()
    with ThreadPoolExecutor(10) as clicks:
        answers = list(clicks.map(lambda _: shop.type_card(session.id, PAYS), range(10)))
    assert {answer.headers["location"] for answer in answers} == {session.success_url}
    intent = shop.look(session.id).payment_intent
    assert len(shop.sdk.v1.charges.list({"payment_intent": intent.id}).data) == 1


def test_the_form_of_a_paid_checkout_leads_to_the_shop_whatever_is_typed(shop: Shop) -> None:
    session = shop.sold()
    for number in (PAYS, DECLINED, "4242"):
        assert shop.type_card(session.id, number).headers["location"] == session.success_url


def test_a_paid_and_an_unknown_checkout_say_so(shop: Shop) -> None:
    paid = shop.browser.get(f"/checkout/pay/{shop.sold().id}")
    assert (paid.status_code, "This is paid" in paid.text) == (200, True)
    unknown = shop.browser.get("/checkout/pay/cs_test_nothing")
    assert (unknown.status_code, "We do not know this payment" in unknown.text) == (404, True)
    assert shop.type_card("cs_test_nothing", PAYS).status_code == 404


def test_neither_the_file_nor_the_output_ever_holds_a_card_number_or_code(shop: Shop) -> None:
    session = shop.sell()
    for number in (DECLINED, "4242424242424241", ASKS_THE_BANK, PAYS):
        shop.type_card(session.id, number, code="9876")
    kept = b"".join(path.read_bytes() for path in shop.folder.iterdir())
    assert b"4242" in kept
    for number in (DECLINED, ASKS_THE_BANK, PAYS, "4242424242424241"):
        assert number.encode() not in kept
        assert number.replace(" ", "").encode() not in kept
    assert b'"9876"' not in kept
    assert b"code=9876" not in kept


def test_the_page_may_run_no_script_and_send_its_form_only_here_and_to_the_shop(shop: Shop) -> None:
    headers = shop.browser.get(f"/checkout/pay/{shop.sell().id}").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["form-action"] == "'self' http://shop.example"
    assert (policy["style-src"], "script-src" in policy) == ("'self'", False)
    assert headers["cache-control"] == "no-store"


def test_a_form_too_large_for_a_card_is_not_read(shop: Shop) -> None:
    session = shop.sell()
    answer = shop.type_card(session.id, PAYS, holder="x" * 10_000)
    assert answer.status_code == 422
    assert shop.look(session.id).payment_intent is None


def test_mounted_under_a_path_every_link_of_the_page_stays_below_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("mounted")
    (folder / "fonts").mkdir()
    (folder / "fonts" / "inter.woff2").write_bytes(b"font")
    sandbox = create_app(
        database=folder / "sandbox.db",
        api_key="sk_test_mounted",
        webhook_url=None,
        webhook_secret="whsec_mounted",
        public_base="http://testserver/sandbox/",
        fonts=folder / "fonts",
    )
    wants = {
        "mode": "payment",
        "success_url": "http://testserver/paid",
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": "6000",
        "line_items[0][price_data][product_data][name]": "Portfolio review",
    }
    with TestClient(Starlette(routes=[Mount("/sandbox", sandbox)]), follow_redirects=False) as browser:
        made = browser.post("/sandbox/v1/checkout/sessions", data=wants, auth=("sk_test_mounted", "")).json()
        assert made["url"] == f"http://testserver/sandbox/checkout/pay/{made['id']}"
        html = browser.get(made["url"]).text
        links = set(re.findall(r'(?:href|action)="([^"#][^"]*)"', html)) - {"data:,"}
        assert all(link.startswith("/sandbox/checkout/") for link in links), links
        for link in links - {f"/sandbox/checkout/pay/{made['id']}"}:
            assert browser.get(link).status_code == 200
        assert browser.get("/sandbox/checkout/fonts/inter.woff2").content == b"font"
        form = {"email": "a@example.org", "holder": "A", "number": DECLINED, "expiry": "04/39", "code": "123"}
        answer = browser.post(made["url"], data=form)
        assert answer.headers["location"] == f"/sandbox/checkout/pay/{made['id']}"


def test_the_page_says_how_long_it_can_be_used(shop: Shop) -> None:
    session = shop.sell(expires_at=shop.now + 31 * 60)
    assert re.search(r"for another 3[01] minutes", page(shop, session))
    assert "for another 24 hours" in page(shop, shop.sell())
    shop.move_clock(timedelta(minutes=30))
    assert "for another 1 minute." in page(shop, session)
