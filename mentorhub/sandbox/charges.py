"""Charges: one attempt of a card, successful or not."""

from mentorhub.sandbox.balance_transactions import move
from mentorhub.sandbox.cards import Refusal
from mentorhub.sandbox.events import emit
from mentorhub.sandbox.lists import equal, page
from mentorhub.sandbox.names import new_name
from mentorhub.sandbox.operation import Operation
from mentorhub.sandbox.parameters import PAGING, group, text
from mentorhub.sandbox.store import Book, Json

_APPROVED = {
    "advice_code": None,
    "network_advice_code": None,
    "network_decline_code": None,
    "network_status": "approved_by_network",
    "reason": None,
    "risk_level": "normal",
    "risk_score": 20,
    "seller_message": "Payment complete.",
    "type": "authorized",
}


def charge(book: Book, intent: Json, method: Json, *, refusal: Refusal | None = None) -> Json:
    """Try a card once; a success is captured at once unless the intent says manual."""
    captured = refusal is None and intent["capture_method"] != "manual"
    made = book.add(_new(book, intent, method))
    if refusal is None:
        made |= {"paid": True, "status": "succeeded", "outcome": _APPROVED}
    else:
        made |= {
            "failure_code": refusal.code,
            "failure_message": refusal.message,
            "outcome": _declined(refusal),
        }
    book.save(take(book, made, intent["amount"]) if captured else made)
    emit(book, "charge.failed" if refusal else "charge.succeeded", made)
    return made


def take(book: Book, made: Json, amount: int) -> Json:
    """Move the money of an approved charge, and put its balance transaction beside it."""
    moved = move(book, "charge", amount=amount, currency=made["currency"], source=made["id"])
    return made | {"captured": True, "amount_captured": amount, "balance_transaction": moved["id"]}


def _declined(refusal: Refusal) -> Json:
    return _APPROVED | {
        "network_status": "declined_by_network",
        "reason": refusal.decline_code,
        "seller_message": "The bank returned the decline code `" + refusal.decline_code + "`.",
        "type": "issuer_declined",
    }


_UNUSED = (
    "application",
    "application_fee",
    "application_fee_amount",
    "balance_transaction",
    "customer",
    "failure_balance_transaction",
    "failure_code",
    "failure_message",
    "on_behalf_of",
    "outcome",
    "receipt_number",
    "receipt_url",
    "review",
    "shipping",
    "source_transfer",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_data",
)
"""What the published object has and this sandbox never fills."""


def _new(book: Book, intent: Json, method: Json) -> Json:
    card = method["card"]
    kept = (
        "brand",
        "checks",
        "country",
        "exp_month",
        "exp_year",
        "funding",
        "last4",
        "regulated_status",
        "wallet",
    )
    details = {name: card[name] for name in kept}
    details |= {"amount_authorized": intent["amount"], "network": card["brand"], "three_d_secure": None}
    return dict.fromkeys(_UNUSED) | {
        "id": new_name("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "MENTORHUB",
        "captured": False,
        "created": book.now,
        "currency": intent["currency"],
        "description": intent["description"],
        "disputed": False,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "paid": False,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {"card": details, "type": "card"},
        "receipt_email": intent["receipt_email"],
        "refunded": False,
        "status": "failed",
        "transfer_group": intent["transfer_group"],
    }


def _list(book: Book, given: Json, _: dict[str, str]) -> Json:
    where, values = equal(payment_intent=given.get("payment_intent"), transfer_group=given.get("transfer_group"))
    return page(book, "charge", "/v1/charges", given, where, values)


def _retrieve(book: Book, _: Json, path: dict[str, str]) -> Json:
    return book.get("charge", path["id"])


OPERATIONS = (
    Operation("GET", "/v1/charges", group({**PAGING, "payment_intent": text(), "transfer_group": text()}), _list),
    Operation("GET", "/v1/charges/{id}", group({}), _retrieve),
)
