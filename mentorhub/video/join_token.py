"""Join tokens: what lets one person into one room for one window of time (HMAC-SHA256, no database)."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

LEEWAY = timedelta(seconds=5)
"""How far the clocks of the web server and the media process may differ."""

_PURPOSE = b"join-token."
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class JoinToken:
    """Who may enter which room, and when; times are seconds since 1970 in UTC, `token_id` is never used twice.

    `booking_id` names the room: a booking, or a group session. `places` is how many people the room holds.
    """

    booking_id: str
    user_id: str
    role: str
    name: str
    opens_at: int
    closes_at: int
    issued_at: float
    token_id: str
    places: int = 2


class TokenRefused(Exception):
    """This token does not open this room now."""

    reason = "refused"
    message = "This link does not open the room."

    def __str__(self) -> str:
        return self.message


class TokenForged(TokenRefused):
    """The token is not ours, is damaged, or belongs to another room."""

    reason = "forged"


class TokenTooEarly(TokenRefused):
    """The doors are not open yet."""

    reason = "too-early"
    message = "The room is not open yet."


class TokenExpired(TokenRefused):
    """The doors are closed."""

    reason = "expired"
    message = "The room has closed."


def mint(
    *,
    booking_id: str,
    user_id: str,
    role: str,
    name: str,
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
    secret: str,
    places: int = 2,
) -> str:
    """Sign a token for one page of one person, valid from `opens_at` until `closes_at`."""
    token = JoinToken(
        booking_id=booking_id,
        user_id=user_id,
        role=role,
        name=name,
        opens_at=int(opens_at.timestamp()),
        closes_at=int(closes_at.timestamp()),
        issued_at=now.timestamp(),
        token_id=secrets.token_urlsafe(12),
        places=places,
    )
    body = _encode(json.dumps(asdict(token), ensure_ascii=False, separators=(",", ":")).encode())
    return f"{body}.{_encode(_signature(body, secret))}"


def verify(text: str, *, booking_id: str, now: datetime, secret: str, late: bool = False) -> JoinToken:
    """Read a token for this room at this moment.

    With `late` a token whose window has passed is accepted too: leaving is always allowed.
    Raises TokenForged, TokenTooEarly or TokenExpired.
    """
    token = _read(text, secret)
    if not hmac.compare_digest(token.booking_id.encode(), booking_id.encode()):
        raise TokenForged
    if now + LEEWAY < datetime.fromtimestamp(token.opens_at, UTC):
        raise TokenTooEarly
    if not late and now - LEEWAY >= datetime.fromtimestamp(token.closes_at, UTC):
        raise TokenExpired
    return token


def control_key(secret: str) -> str:
    """What our own processes show to the media process; made from the secret, never equal to it."""
    return hmac.new(secret.encode(), b"media-control", hashlib.sha256).hexdigest()


def _read(text: str, secret: str) -> JoinToken:
    if len(text) > _LONGEST or not text.isascii():
        raise TokenForged
    body, dot, signature = text.partition(".")
    try:
        if not dot or not hmac.compare_digest(_decode(signature), _signature(body, secret)):
            raise TokenForged
        return JoinToken(**json.loads(_decode(body)))
    except (ValueError, TypeError, binascii.Error):
        raise TokenForged from None


def _signature(body: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), _PURPOSE + body.encode(), hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
