"""One call of the API: its method and path, the parameters it takes, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mentorhub.sandbox.parameters import Field
from mentorhub.sandbox.store import Book

Act = Callable[[Book, dict[str, Any], dict[str, str]], dict[str, Any]]
"""Takes the transaction, the checked parameters and the names in the path; returns the answer."""


@dataclass(frozen=True)
class Operation:
    """A call; `expand` is understood by every one of them and not part of `fields`."""

    method: str
    path: str
    fields: Field
    act: Act
