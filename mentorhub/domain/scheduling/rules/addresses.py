"""Addresses of calendars: those of others as typed, and the secret ones of our own feeds."""

import base64
import hashlib
import hmac
from binascii import Error
from collections.abc import Collection
from urllib.parse import urldefrag, urlsplit, urlunsplit
from uuid import UUID

from mentorhub.domain.common.errors import FieldError

_LONGEST = 2000
_PURPOSE = b"mentorhub calendar feed\n"
_ID_BYTES = 16
_SIGNATURE_BYTES = 24


def calendar_address(typed: str, *, own_hosts: Collection[str] = ()) -> str:
    """The https address a mentor typed or pasted; `webcal://` is another way to write it.

    `own_hosts` ("host:port") may also be http. Raises FieldError on "address".
    """
    text = typed.strip()
    if len(text) > _LONGEST or any(ord(letter) < 33 or ord(letter) == 127 for letter in text):
        raise FieldError("address", "This is not an address of a calendar.")
    try:
        parts = urlsplit(urldefrag(text).url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise FieldError("address", "This is not an address of a calendar.") from None
    scheme = "https" if parts.scheme in ("webcal", "webcals") else parts.scheme
    address = urlunsplit(parts._replace(scheme=scheme))
    if parts.netloc in own_hosts and scheme in ("http", "https"):
        return address
    if scheme != "https" or not host:
        raise FieldError("address", "Give an address that begins with https:// or webcal://.")
    if parts.username is not None or parts.password is not None:
        raise FieldError("address", "Leave out the name and password: use the calendar's secret address.")
    if port not in (None, 80, 443):
        raise FieldError("address", "The address may not name a port of its own.")
    return address


def feed_token(user_id: UUID, kind: str, generation: int, *, secret: str) -> str:
    """The unguessable part of a feed's address; another generation is another token."""
    signature = _signature(user_id, kind, generation, secret)
    return base64.urlsafe_b64encode(user_id.bytes + signature).decode().replace("=", "")


def feed_owner(token: str) -> UUID | None:
    """Whose feed a token says it is, before it is believed; `None` when it is no token at all."""
    try:
        raw = base64.b64decode(token + "==", altchars=b"-_", validate=True)
    except (Error, ValueError):
        return None
    return UUID(bytes=raw[:_ID_BYTES]) if len(raw) == _ID_BYTES + _SIGNATURE_BYTES else None


def _signature(user_id: UUID, kind: str, generation: int, secret: str) -> bytes:
    body = user_id.bytes + f"{kind}:{generation}".encode()
    return hmac.new(secret.encode(), _PURPOSE + body, hashlib.sha256).digest()[:_SIGNATURE_BYTES]
