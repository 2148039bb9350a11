"""The payment provider through its own SDK: the one place where the vendor's words are spoken.

Every call blocks: run it in a thread. Without keys `api_base` is the sandbox; nothing else changes.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import stripe

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments.errors import (
    CheckoutClosed,
    CheckoutNotFound,
    NoticeForged,
    PaymentProviderUnavailable,
    PaymentRefused,
    RefundTooLarge,
)
from mentorhub.domain.payments.ports import (
    Checkout,
    CheckoutLine,
    CheckoutOutcome,
    CheckoutRequest,
    CheckoutState,
    Notice,
    NoticeKind,
    RefundReceipt,
    RefundState,
)

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams, SessionCreateParamsLineItem

_log = logging.getLogger(__name__)

CONNECT_TIMEOUT = 5.0
REPLY_TIMEOUT = 20.0
RETRIES = 2
LONGEST_LOOK_BACK = 5_000
_EXPAND = "payment_intent.latest_charge.balance_transaction"
# The provider's own exceptions to ISO 4217 (docs.stripe.com/currencies): these are sent in hundredths.
_IN_HUNDREDTHS = frozenset({"ISK", "UGX"})
_KINDS = {
    "checkout.session.completed": NoticeKind.CHECKOUT_PAID,
    "checkout.session.async_payment_succeeded": NoticeKind.CHECKOUT_PAID,
    "checkout.session.expired": NoticeKind.CHECKOUT_EXPIRED,
    "payment_intent.succeeded": NoticeKind.PAYMENT_CHANGED,
    "payment_intent.canceled": NoticeKind.PAYMENT_CHANGED,
    "payment_intent.payment_failed": NoticeKind.PAYMENT_CHANGED,
    "charge.refunded": NoticeKind.REFUND_CHANGED,
    "refund.created": NoticeKind.REFUND_CHANGED,
    "refund.updated": NoticeKind.REFUND_CHANGED,
    "refund.failed": NoticeKind.REFUND_CHANGED,
}
_REFUND_STATES = {"succeeded": RefundState.SENT, "failed": RefundState.FAILED, "canceled": RefundState.FAILED}


class StripeGateway:
    """A `PaymentGateway` over Stripe's wire protocol.

    `webhook_secret` may be two secrets with a comma between them, while one is being replaced.
    """

    def __init__(
        self,
        *,
        api_key: str,
        webhook_secret: str,
        api_base: str | None = None,
        reply_timeout: float = REPLY_TIMEOUT,
    ) -> None:
        http = stripe.RequestsClient(timeout=(CONNECT_TIMEOUT, reply_timeout))
        addresses = {"api": api_base} if api_base else {}
        self._client = stripe.StripeClient(
            api_key,
            base_addresses=cast("Any", addresses),
            max_network_retries=RETRIES,
            http_client=http,
        )
        self._webhook_secrets = tuple(webhook_secret.split(","))

    def open_checkout(self, request: CheckoutRequest) -> Checkout:
        """Open the provider's page; the payment's id is the key, so a second call opens no second page."""
        with _errors_told():
            session = self._client.v1.checkout.sessions.create(
                _session_params(request), {"idempotency_key": f"checkout:{request.payment_id}"}
            )
        return Checkout(checkout_id=session.id, url=session.url or "", expires_at=_moment(session.expires_at))

    def fetch_checkout(self, checkout_id: str) -> CheckoutOutcome:
        """Ask how a checkout stands; raises CheckoutNotFound."""
        with _errors_told(CheckoutNotFound):
            return _outcome(self._client.v1.checkout.sessions.retrieve(checkout_id, {"expand": [_EXPAND]}))

    def expire_checkout(self, checkout_id: str) -> CheckoutOutcome:
        """Close an open checkout; raises CheckoutClosed when money is already on its way."""
        try:
            with _errors_told():
                return _outcome(self._client.v1.checkout.sessions.expire(checkout_id, {"expand": [_EXPAND]}))
        except PaymentRefused:
            outcome = self.fetch_checkout(checkout_id)
            if outcome.state is CheckoutState.EXPIRED:
                return outcome
            raise CheckoutClosed from None

    def capture(self, *, provider_payment_id: str, key: str) -> None:
        """Take all of an authorised payment, once per key; raises PaymentRefused."""
        with _errors_told():
            self._client.v1.payment_intents.capture(provider_payment_id, {}, {"idempotency_key": key})

    def void(self, *, provider_payment_id: str, key: str) -> None:
        """Let an authorised payment go, once per key; raises PaymentRefused."""
        with _errors_told():
            self._client.v1.payment_intents.cancel(
                provider_payment_id, {"cancellation_reason": "abandoned"}, {"idempotency_key": key}
            )

    def refund(self, *, provider_payment_id: str, amount: Money, key: str) -> RefundReceipt:
        """Send money back to the card, once per key; raises RefundTooLarge."""
        with _errors_told(RefundTooLarge):
            refund = self._client.v1.refunds.create(
                {
                    "payment_intent": provider_payment_id,
                    "amount": _sent(amount),
                    "reason": "requested_by_customer",
                    "metadata": {"key": key},
                },
                {"idempotency_key": key},
            )
        return _receipt(refund)

    def checkouts_since(self, since: datetime) -> Sequence[CheckoutOutcome]:
        """All checkouts opened since then, newest first."""
        with _errors_told():
            found = self._client.v1.checkout.sessions.list(
                {"created": {"gte": int(since.timestamp())}, "limit": 100, "expand": [f"data.{_EXPAND}"]}
            )
            return [_outcome(one) for one in islice(found.auto_paging_iter(), LONGEST_LOOK_BACK)]

    def refunds_since(self, since: datetime) -> Sequence[RefundReceipt]:
        """All refunds made since then, newest first."""
        with _errors_told():
            found = self._client.v1.refunds.list({"created": {"gte": int(since.timestamp())}, "limit": 100})
            return [_receipt(one) for one in islice(found.auto_paging_iter(), LONGEST_LOOK_BACK)]

    def read_notice(self, body: bytes, signature: str) -> Notice:
        """Check the signature (at most 300 s old) with each secret, then read; raises NoticeForged."""
        for secret in self._webhook_secrets:
            try:
                return _notice(self._client.construct_event(body, signature, secret))
            except (stripe.SignatureVerificationError, ValueError, LookupError, AttributeError, TypeError):
                continue
        raise NoticeForged


@contextmanager
def _errors_told(refusal: type[PaymentRefused] = PaymentRefused) -> Iterator[None]:
    """Turn the SDK's errors into ours; `refusal` is what a plain "no" means for this call."""
    try:
        yield
    except stripe.InvalidRequestError as error:
        raise (CheckoutNotFound if error.code == "resource_missing" else refusal) from error
    except (stripe.IdempotencyError, stripe.CardError) as error:
        raise PaymentRefused from error
    except stripe.StripeError as error:
        # Never its message: it may quote what was sent.
        _log.warning(
            "payment provider: %s, status %s, request %s",
            type(error).__name__,
            error.http_status,
            error.request_id,
        )
        raise PaymentProviderUnavailable from error


def _session_params(request: CheckoutRequest) -> "SessionCreateParams":
    names = {"payment_id": str(request.payment_id), **request.metadata}
    return {
        "mode": "payment",
        "line_items": [_line_params(line) for line in request.lines],
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "client_reference_id": str(request.payment_id),
        "customer_email": request.email,
        "expires_at": int(request.expires_at.timestamp()),
        "metadata": names,
        "payment_intent_data": {
            "capture_method": "manual" if request.manual_capture else "automatic",
            "metadata": names,
            "transfer_group": str(request.payment_id),
        },
    }


def _line_params(line: CheckoutLine) -> "SessionCreateParamsLineItem":
    product = {"name": line.title} | ({"description": line.detail} if line.detail else {})
    price = {
        "currency": line.amount.currency.lower(),
        "unit_amount": _sent(line.amount),
        "product_data": product,
    }
    return {"price_data": cast("Any", price), "quantity": 1}


def _outcome(session: stripe.checkout.Session) -> CheckoutOutcome:
    intent, charge, movement = _expanded(session)
    currency = session.currency or ""
    return CheckoutOutcome(
        checkout_id=session.id,
        payment_id=_payment_id(session.client_reference_id),
        state=_state(session, intent),
        amount=_received(session.amount_total or 0, currency),
        url=session.url or "",
        expires_at=_moment(session.expires_at),
        provider_payment_id=intent.id if intent else None,
        provider_fee=_received(movement.fee, movement.currency) if movement else None,
        refunded=_received(charge.amount_refunded, currency) if charge else None,
    )


def _expanded(
    session: stripe.checkout.Session,
) -> tuple[stripe.PaymentIntent | None, stripe.Charge | None, stripe.BalanceTransaction | None]:
    intent = session.payment_intent if isinstance(session.payment_intent, stripe.PaymentIntent) else None
    charge = intent.latest_charge if intent and isinstance(intent.latest_charge, stripe.Charge) else None
    moved = charge.balance_transaction if charge else None
    return intent, charge, moved if isinstance(moved, stripe.BalanceTransaction) else None


def _state(session: stripe.checkout.Session, intent: stripe.PaymentIntent | None) -> CheckoutState:
    if session.payment_status == "paid":
        return CheckoutState.PAID
    if session.status == "complete" and intent and intent.status == "requires_capture":
        return CheckoutState.AUTHORISED
    if session.status == "complete" and intent and intent.status in ("canceled", "requires_payment_method"):
        return CheckoutState.VOIDED
    # Complete and unpaid otherwise means that money is on its way: still to be waited for.
    return CheckoutState.EXPIRED if session.status == "expired" else CheckoutState.OPEN


def _receipt(refund: stripe.Refund) -> RefundReceipt:
    intent = refund.payment_intent
    return RefundReceipt(
        provider_refund_id=refund.id,
        provider_payment_id=intent.id if isinstance(intent, stripe.PaymentIntent) else intent or "",
        amount=_received(refund.amount, refund.currency),
        state=_REFUND_STATES.get(refund.status or "", RefundState.PENDING),
        key=refund.metadata["key"] if refund.metadata and "key" in refund.metadata else None,
        created_at=_moment(refund.created),
    )


def _notice(event: stripe.Event) -> Notice:
    thing: dict[str, Any] = event.data.object.to_dict()
    is_checkout = thing["object"] == "checkout.session"
    intent = thing["id"] if thing["object"] == "payment_intent" else thing.get("payment_intent")
    return Notice(
        notice_id=event.id,
        kind=_KINDS.get(event.type, NoticeKind.OTHER),
        word=event.type,
        object_id=thing["id"],
        created_at=_moment(event.created),
        checkout_id=thing["id"] if is_checkout else None,
        payment_id=_payment_id(thing.get("client_reference_id")) if is_checkout else None,
        provider_payment_id=intent if isinstance(intent, str) else None,
    )


def _payment_id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _sent(amount: Money) -> int:
    return amount.minor * 100 if amount.currency in _IN_HUNDREDTHS else amount.minor


def _received(minor: int, currency: str) -> Money:
    code = currency.upper()
    return Money(minor // 100 if code in _IN_HUNDREDTHS else minor, code)
