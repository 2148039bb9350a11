"""Payment intents: the way of one payment from the first card to the captured money."""

from typing import Any

from mentorhub.sandbox.cards import CAPTURE_REFUSED, Refusal
from mentorhub.sandbox.charges import charge, take
from mentorhub.sandbox.errors import ApiError, unexpected_state
from mentorhub.sandbox.events import emit
from mentorhub.sandbox.lists import page
from mentorhub.sandbox.names import new_name
from mentorhub.sandbox.operation import Operation
from mentorhub.sandbox.parameters import PAGING, choice, group, integer, metadata
from mentorhub.sandbox.store import Book, Json

AUTHORISED_FOR = 7 * 24 * 3_600
"""Seconds a bank keeps money aside for a payment that is not captured."""
_REASONS = ("abandoned", "duplicate", "fraudulent", "requested_by_customer")


def begin(book: Book, session: Json, wishes: Json) -> Json:
    """The intent behind a checkout, made when its buyer tries the first card."""
    made = new_name("pi")
    intent: Json = {
        "id": made,
        "object": "payment_intent",
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": wishes.get("capture_method", "automatic_async"),
        "client_secret": new_name(f"{made}_secret"),
        "confirmation_method": "automatic",
        "created": book.now,
        "currency": session["currency"],
        "customer": None,
        "description": wishes.get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": wishes.get("metadata", {}),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": wishes.get("receipt_email"),
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": wishes.get("transfer_group"),
    }
    book.add(intent)
    emit(book, "payment_intent.created", intent)
    return intent


def ask_the_bank(book: Book, intent: Json, method: Json, page_url: str) -> None:
    """The bank wants its customer to confirm first (3-D Secure)."""
    step = {"redirect_to_url": {"return_url": None, "url": page_url}, "type": "redirect_to_url"}
    intent |= {"status": "requires_action", "payment_method": method["id"], "next_action": step}
    intent["last_payment_error"] = None
    emit(book, "payment_intent.requires_action", book.save(intent))


def refuse(book: Book, intent: Json, method: Json, refusal: Refusal) -> None:
    """The bank said no; the intent waits for another card."""
    tried = charge(book, intent, method, refusal=refusal)
    error: dict[str, Any] = {
        "charge": tried["id"],
        "code": refusal.code,
        "decline_code": refusal.decline_code,
        "message": refusal.message,
        "payment_method": method,
        "type": "card_error",
    }
    intent |= {"status": "requires_payment_method", "latest_charge": tried["id"], "last_payment_error": error}
    intent |= {"payment_method": None, "next_action": None}
    emit(book, "payment_intent.payment_failed", book.save(intent))


def succeed(book: Book, intent: Json, method: Json, *, refuses_capture: bool = False) -> None:
    """The card pays: money moves now, or is only authorised when the intent captures by hand."""
    if refuses_capture:
        book.add({"id": _refusal_of(intent), "object": "capture.refusal", "created": book.now})
    tried = charge(book, intent, method)
    manual = intent["capture_method"] == "manual"
    intent |= {"latest_charge": tried["id"], "payment_method": method["id"], "next_action": None}
    intent |= {"last_payment_error": None, "status": "requires_capture" if manual else "succeeded"}
    intent["amount_capturable" if manual else "amount_received"] = intent["amount"]
    book.save(intent)
    emit(book, "payment_intent.amount_capturable_updated" if manual else "payment_intent.succeeded", intent)


def lapse_overdue(book: Book) -> None:
    """Let go of what was authorised and not captured within seven days."""
    for intent in book.newest("payment_intent", "AND json_extract(body, '$.status') = 'requires_capture'"):
        lapse(book, intent)


def lapse(book: Book, intent: Json) -> None:
    """Let go of one authorised payment if its seven days are over."""
    if not _is_overdue(book, intent):
        return
    expired = book.get("charge", intent["latest_charge"])
    expired |= {"refunded": True, "amount_refunded": expired["amount"]}
    intent |= {"status": "canceled", "amount_capturable": 0, "canceled_at": book.now}
    intent["cancellation_reason"] = "automatic"
    emit(book, "charge.expired", book.save(expired))
    emit(book, "payment_intent.canceled", book.save(intent))


def _is_overdue(book: Book, intent: Json) -> bool:
    if intent["status"] != "requires_capture":
        return False
    authorised_at: int = book.get("charge", intent["latest_charge"])["created"]
    return authorised_at + AUTHORISED_FOR <= book.now


def _refusal_of(intent: Json) -> str:
    return f"{intent['id']}.refusal"


def _authorised(book: Book, path: dict[str, str], verb: str) -> Json:
    intent = book.get("payment_intent", path["id"], param="intent")
    if _is_overdue(book, intent):
        intent["status"] = "canceled"
    if intent["status"] != "requires_capture":
        raise unexpected_state(
            f"This PaymentIntent could not be {verb} because it has a status of {intent['status']}.",
            code="payment_intent_unexpected_state",
        )
    return intent


def _capture(book: Book, given: Json, path: dict[str, str]) -> Json:
    intent = _authorised(book, path, "captured")
    if book.find("capture.refusal", _refusal_of(intent)):
        raise ApiError(402, CAPTURE_REFUSED.message, kind="card_error", code=CAPTURE_REFUSED.code)
    amount: int = given["amount_to_capture"] if "amount_to_capture" in given else intent["amount_capturable"]
    if amount > intent["amount_capturable"]:
        raise unexpected_state("The amount is larger than what can be captured.", param="amount_to_capture")
    taken = take(book, book.get("charge", intent["latest_charge"]), amount)
    if amount < taken["amount"]:
        taken["amount_refunded"] = taken["amount"] - amount
    book.save(taken)
    intent |= {"status": "succeeded", "amount_capturable": 0, "amount_received": amount}
    intent["metadata"] = intent["metadata"] | given.get("metadata", {})
    book.save(intent)
    for session in book.newest("checkout.session", "AND json_extract(body, '$.payment_intent') = ?", (intent["id"],)):
        book.save(session | {"payment_status": "paid"})
    emit(book, "charge.captured", taken)
    emit(book, "payment_intent.succeeded", intent)
    return intent


def _cancel(book: Book, given: Json, path: dict[str, str]) -> Json:
    intent = _authorised(book, path, "canceled")
    released = book.get("charge", intent["latest_charge"])
    released |= {"refunded": True, "amount_refunded": released["amount"]}
    book.save(released)
    intent |= {"status": "canceled", "amount_capturable": 0, "canceled_at": book.now}
    intent["cancellation_reason"] = given.get("cancellation_reason")
    book.save(intent)
    emit(book, "charge.refunded", released)
    emit(book, "payment_intent.canceled", intent)
    return intent


def _list(book: Book, given: Json, _: dict[str, str]) -> Json:
    return page(book, "payment_intent", "/v1/payment_intents", given)


def _retrieve(book: Book, _: Json, path: dict[str, str]) -> Json:
    return book.get("payment_intent", path["id"], param="intent")


OPERATIONS = (
    Operation("GET", "/v1/payment_intents", group(PAGING), _list),
    Operation("GET", "/v1/payment_intents/{id}", group({}), _retrieve),
    Operation(
        "POST",
        "/v1/payment_intents/{id}/capture",
        group({"amount_to_capture": integer(least=1), "metadata": metadata}),
        _capture,
    ),
    Operation(
        "POST",
        "/v1/payment_intents/{id}/cancel",
        group({"cancellation_reason": choice(*_REASONS)}),
        _cancel,
    ),
)
