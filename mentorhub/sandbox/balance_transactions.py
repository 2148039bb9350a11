"""Balance transactions: each movement of the platform's money, with what the provider kept of it."""

from typing import Literal

from mentorhub.sandbox.amounts import charge_for
from mentorhub.sandbox.lists import equal, page
from mentorhub.sandbox.names import new_name
from mentorhub.sandbox.operation import Operation
from mentorhub.sandbox.parameters import PAGING, group, text
from mentorhub.sandbox.store import Book, Json


def move(book: Book, kind: Literal["charge", "refund", "transfer"], *, amount: int, currency: str, source: str) -> Json:
    """Book `amount` minor units in (or out, when negative); only a charge costs something."""
    fee = charge_for(amount, currency) if kind == "charge" else 0
    detail = {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Processing fees",
        "type": "stripe_fee",
    }
    return book.add(
        {
            "id": new_name("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": book.now,
            "balance_type": "payments",
            "created": book.now,
            "currency": currency,
            "description": None,
            "exchange_rate": None,
            "fee": fee,
            "fee_details": [detail] if fee else [],
            "net": amount - fee,
            "reporting_category": kind,
            "source": source,
            "status": "available",
            "type": kind,
        }
    )


def _list(book: Book, given: Json, _: dict[str, str]) -> Json:
    where, values = equal(type=given.get("type"), source=given.get("source"))
    return page(book, "balance_transaction", "/v1/balance_transactions", given, where, values)


def _retrieve(book: Book, _: Json, path: dict[str, str]) -> Json:
    return book.get("balance_transaction", path["id"])


OPERATIONS = (
    Operation("GET", "/v1/balance_transactions", group({**PAGING, "type": text(), "source": text()}), _list),
    Operation("GET", "/v1/balance_transactions/{id}", group({}), _retrieve),
)
