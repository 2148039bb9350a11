"""Lists: newest first, in pages that continue after or before an object."""

from typing import Any

from mentorhub.sandbox.store import Book, Json

_SIGNS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def page(book: Book, kind: str, url: str, given: Json, where: str = "", values: tuple[Any, ...] = ()) -> Json:
    """One page of the objects of a kind, cut by `limit`, `created`, `starting_after` and `ending_before`."""
    clauses, bound, limit = [where], list(values), given.get("limit", 10)
    for name, moment in given.get("created", {}).items():
        clauses.append(f"AND created {_SIGNS[name]} ?")
        bound.append(moment)
    if "starting_after" in given:
        clauses.append("AND seq < ?")
        bound.append(book.position(kind, given["starting_after"], param="starting_after"))
    if "ending_before" in given:
        clauses.append("AND seq > ?")
        bound.append(book.position(kind, given["ending_before"], param="ending_before"))
    found = book.newest(kind, " ".join(clauses), tuple(bound), limit=-1 if "ending_before" in given else limit + 1)
    # The page before an object is the one that touches it, which is the end of what is newer.
    kept = found[-limit:] if "ending_before" in given else found[:limit]
    return {"object": "list", "url": url, "has_more": len(found) > len(kept), "data": kept}


def equal(**wanted: str | None) -> tuple[str, tuple[str, ...]]:
    """A condition on the objects' own fields, for those that were asked for."""
    asked = {name: value for name, value in wanted.items() if value is not None}
    return " ".join(f"AND json_extract(body, '$.{name}') = ?" for name in asked), tuple(asked.values())
