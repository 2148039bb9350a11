"""Identifiers of the provider: a prefix that says what it is, and enough chance that nobody guesses one."""

import secrets
import string

_LETTERS = string.ascii_letters + string.digits


def new_name(prefix: str, *, length: int = 24) -> str:
    """A fresh identifier such as `pi_3Kx…`."""
    return f"{prefix}_" + "".join(secrets.choice(_LETTERS) for _ in range(length))
