"""Parameters of a call: the bracketed form encoding read into a tree, and checked against a shape.

What the shape does not name is refused, as the provider does, so that a typing mistake shows at once.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

from mentorhub.sandbox.errors import ApiError

Field = Callable[[str, Any], Any]
"""Checks the value found at a path and returns it converted; raises ApiError."""

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PART = re.compile(r"\[([^\[\]]*)\]")
_INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)


def read(encoded: str) -> dict[str, Any]:
    """Read `a[b][0]=c` into nested dictionaries; a list is a dictionary of positions until it is checked."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        _place(tree, name, value)
    return tree


def _place(tree: dict[str, Any], name: str, value: str) -> None:
    found = _NAME.fullmatch(name)
    if not found:
        raise ApiError(400, f"Invalid parameter name: {name[:80]}", code="parameter_unknown")
    parts = [found[1], *_PART.findall(found[2])]
    for part in parts[:-1]:
        tree = tree.setdefault(part or str(len(tree)), {})
        if not isinstance(tree, dict):
            raise ApiError(400, f"Invalid object: {name[:80]}", param=parts[0])
    tree[parts[-1] or str(len(tree))] = value


def _invalid(path: str, wanted: str) -> ApiError:
    return ApiError(400, f"Invalid {wanted}: {path}", param=path, code=f"parameter_invalid_{wanted}")


def text(*, longest: int = 5_000) -> Field:
    """Words of at most `longest` characters, not empty."""

    def check(path: str, value: Any) -> str:
        if not isinstance(value, str):
            raise _invalid(path, "string")
        if not value:
            raise ApiError(400, f"You passed an empty string for '{path}'.", param=path, code="parameter_invalid_empty")
        if len(value) > longest:
            raise ApiError(400, f"Invalid string: {path} is longer than {longest} characters", param=path)
        return value

    return check


def integer(*, least: int = 0, most: int = 99_999_999_999) -> Field:
    """A whole number between two bounds."""

    def check(path: str, value: Any) -> int:
        if not isinstance(value, str) or not _INTEGER.fullmatch(value):
            raise _invalid(path, "integer")
        if int(value) < least:
            raise ApiError(400, f"Invalid integer: {path} must be at least {least}", param=path)
        if int(value) > most:
            raise ApiError(400, f"Invalid integer: {path} must be at most {most}", param=path)
        return int(value)

    return check


def choice(*words: str) -> Field:
    """One of the words."""

    def check(path: str, value: Any) -> str:
        if value not in words:
            raise ApiError(400, f"Invalid {path}: must be one of {', '.join(words)}", param=path)
        return str(value)

    return check


def group(fields: dict[str, Field], *, needed: Iterable[str] = ()) -> Field:
    """A set of named fields; a name outside it and a missing needed one are refused."""

    def check(path: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _invalid(path, "object")
        at = {name: f"{path}[{name}]" if path else name for name in [*value, *needed]}
        for name in value:
            if name not in fields:
                message = f"Received unknown parameter: {at[name]}"
                raise ApiError(400, message, param=at[name], code="parameter_unknown")
        for name in needed:
            if name not in value:
                message = f"Missing required param: {at[name]}."
                raise ApiError(400, message, param=at[name], code="parameter_missing")
        return {name: fields[name](at[name], one) for name, one in value.items()}

    return check


def listing(of: Field, *, most: int = 100) -> Field:
    """A list, in the order of its positions."""

    def check(path: str, value: Any) -> list[Any]:
        if not isinstance(value, dict) or not all(name.isdecimal() for name in value):
            raise _invalid(path, "array")
        if len(value) > most:
            raise ApiError(400, f"Invalid array: {path} has more than {most} items", param=path)
        return [of(f"{path}[{name}]", value[name]) for name in sorted(value, key=int)]

    return check


def metadata(path: str, value: Any) -> dict[str, str]:
    """At most 50 pairs of a key of 40 and a value of 500 characters."""
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise _invalid(path, "object")
    if len(value) > 50 or any(len(key) > 40 or len(one) > 500 for key, one in value.items()):
        raise ApiError(400, "Metadata holds at most 50 keys of 40 and values of 500 characters.", param=path)
    return {key: one for key, one in value.items() if one}


def address(path: str, value: Any) -> str:
    """An absolute http or https address."""
    url = str(text(longest=5_000)(path, value))
    if not url.startswith(("http://", "https://")):
        raise ApiError(400, "Not a valid URL", param=path, code="url_invalid")
    return url


def currency(path: str, value: Any) -> str:
    """A three-letter currency, in lower case as the provider writes it."""
    code = str(text(longest=3)(path, value)).lower()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise ApiError(400, f"Invalid currency: {code}", param=path)
    return code


_moment = integer()
CREATED = group({"gt": _moment, "gte": _moment, "lt": _moment, "lte": _moment})
PAGING: dict[str, Field] = {
    "limit": integer(least=1, most=100),
    "starting_after": text(longest=200),
    "ending_before": text(longest=200),
    "created": CREATED,
}
