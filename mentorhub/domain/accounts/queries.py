"""Reads of the accounts: who is looking, whose password to check, which sessions are open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.errors import LinkSpent
from mentorhub.domain.accounts.models import AccountToken, Hat, LoginSession, TokenPurpose, User
from mentorhub.domain.accounts.rules import IDLE_FOR, normal_email
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.habits import Habits
from mentorhub.domain.common.ids import fingerprint

_REFERENCE_LENGTH = 24


@dataclass(frozen=True)
class ViewerView:
    """The person behind a request, and the session it came with."""

    user_id: UUID
    name: str
    email: str
    verified: bool
    hat: Hat
    is_admin: bool
    time_zone: str
    clock_hours: int
    portrait: str | None
    token_hash: str
    seen_at: datetime


@dataclass(frozen=True)
class CredentialsView:
    """What is needed to check somebody's password; never shown to anyone."""

    user_id: UUID
    name: str
    email: str
    password_hash: str | None


@dataclass(frozen=True)
class LinkView:
    """A one-time link that may be used now, and whose it is."""

    user_id: UUID
    name: str
    email: str


@dataclass(frozen=True)
class SessionView:
    """A signed-in browser, as its owner sees it; `reference` names it without giving its secret away."""

    reference: str
    device: str
    address: str
    created_at: datetime
    seen_at: datetime
    is_current: bool


@dataclass(frozen=True)
class AccountView:
    """A person's own account page; `asked_email` is a new address that waits to be confirmed."""

    name: str
    email: str
    verified: bool
    time_zone: str
    clock_hours: int
    portrait: str
    asked_email: str


def _is_open(now: datetime) -> tuple[object, ...]:
    return (
        col(LoginSession.revoked_at).is_(None),
        col(LoginSession.expires_at) > now,
        col(LoginSession.seen_at) > now - IDLE_FOR,
    )


def viewer(db: Session, *, token: str, now: datetime) -> ViewerView | None:
    """Whose session `token` is; `None` when it is unknown, revoked, or too old (14 days idle, 90 in all)."""
    token_hash = fingerprint(token)
    wanted = (
        select(User, LoginSession.seen_at)
        .join(LoginSession, col(LoginSession.user_id) == User.id)
        .where(LoginSession.token_hash == token_hash, *_is_open(now))  # type: ignore[arg-type]
    )
    found = db.exec(wanted).first()
    if found is None:
        return None
    user, seen_at = found
    return ViewerView(
        user_id=user.id,
        name=user.name,
        email=user.email,
        verified=user.email_verified_at is not None,
        hat=user.hat,
        is_admin=user.is_admin,
        time_zone=user.time_zone,
        clock_hours=user.clock_hours,
        portrait=user.portrait,
        token_hash=token_hash,
        seen_at=seen_at,
    )


def credentials_of(db: Session, *, email: str) -> CredentialsView | None:
    """What to check a password against; `None` for an address nobody has or that is none."""
    try:
        wanted = normal_email(email)
    except FieldError:
        return None
    return _credentials(db.exec(select(User).where(User.email == wanted)).first())


def credentials_by_id(db: Session, *, user_id: UUID) -> CredentialsView | None:
    """What to check a signed-in person's present password against."""
    return _credentials(db.get(User, user_id))


def _credentials(user: User | None) -> CredentialsView | None:
    return None if user is None else CredentialsView(user.id, user.name, user.email, user.password_hash)


def link(db: Session, *, secret: str, purpose: TokenPurpose, now: datetime) -> LinkView:
    """The owner of a one-time link that may be used now; raises LinkSpent."""
    wanted = (
        select(AccountToken, User)
        .join(User, col(User.id) == AccountToken.user_id)
        .where(
            AccountToken.token_hash == fingerprint(secret),
            AccountToken.purpose == purpose,
            col(AccountToken.used_at).is_(None),
            AccountToken.expires_at > now,
        )
    )
    found = db.exec(wanted).first()
    if found is None:
        raise LinkSpent
    token, user = found
    return LinkView(user_id=user.id, name=user.name, email=token.email)


def sessions_of(db: Session, *, user_id: UUID, token_hash: str, now: datetime) -> list[SessionView]:
    """The person's open sessions, the one of `token_hash` first, then the latest used."""
    wanted = select(LoginSession).where(LoginSession.user_id == user_id, *_is_open(now))  # type: ignore[arg-type]
    views = [
        SessionView(
            reference=reference_of(row.token_hash),
            device=row.device,
            address=row.address,
            created_at=row.created_at,
            seen_at=row.seen_at,
            is_current=row.token_hash == token_hash,
        )
        for row in db.exec(wanted)
    ]
    return sorted(views, key=lambda view: (view.is_current, view.seen_at), reverse=True)


def reference_of(token_hash: str) -> str:
    """A name for a session that may stand in a page: it leads back to neither cookie nor row."""
    return fingerprint(token_hash)[:_REFERENCE_LENGTH]


def habits_of(db: Session, *, user_id: UUID) -> Habits:
    """How a person reads time where their browser is not there to say more: in mails and in what they are told."""
    return Habits(clock_hours=db.get_one(User, user_id).clock_hours)


def account(db: Session, *, user_id: UUID, now: datetime) -> AccountView:
    """The person's account page; raises NotFound."""
    user = db.get(User, user_id)
    if user is None:
        raise NotFound
    waiting = (
        select(AccountToken.email)
        .where(
            AccountToken.user_id == user_id,
            AccountToken.purpose == TokenPurpose.CHANGE_EMAIL,
            col(AccountToken.used_at).is_(None),
            AccountToken.expires_at > now,
            AccountToken.email != user.email,
            AccountToken.created_at > (user.email_verified_at or user.created_at),
        )
        .order_by(col(AccountToken.created_at).desc())
        .limit(1)
    )
    return AccountView(
        name=user.name,
        email=user.email,
        verified=user.email_verified_at is not None,
        time_zone=user.time_zone,
        clock_hours=user.clock_hours,
        portrait=user.portrait or "",
        asked_email=db.exec(waiting).first() or "",
    )
