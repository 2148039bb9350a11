"""`expand`: ids in an answer replaced by the objects they name, up to four levels deep."""

from typing import Any

from mentorhub.sandbox.errors import ApiError
from mentorhub.sandbox.store import Book, Json

_KINDS = {
    "payment_intent": "payment_intent",
    "latest_charge": "charge",
    "charge": "charge",
    "balance_transaction": "balance_transaction",
    "payment_method": "payment_method",
    "source_transaction": "charge",
}


def expand(book: Book, answer: Json, paths: list[str]) -> Json:
    """Replace what each path names; raises ApiError when it names nothing that can be expanded."""
    for path in paths:
        names = path.split(".")
        if len(names) > 4 + (names[0] == "data"):
            raise ApiError(400, "You cannot expand more than 4 levels of a property.", param="expand")
        _walk(book, answer, names, path)
    return answer


def _walk(book: Book, thing: Any, names: list[str], path: str) -> None:
    if not names or not isinstance(thing, dict):
        return
    name, rest = names[0], names[1:]
    if name == "data" and thing.get("object") == "list":
        for one in thing["data"]:
            _walk(book, one, rest, path)
        return
    if name == "line_items" and thing.get("object") == "checkout.session":
        thing["line_items"] = line_items(book, thing["id"])
        return
    if name not in thing or name not in _KINDS:
        raise ApiError(400, f"This property cannot be expanded ({path}).", param="expand")
    if isinstance(thing[name], str):
        thing[name] = book.get(_KINDS[name], thing[name])
    _walk(book, thing[name], rest, path)


def line_items(book: Book, session_id: str) -> Json:
    """The lines of a checkout, as a list of the provider; the checkout is theirs by its id."""
    kept = book.get("checkout.lines", f"{session_id}.lines")
    url = f"/v1/checkout/sessions/{session_id}/line_items"
    return {"object": "list", "url": url, "has_more": False, "data": kept["data"]}
