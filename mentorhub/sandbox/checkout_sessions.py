"""Checkout sessions: a bill with an address where its buyer pays it once, before it expires."""

from datetime import timedelta
from typing import Any

from mentorhub.sandbox import payment_intents
from mentorhub.sandbox.amounts import known
from mentorhub.sandbox.errors import ApiError, unexpected_state
from mentorhub.sandbox.events import emit
from mentorhub.sandbox.expansion import line_items
from mentorhub.sandbox.lists import equal, page
from mentorhub.sandbox.names import new_name
from mentorhub.sandbox.operation import Operation
from mentorhub.sandbox.parameters import (
    PAGING,
    address,
    choice,
    currency,
    group,
    integer,
    listing,
    metadata,
    text,
)
from mentorhub.sandbox.store import Book, Json

SHORTEST = timedelta(minutes=30)
LONGEST = timedelta(hours=24)
# The caller's clock may run a moment behind ours.
_GRACE = 60


def expire_overdue(book: Book) -> None:
    """Close the checkouts whose time is over, so that their notices leave."""
    overdue = "AND json_extract(body, '$.status') = 'open' AND json_extract(body, '$.expires_at') <= ?"
    for session in book.newest("checkout.session", overdue, (book.now,)):
        close(book, session)
    payment_intents.lapse_overdue(book)


def find(book: Book, session_id: str) -> Json | None:
    """A checkout as it stands now, its expiry included."""
    session = book.find("checkout.session", session_id)
    if session and session["status"] == "open" and session["expires_at"] <= book.now:
        close(book, session)
    if session and (intent := intent_of(book, session)):
        payment_intents.lapse(book, intent)
    return session


def intent_of(book: Book, session: Json) -> Json | None:
    """The payment intent of a checkout, once a card was tried."""
    return session["payment_intent"] and book.find("payment_intent", session["payment_intent"])


def close(book: Book, session: Json) -> None:
    """Let an open checkout expire, and the payment that was begun on it."""
    session |= {"status": "expired", "url": None}
    intent = intent_of(book, session)
    if intent and intent["status"] != "canceled":
        intent |= {"status": "canceled", "canceled_at": book.now, "cancellation_reason": "expired"}
        emit(book, "payment_intent.canceled", book.save(intent | {"next_action": None}))
    emit(book, "checkout.session.expired", book.save(session))


def _create(book: Book, given: Json, _: dict[str, str]) -> Json:
    lines = _priced(book, given["line_items"])
    total = sum(line["amount_total"] for line in lines)
    made = new_name("cs_test", length=40)
    expires_at = given.get("expires_at", book.now + int(LONGEST.total_seconds()))
    if not SHORTEST.total_seconds() - _GRACE <= expires_at - book.now <= LONGEST.total_seconds() + _GRACE:
        message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from now."
        raise ApiError(400, message, param="expires_at")
    session = _new(book, given, made, total, lines[0]["currency"]) | {"expires_at": expires_at}
    session["success_url"] = given["success_url"].replace("{CHECKOUT_SESSION_ID}", made)
    book.add(session)
    wishes = given.get("payment_intent_data", {})
    details = [line["price_data"]["product_data"].get("description", "") for line in given["line_items"]]
    kept = {"id": f"{made}.lines", "object": "checkout.lines", "created": book.now, "data": lines}
    book.add(kept | {"details": details, "payment_intent_data": wishes})
    return session


def _priced(book: Book, wanted: list[Json]) -> list[Json]:
    currencies = {line["price_data"]["currency"] for line in wanted}
    if len(currencies) > 1:
        raise ApiError(400, "All line items must have the same currency.", param="line_items")
    for code in currencies:
        if not known(code):
            raise ApiError(400, f"Invalid currency: {code}.", param="line_items[0][price_data][currency]")
    if not sum(line["price_data"]["unit_amount"] * line.get("quantity", 1) for line in wanted):
        message = "The Checkout Session's total amount due must be more than zero."
        raise ApiError(400, message, code="amount_too_small", param="line_items")
    return [_line(book, line["price_data"], line.get("quantity", 1)) for line in wanted]


def _line(book: Book, price: Json, quantity: int) -> Json:
    amount = price["unit_amount"] * quantity
    kept = {
        "id": new_name("price"),
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": book.now,
        "currency": price["currency"],
        "livemode": False,
        "metadata": {},
        "nickname": None,
        "product": new_name("prod", length=14),
        "recurring": None,
        "type": "one_time",
        "unit_amount": price["unit_amount"],
        "unit_amount_decimal": str(price["unit_amount"]),
    }
    return {
        "id": new_name("li"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": price["currency"],
        "description": price["product_data"]["name"],
        "metadata": {},
        "price": kept,
        "quantity": quantity,
    }


_UNUSED = (
    "allow_promotion_codes",
    "billing_address_collection",
    "client_secret",
    "consent",
    "consent_collection",
    "customer",
    "customer_details",
    "invoice",
    "payment_intent",
    "payment_link",
    "recovered_from",
    "setup_intent",
    "shipping_address_collection",
    "shipping_cost",
    "subscription",
)
"""What the published object has and this sandbox never fills."""


def _new(book: Book, given: Json, made: str, total: int, code: str) -> Json:
    off: dict[str, Any] = {"enabled": False}
    return dict.fromkeys(_UNUSED) | {
        "id": made,
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": off | {"liability": None, "provider": None, "status": None},
        "cancel_url": given.get("cancel_url"),
        "client_reference_id": given.get("client_reference_id"),
        "created": book.now,
        "currency": code,
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        "customer_creation": "if_required",
        "customer_email": given.get("customer_email"),
        "discounts": [],
        "livemode": False,
        "locale": given.get("locale"),
        "metadata": given.get("metadata", {}),
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "phone_number_collection": off,
        "shipping_options": [],
        "status": "open",
        "submit_type": given.get("submit_type"),
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{book.house.public_base}/checkout/pay/{made}",
    }


def _open_or_closed(book: Book, path: dict[str, str]) -> Json:
    session = find(book, path["id"])
    return session or book.get("checkout.session", path["id"], param="session")


def _retrieve(book: Book, _: Json, path: dict[str, str]) -> Json:
    return _open_or_closed(book, path)


def _expire(book: Book, _: Json, path: dict[str, str]) -> Json:
    session = _open_or_closed(book, path)
    if session["status"] != "open":
        message = f"Only Checkout Sessions with a status in [open] can be expired, this one is {session['status']}."
        raise unexpected_state(message)
    close(book, session)
    return session


def _list(book: Book, given: Json, _: dict[str, str]) -> Json:
    expire_overdue(book)
    where, values = equal(payment_intent=given.get("payment_intent"), status=given.get("status"))
    return page(book, "checkout.session", "/v1/checkout/sessions", given, where, values)


def _lines(book: Book, _: Json, path: dict[str, str]) -> Json:
    return line_items(book, _open_or_closed(book, path)["id"])


_PRODUCT = group({"name": text(longest=250), "description": text(longest=500)}, needed=("name",))
_PRICE = group(
    {"currency": currency, "unit_amount": integer(), "product_data": _PRODUCT},
    needed=("currency", "unit_amount", "product_data"),
)
_LINE = group({"price_data": _PRICE, "quantity": integer(least=1, most=999)}, needed=("price_data",))
_INTENT = group(
    {
        "capture_method": choice("automatic", "automatic_async", "manual"),
        "description": text(longest=1_000),
        "metadata": metadata,
        "receipt_email": text(longest=320),
        "transfer_group": text(longest=200),
    }
)
_CREATE = {
    "mode": choice("payment"),
    "line_items": listing(_LINE),
    "success_url": address,
    "cancel_url": address,
    "client_reference_id": text(longest=200),
    "customer_email": text(longest=320),
    "expires_at": integer(),
    "locale": choice("auto", "en", "en-GB"),
    "metadata": metadata,
    "payment_intent_data": _INTENT,
    "payment_method_types": listing(choice("card")),
    "submit_type": choice("auto", "book", "pay"),
}
_SESSIONS = "/v1/checkout/sessions"

OPERATIONS = (
    Operation("POST", _SESSIONS, group(_CREATE, needed=("mode", "line_items", "success_url")), _create),
    Operation(
        "GET",
        _SESSIONS,
        group({**PAGING, "payment_intent": text(), "status": choice("open", "complete", "expired")}),
        _list,
    ),
    Operation("GET", f"{_SESSIONS}/{{id}}", group({}), _retrieve),
    Operation("POST", f"{_SESSIONS}/{{id}}/expire", group({}), _expire),
    Operation("GET", f"{_SESSIONS}/{{id}}/line_items", group(PAGING), _lines),
)
