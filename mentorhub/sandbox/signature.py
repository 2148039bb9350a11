"""Signatures of notices: the `Stripe-Signature` header, scheme v1.

An HMAC-SHA256 of "timestamp.body" under the webhook's secret (docs.stripe.com/webhooks#verify-manually).
"""

import hashlib
import hmac


def sign(body: bytes, secret: str, *, at: int) -> str:
    """The header for a body that leaves at `at`, in seconds since 1970 of real time."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"
