"""Payment attempts: a card tried on a checkout, and what became of it."""

from enum import StrEnum

from mentorhub.sandbox import payment_intents
from mentorhub.sandbox.cards import BANK_REFUSED, CAPTURE_REFUSED, Card
from mentorhub.sandbox.checkout_sessions import intent_of
from mentorhub.sandbox.events import emit
from mentorhub.sandbox.payment_methods import Payer, remember
from mentorhub.sandbox.store import Book, Json


class Result(StrEnum):
    """What trying a card led to."""

    PAID = "paid"
    DECLINED = "declined"
    ASKS_THE_BANK = "asks_the_bank"
    CLOSED = "closed"


def pay(book: Book, session: Json, card: Card, payer: Payer, bank_url: str) -> Result:
    """Try a card on an open checkout."""
    if session["status"] != "open":
        return Result.CLOSED
    intent = intent_of(book, session)
    if intent is None:
        wishes = book.get("checkout.lines", f"{session['id']}.lines")["payment_intent_data"]
        intent = payment_intents.begin(book, session, wishes)
        session["payment_intent"] = intent["id"]
        book.save(session)
    method = remember(book, card, payer)
    if card.refusal:
        payment_intents.refuse(book, intent, method, card.refusal)
        return Result.DECLINED
    if card.asks_the_bank:
        payment_intents.ask_the_bank(book, intent, method, bank_url)
        return Result.ASKS_THE_BANK
    if card.refuses_capture and intent["capture_method"] != "manual":
        payment_intents.refuse(book, intent, method, CAPTURE_REFUSED)
        return Result.DECLINED
    _complete(book, session, intent, method, refuses_capture=card.refuses_capture)
    return Result.PAID


def answer_of_the_bank(book: Book, session: Json, *, approved: bool) -> Result:
    """The buyer confirmed or refused at the bank's page."""
    intent = intent_of(book, session)
    if session["status"] != "open" or intent is None or intent["status"] != "requires_action":
        return Result.CLOSED
    method = book.get("payment_method", intent["payment_method"])
    if not approved:
        payment_intents.refuse(book, intent, method, BANK_REFUSED)
        return Result.DECLINED
    _complete(book, session, intent, method)
    return Result.PAID


def _complete(book: Book, session: Json, intent: Json, method: Json, *, refuses_capture: bool = False) -> None:
    payment_intents.succeed(book, intent, method, refuses_capture=refuses_capture)
    payer = method["billing_details"]
    who = {"address": None, "email": payer["email"], "name": payer["name"], "phone": None}
    session["customer_details"] = who | {"tax_exempt": "none", "tax_ids": []}
    session |= {"status": "complete", "url": None}
    session["payment_status"] = "paid" if intent["status"] == "succeeded" else "unpaid"
    emit(book, "checkout.session.completed", book.save(session))
