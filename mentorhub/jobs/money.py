"""What follows the money: the provider's notices are applied, owed refunds are sent, nothing is forgotten."""

from contextlib import suppress
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.errors import CheckoutNotFound, PaymentRefused
from mentorhub.domain.payments.models import Owed
from mentorhub.domain.payments.ports import CheckoutOutcome, CheckoutState, NoticeKind

RECONCILE_EVERY: Final = timedelta(minutes=2)
_LOOK_BACK = timedelta(days=3)
_TO_ASK = (NoticeKind.CHECKOUT_PAID, NoticeKind.CHECKOUT_EXPIRED, NoticeKind.PAYMENT_CHANGED)
_SETTLED = (CheckoutState.PAID, CheckoutState.AUTHORISED, CheckoutState.VOIDED)
_log = structlog.get_logger(__name__)


def handle_notice(out: Outside, notice_id: str) -> None:
    """Treat a notice as a hint: fetch the object it names and apply what it says now."""
    with database.reading() as db:
        known = payments.notice_of(db, notice_id)
        find = (
            payments.payment_at_provider
            if known and known[0] == NoticeKind.PAYMENT_CHANGED
            else payments.payment_of_checkout
        )
        about = find(db, known[1]) if known else None
    if known is not None and about is not None and known[0] in _TO_ASK:
        ask_provider(out, about)
    elif known is not None and known[0] in (NoticeKind.CHECKOUT_PAID, NoticeKind.CHECKOUT_EXPIRED):
        _log.warning("notice.unknown_checkout", notice=notice_id)
    if known is not None:
        with database.transaction() as db:
            payments.notice_handled(db, notice_id=notice_id, now=utc_now())


def ask_provider(out: Outside, payment_id: UUID) -> None:
    """Ask how the checkout of a payment stands and apply the answer; repeated, it changes nothing."""
    with database.reading() as db:
        checkout_id = payments.checkout_to_ask(db, payment_id)
    if checkout_id is None:
        return
    try:
        outcome = out.gateway.fetch_checkout(checkout_id)
    except CheckoutNotFound:
        _log.error("checkout.unknown", payment=str(payment_id))
        return
    with database.transaction() as db:
        bookings.apply_outcome(db, payment_id=payment_id, outcome=outcome, now=utc_now())


def send_refund(out: Outside, refund_id: str) -> None:
    """Send an owed refund to the card and post it once the provider took it."""
    with database.reading() as db:
        order = payments.refund_order(db, UUID(refund_id))
    if order is None:
        return
    if order.reason == payments.WRONG_SUM:
        _log.error("payment.wrong_sum", refund=refund_id, amount=str(order.amount))
    receipt = out.gateway.refund(provider_payment_id=order.provider_payment_id, amount=order.amount, key=order.key)
    with database.transaction() as db:
        payments.record_refund(db, refund_id=order.refund_id, receipt=receipt, now=utc_now())


def tell_provider(out: Outside, payment_id: str) -> None:
    """Take authorised money or let it go, as it is owed, and apply what the provider then says.

    Killed at any step it is done again under the same key. A card that refuses when the money is to be taken is let
    go; what was taken or let go before reads so at the provider, whatever the refusal was.
    """
    with database.reading() as db:
        order = payments.order_of(db, UUID(payment_id))
    if order is None:
        return
    outcome = _told(out, order)
    with database.transaction() as db:
        bookings.apply_outcome(db, payment_id=order.payment_id, outcome=outcome, now=utc_now())


def _told(out: Outside, order: payments.Order) -> CheckoutOutcome:
    gateway, name = out.gateway, order.provider_payment_id
    with suppress(PaymentRefused):
        if order.owed is Owed.CAPTURE:
            gateway.capture(provider_payment_id=name, key=order.key)
        else:
            gateway.void(provider_payment_id=name, key=order.key)
    outcome = gateway.fetch_checkout(order.checkout_id)
    if outcome.state is CheckoutState.AUTHORISED:
        gateway.void(provider_payment_id=name, key=f"void:{order.payment_id}")
        outcome = gateway.fetch_checkout(order.checkout_id)
    return outcome


def reconcile(out: Outside) -> None:
    """Ask about each checkout no notice has settled when its turn is, and take in what the provider knows to be paid.

    A lost webhook heals here within minutes, also one of a payment that was given up in its last second; and what
    the provider has not heard yet of authorised money is told again.
    """
    now = utc_now()
    with database.reading() as db:
        waiting = payments.unanswered(db, since=now - _LOOK_BACK, every=RECONCILE_EVERY, now=now)
        untold = payments.untold(db)
    for payment_id in waiting:
        ask_provider(out, payment_id)
    for payment_id in untold:
        tell_provider(out, str(payment_id))
    for outcome in out.gateway.checkouts_since(now - _LOOK_BACK):
        if outcome.state in _SETTLED and outcome.payment_id is not None:
            with database.transaction() as db:
                bookings.take_in(db, payment_id=outcome.payment_id, outcome=outcome, now=now)


def release_earnings(out: Outside, booking_id: str) -> None:
    """Let the mentor's share of a settled session be paid out."""
    with database.transaction() as db:
        bookings.release_due(db, booking_id=UUID(booking_id), now=utc_now())
