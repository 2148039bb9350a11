"""What the money asks of the payment provider, in the product's words: checkout, payment, refund, notice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from mentorhub.domain.common.money import Money


@dataclass(frozen=True)
class CheckoutLine:
    """One line of the bill: what it is, in words for the buyer, and what it costs."""

    title: str
    amount: Money
    detail: str = ""


@dataclass(frozen=True)
class CheckoutRequest:
    """What the provider's page should ask for. `payment_id` is our name for it and the idempotency key.

    `expires_at` lies 30 minutes to 24 hours ahead: the provider's limits.
    """

    payment_id: UUID
    lines: tuple[CheckoutLine, ...]
    success_url: str
    cancel_url: str
    expires_at: datetime
    email: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    manual_capture: bool = False

    @property
    def total(self) -> Money:
        """The sum of the lines; raises CurrencyMismatch when they differ in currency."""
        first, *others = (line.amount for line in self.lines)
        return sum(others, start=first)


@dataclass(frozen=True)
class Checkout:
    """An open page of the provider where one payment can be made until `expires_at`."""

    checkout_id: str
    url: str
    expires_at: datetime


class CheckoutState(StrEnum):
    """Where a checkout stands at the provider; `VOIDED` was authorised and is let go, refused or lapsed."""

    OPEN = "open"
    AUTHORISED = "authorised"
    PAID = "paid"
    VOIDED = "voided"
    EXPIRED = "expired"


@dataclass(frozen=True)
class CheckoutOutcome:
    """What the provider says about a checkout now.

    `provider_payment_id` is there once a card was tried, `provider_fee` once money moved and the provider's
    own charge is known. `url` is empty unless the checkout is open.
    """

    checkout_id: str
    payment_id: UUID | None
    state: CheckoutState
    amount: Money
    url: str
    expires_at: datetime
    provider_payment_id: str | None = None
    provider_fee: Money | None = None
    refunded: Money | None = None


class RefundState(StrEnum):
    """Where a refund stands at the provider."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class RefundReceipt:
    """The provider's word on one refund; `key` is the one it was asked for with."""

    provider_refund_id: str
    provider_payment_id: str
    amount: Money
    state: RefundState
    key: str | None
    created_at: datetime


class NoticeKind(StrEnum):
    """What a notice hints at; `OTHER` is kept and otherwise ignored."""

    CHECKOUT_PAID = "checkout_paid"
    CHECKOUT_EXPIRED = "checkout_expired"
    PAYMENT_CHANGED = "payment_changed"
    REFUND_CHANGED = "refund_changed"
    OTHER = "other"


@dataclass(frozen=True)
class Notice:
    """A signed hint of the provider that one of its objects changed; fetch the object, trust no detail here.

    `checkout_id` and `payment_id` are there when the notice is about a checkout, `provider_payment_id`
    when it is about a refund.
    """

    notice_id: str
    kind: NoticeKind
    word: str
    object_id: str
    created_at: datetime
    checkout_id: str | None = None
    payment_id: UUID | None = None
    provider_payment_id: str | None = None


class PaymentGateway(Protocol):
    """The provider. Calls block and may take seconds: run them in a thread and outside any transaction.

    Every method raises PaymentProviderUnavailable when no answer came (the same call with the same key may
    be repeated without doing it twice) and PaymentRefused when the answer was no.
    """

    def open_checkout(self, request: CheckoutRequest) -> Checkout:
        """Open the provider's page; asking again with the same request gives the same checkout."""
        ...

    def fetch_checkout(self, checkout_id: str) -> CheckoutOutcome:
        """Ask how a checkout stands; raises CheckoutNotFound."""
        ...

    def expire_checkout(self, checkout_id: str) -> CheckoutOutcome:
        """Close an open checkout so that it can no longer be paid; raises CheckoutClosed when it is paid.

        Closing an expired one again changes nothing.
        """
        ...

    def capture(self, *, provider_payment_id: str, key: str) -> None:
        """Take all of an authorised payment, once per `key`; raises PaymentRefused when the card says no.

        Ask `fetch_checkout` how it stands afterwards: a refusal may also mean that it was taken before.
        """
        ...

    def void(self, *, provider_payment_id: str, key: str) -> None:
        """Let an authorised payment go, once per `key`; raises PaymentRefused when it is taken or gone."""
        ...

    def refund(self, *, provider_payment_id: str, amount: Money, key: str) -> RefundReceipt:
        """Send money back to the card, once per `key`; raises RefundTooLarge."""
        ...

    def checkouts_since(self, since: datetime) -> Sequence[CheckoutOutcome]:
        """All checkouts opened since then, newest first, for reconciliation."""
        ...

    def refunds_since(self, since: datetime) -> Sequence[RefundReceipt]:
        """All refunds made since then, newest first, for reconciliation."""
        ...

    def read_notice(self, body: bytes, signature: str) -> Notice:
        """Check a notice's signature over its raw body and read it; raises NoticeForged."""
        ...
