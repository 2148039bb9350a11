"""Tables of the money: payments, refunds, the append-only ledger and the provider's notices."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from mentorhub.database.columns import EnumText, UtcDateTime
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.payments.rules import Account


class PaymentStatus(StrEnum):
    """A payment waits, is authorised until the mentor answers, is captured, came to nothing, or is let go."""

    PENDING = "pending"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    FAILED = "failed"
    VOIDED = "voided"


class Owed(StrEnum):
    """What the provider is still to be told of an authorised payment: take the money, or let it go."""

    CAPTURE = "capture"
    VOID = "void"


class RefundStatus(StrEnum):
    """A refund is owed until the provider took it."""

    OWED = "owed"
    SENT = "sent"
    FAILED = "failed"


class Payment(SQLModel, table=True):
    """One attempt to pay for a booking. The bookings of a series share one checkout, each with its own payment.

    The first payment of a checkout leads: its id is the idempotency key at the provider, and the `lead_id` of the
    others.
    """

    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="ck_payment_amount"),
        UniqueConstraint("checkout_id", "booking_id", name="uq_payment_checkout_booking"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    booking_id: UUID = Field(index=True)
    mentor_id: UUID
    lead_id: UUID | None = Field(default=None, foreign_key="payment.id", index=True)
    status: PaymentStatus = Field(default=PaymentStatus.PENDING, sa_type=EnumText(PaymentStatus))
    amount_minor: int = Field(sa_type=BigInteger)
    fee_minor: int = Field(sa_type=BigInteger)
    card_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    checkout_id: str | None = Field(default=None, index=True, max_length=120)
    checkout_url: str | None = Field(default=None, max_length=2000)
    checkout_expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    provider_payment_id: str | None = Field(default=None, index=True, max_length=120)
    provider_fee_minor: int | None = Field(default=None, sa_type=BigInteger)
    created_at: datetime = Field(sa_type=UtcDateTime)
    authorised_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    owed: Owed | None = Field(default=None, sa_type=EnumText(Owed))
    captured_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Refund(SQLModel, table=True):
    """Money owed back to the card; `key` names the cause once and is the provider's idempotency key."""

    __table_args__ = (CheckConstraint("amount_minor > 0", name="ck_refund_amount"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    payment_id: UUID = Field(foreign_key="payment.id", index=True)
    key: str = Field(unique=True, max_length=120)
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    reason: str = Field(default="", max_length=200)
    status: RefundStatus = Field(default=RefundStatus.OWED, sa_type=EnumText(RefundStatus))
    provider_refund_id: str | None = Field(default=None, max_length=120)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LedgerEntry(SQLModel, table=True):
    """One posting; the postings of one `cause` sum to zero, and rows are never changed or removed."""

    __tablename__ = "ledger_entry"
    __table_args__ = (UniqueConstraint("cause", "line", name="uq_ledger_entry_cause_line"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cause: str = Field(max_length=120, index=True)
    line: int
    account: Account = Field(sa_type=EnumText(Account))
    owner_id: UUID | None = Field(default=None, index=True, description="the mentor whose money it is")
    booking_id: UUID | None = Field(default=None, index=True)
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    at: datetime = Field(sa_type=UtcDateTime)


class ProviderNotice(SQLModel, table=True):
    """A webhook of the provider, kept once by its id; a hint that its object should be fetched."""

    __tablename__ = "provider_notice"

    id: str = Field(primary_key=True, max_length=120)
    kind: str = Field(max_length=80)
    object_id: str = Field(max_length=120)
    received_at: datetime = Field(sa_type=UtcDateTime)
    handled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
