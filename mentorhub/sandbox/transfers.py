"""Transfers: a mentor's share sent on from the platform's balance."""

from mentorhub.sandbox.balance_transactions import move
from mentorhub.sandbox.events import emit
from mentorhub.sandbox.lists import equal, page
from mentorhub.sandbox.names import new_name
from mentorhub.sandbox.operation import Operation
from mentorhub.sandbox.parameters import PAGING, currency, group, integer, metadata, text
from mentorhub.sandbox.store import Book, Json


def _create(book: Book, given: Json, _: dict[str, str]) -> Json:
    if "source_transaction" in given:
        book.get("charge", given["source_transaction"], param="source_transaction")
    made = new_name("tr")
    moved = move(book, "transfer", amount=-given["amount"], currency=given["currency"], source=made)
    reversals = {"object": "list", "data": [], "has_more": False, "url": f"/v1/transfers/{made}/reversals"}
    transfer = book.add(
        {
            "id": made,
            "object": "transfer",
            "amount": given["amount"],
            "amount_reversed": 0,
            "balance_transaction": moved["id"],
            "created": book.now,
            "currency": given["currency"],
            "description": given.get("description"),
            "destination": given["destination"],
            "livemode": False,
            "metadata": given.get("metadata", {}),
            "reversals": reversals,
            "reversed": False,
            "source_transaction": given.get("source_transaction"),
            "source_type": "card",
            "transfer_group": given.get("transfer_group"),
        }
    )
    emit(book, "transfer.created", transfer)
    return transfer


def _list(book: Book, given: Json, _: dict[str, str]) -> Json:
    where, values = equal(destination=given.get("destination"), transfer_group=given.get("transfer_group"))
    return page(book, "transfer", "/v1/transfers", given, where, values)


def _retrieve(book: Book, _: Json, path: dict[str, str]) -> Json:
    return book.get("transfer", path["id"])


_CREATE = {
    "amount": integer(least=1),
    "currency": currency,
    "destination": text(longest=200),
    "description": text(longest=1_000),
    "metadata": metadata,
    "source_transaction": text(longest=200),
    "transfer_group": text(longest=200),
}

OPERATIONS = (
    Operation("POST", "/v1/transfers", group(_CREATE, needed=("amount", "currency", "destination")), _create),
    Operation("GET", "/v1/transfers", group({**PAGING, "destination": text(), "transfer_group": text()}), _list),
    Operation("GET", "/v1/transfers/{id}", group({}), _retrieve),
)
