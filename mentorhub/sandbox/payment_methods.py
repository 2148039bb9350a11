"""Payment methods: what is remembered of a card and its holder, which is never the number or the code."""

from dataclasses import dataclass

from mentorhub.sandbox.cards import Card
from mentorhub.sandbox.names import new_name
from mentorhub.sandbox.operation import Operation
from mentorhub.sandbox.parameters import group
from mentorhub.sandbox.store import Book, Json

_NO_ADDRESS = {
    "city": None,
    "country": None,
    "line1": None,
    "line2": None,
    "postal_code": None,
    "state": None,
}


@dataclass(frozen=True)
class Payer:
    """Who pays, as typed on the checkout page."""

    email: str
    name: str


def remember(book: Book, card: Card, payer: Payer) -> Json:
    """Remember a card that was tried."""
    billing = {
        "address": _NO_ADDRESS,
        "email": payer.email,
        "name": payer.name,
        "phone": None,
        "tax_id": None,
    }
    details = {
        "brand": card.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US",
        "display_brand": card.brand,
        "exp_month": card.exp_month,
        "exp_year": card.exp_year,
        "fingerprint": None,
        "funding": "credit",
        "generated_from": None,
        "last4": card.last4,
        "networks": None,
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }
    return book.add(
        {
            "id": new_name("pm"),
            "object": "payment_method",
            "allow_redisplay": "limited",
            "billing_details": billing,
            "card": details,
            "created": book.now,
            "customer": None,
            "livemode": False,
            "metadata": {},
            "type": "card",
        }
    )


def _retrieve(book: Book, _: Json, path: dict[str, str]) -> Json:
    return book.get("payment_method", path["id"])


OPERATIONS = (Operation("GET", "/v1/payment_methods/{id}", group({}), _retrieve),)
