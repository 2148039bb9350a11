"""Events: what happened, with the object as it was then; each is also posted to the webhook's address."""

import json
from time import time
from typing import Any

from mentorhub.sandbox.lists import page
from mentorhub.sandbox.names import new_name
from mentorhub.sandbox.operation import Operation
from mentorhub.sandbox.parameters import PAGING, group, listing, text
from mentorhub.sandbox.store import Book, Json

API_VERSION = "2026-10-28.endive"


def emit(book: Book, kind: str, thing: Json) -> None:
    """Record that `kind` happened to `thing`, and let its notice leave once the transaction is kept."""
    event: Json = {
        "id": new_name("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": book.now,
        "data": {"object": json.loads(json.dumps(thing))},
        "livemode": False,
        "pending_webhooks": 1 if book.house.webhook_url else 0,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
    book.add(event)
    if book.house.webhook_url:
        post = book.house.mischief.take_post()
        # Travel time is real time, whatever the provider's clock shows.
        rows = [(event["id"], time() + post.delay)] * post.copies
        book.link.executemany("INSERT INTO delivery (event_id, due) VALUES (?, ?)", rows)


def _list(book: Book, given: Json, _: dict[str, str]) -> Json:
    kinds = given.get("types", []) + ([given["type"]] if "type" in given else [])
    where, values = "", ()
    if kinds:
        where = f"AND json_extract(body, '$.type') IN ({', '.join('?' * len(kinds))})"
        values = tuple(kinds)
    return page(book, "event", "/v1/events", given, where, values)


def _retrieve(book: Book, _: Json, path: dict[str, str]) -> Json:
    return book.get("event", path["id"])


_LIST: dict[str, Any] = {**PAGING, "type": text(), "types": listing(text(), most=20)}

OPERATIONS = (
    Operation("GET", "/v1/events", group(_LIST), _list),
    Operation("GET", "/v1/events/{id}", group({}), _retrieve),
)
