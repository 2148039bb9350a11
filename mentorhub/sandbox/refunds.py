"""Refunds: money back to the card, never more than is left of the charge."""

from mentorhub.sandbox.amounts import shown
from mentorhub.sandbox.balance_transactions import move
from mentorhub.sandbox.errors import ApiError, unexpected_state
from mentorhub.sandbox.events import emit
from mentorhub.sandbox.lists import equal, page
from mentorhub.sandbox.names import new_name
from mentorhub.sandbox.operation import Operation
from mentorhub.sandbox.parameters import PAGING, choice, group, integer, metadata, text
from mentorhub.sandbox.store import Book, Json

_REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def _create(book: Book, given: Json, _: dict[str, str]) -> Json:
    paid = _charge_of(book, given)
    left = paid["amount"] - paid["amount_refunded"]
    amount = given.get("amount", left)
    _refuse_too_much(paid, amount, left)
    moved_id = new_name("re")
    moved = move(book, "refund", amount=-amount, currency=paid["currency"], source=moved_id)
    refund = book.add(
        {
            "id": moved_id,
            "object": "refund",
            "amount": amount,
            "balance_transaction": moved["id"],
            "charge": paid["id"],
            "created": book.now,
            "currency": paid["currency"],
            "destination_details": {
                "card": {"type": "refund", "reference_status": "pending"},
                "type": "card",
            },
            "metadata": given.get("metadata", {}),
            "payment_intent": paid["payment_intent"],
            "reason": given.get("reason"),
            "receipt_number": None,
            "source_transfer_reversal": None,
            "status": "succeeded",
            "transfer_reversal": None,
        }
    )
    back = paid["amount_refunded"] + amount
    paid |= {"amount_refunded": back, "refunded": back == paid["amount"]}
    book.save(paid)
    emit(book, "refund.created", refund)
    emit(book, "charge.refunded", paid)
    return refund


def _charge_of(book: Book, given: Json) -> Json:
    if ("charge" in given) == ("payment_intent" in given):
        raise ApiError(400, "One of the following params should be provided: payment_intent or charge.", param="charge")
    if "charge" in given:
        paid = book.get("charge", given["charge"], param="charge")
    else:
        intent = book.get("payment_intent", given["payment_intent"], param="payment_intent")
        if intent["latest_charge"] is None:
            raise unexpected_state("This PaymentIntent does not have a successful charge to refund.")
        paid = book.get("charge", intent["latest_charge"])
    if not paid["captured"]:
        raise unexpected_state(f"Charge {paid['id']} has not been captured, so it cannot be refunded.")
    return paid


def _refuse_too_much(paid: Json, amount: int, left: int) -> None:
    if left <= 0:
        raise unexpected_state(f"Charge {paid['id']} has already been refunded.", code="charge_already_refunded")
    if amount > left:
        asked, rest = shown(amount, paid["currency"]), shown(left, paid["currency"])
        message = f"Refund amount ({asked}) is greater than unrefunded amount on charge ({rest})"
        raise unexpected_state(message, param="amount")


def _list(book: Book, given: Json, _: dict[str, str]) -> Json:
    where, values = equal(charge=given.get("charge"), payment_intent=given.get("payment_intent"))
    return page(book, "refund", "/v1/refunds", given, where, values)


def _retrieve(book: Book, _: Json, path: dict[str, str]) -> Json:
    return book.get("refund", path["id"])


_CREATE = {
    "charge": text(longest=200),
    "payment_intent": text(longest=200),
    "amount": integer(least=1),
    "reason": choice(*_REASONS),
    "metadata": metadata,
}

OPERATIONS = (
    Operation("POST", "/v1/refunds", group(_CREATE), _create),
    Operation("GET", "/v1/refunds", group({**PAGING, "charge": text(), "payment_intent": text()}), _list),
    Operation("GET", "/v1/refunds/{id}", group({}), _retrieve),
)
