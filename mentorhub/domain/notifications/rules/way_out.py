"""The way out of a kind of mail: a signed token in the address, so that no sign-in is needed (RFC 8058)."""

import base64
import hashlib
import hmac
from binascii import Error
from uuid import UUID

from mentorhub.domain.notifications.rules.kinds import NoticeKind

_PURPOSE = b"mentorhub no more mails of this kind\n"
_ID_BYTES = 16
_SIGNATURE_BYTES = 16


def way_out_token(user_id: UUID, kind: NoticeKind, *, secret: str) -> str:
    """The token that switches one kind of mail off for one person; it never expires, as old mails do not."""
    body = user_id.bytes + kind.value.encode()
    return base64.urlsafe_b64encode(_signature(body, secret) + body).rstrip(b"=").decode()


def read_way_out(token: str, *, secret: str) -> tuple[UUID, NoticeKind] | None:
    """Whose mails of which kind a token switches off; `None` when it is not ours or the kind is required."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, _signature(body, secret)):
            return None
        kind = NoticeKind(body[_ID_BYTES:].decode())
    except (Error, ValueError):
        return None
    return None if kind.is_required else (UUID(bytes=body[:_ID_BYTES]), kind)


def _signature(body: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), _PURPOSE + body, hashlib.sha256).digest()[:_SIGNATURE_BYTES]
