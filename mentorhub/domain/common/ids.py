"""Identifiers: random, unguessable, sortable by nothing."""

import hashlib
import secrets
from uuid import UUID, uuid4


def new_id() -> UUID:
    """A fresh random identifier for a row."""
    return uuid4()


def new_secret() -> str:
    """A fresh 256-bit token for a link or a cookie, safe in a URL."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """The SHA-256 of a secret, in hex: what the database keeps instead of the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def parse_id(text: object) -> UUID | None:
    """Read an identifier that came from outside; `None` when it is not one."""
    if isinstance(text, UUID):
        return text
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None
