"""Tables of the accounts: users, their login sessions, one-time links and throttles."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from mentorhub.database.columns import EnumText, UtcDateTime
from mentorhub.domain.common.habits import USUAL_HOURS
from mentorhub.domain.common.ids import new_id


class Hat(StrEnum):
    """The side of the marketplace a person is looking from; everyone may wear both, one at a time."""

    MENTEE = "mentee"
    MENTOR = "mentor"


class TokenPurpose(StrEnum):
    """What a one-time link in a mail is for."""

    VERIFY = "verify"
    RESET = "reset"
    CHANGE_EMAIL = "change_email"
    RESTORE_EMAIL = "restore_email"


class User(SQLModel, table=True):
    """A person. `email` is normalised; `password_hash` is Argon2id or none; the clock they read has 24 hours or 12."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    email_verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    name: str = Field(max_length=80)
    password_hash: str | None = Field(default=None, max_length=255)
    time_zone: str = Field(default="UTC", max_length=64)
    clock_hours: int = USUAL_HOURS
    portrait: str | None = Field(default=None, max_length=200)
    hat: Hat = Field(default=Hat.MENTEE, sa_type=EnumText(Hat))
    is_admin: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class LoginSession(SQLModel, table=True):
    """One signed-in browser; the cookie's secret is kept only as its SHA-256."""

    __tablename__ = "login_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    user_id: UUID = Field(foreign_key="user.id", index=True)
    device: str = Field(max_length=200)
    address: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AccountToken(SQLModel, table=True):
    """A one-time link sent by mail; kept as its SHA-256."""

    __tablename__ = "account_token"

    token_hash: str = Field(primary_key=True, max_length=64)
    user_id: UUID = Field(foreign_key="user.id", index=True)
    purpose: TokenPurpose = Field(sa_type=EnumText(TokenPurpose))
    email: str = Field(max_length=254)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Throttle(SQLModel, table=True):
    """How often something was tried under `key` (a hash of account, address or both) since `since`."""

    key: str = Field(primary_key=True, max_length=64)
    tries: int = 0
    since: datetime = Field(sa_type=UtcDateTime)
    blocked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


Index("ix_login_session_expires_at", LoginSession.__table__.c.expires_at)  # type: ignore[attr-defined]
