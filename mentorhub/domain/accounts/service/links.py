"""One-time links: asked for in a transaction, given their secret only when the mail is written.

So no secret ever waits in the outbox: the row of the request holds the fingerprint of a secret nobody
knows, and each mail made from it gets a link of its own.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select, update

from mentorhub.domain.accounts.errors import LinkSpent
from mentorhub.domain.accounts.models import AccountToken, TokenPurpose, User
from mentorhub.domain.accounts.rules import LINK_LASTS
from mentorhub.domain.common import outbox
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import fingerprint, new_secret


@dataclass(frozen=True)
class IssuedLink:
    """A link to put into a mail: its secret, to whom, at which address, and what the account's address is."""

    secret: str
    name: str
    email: str
    account_email: str
    expires_at: datetime


def request_link(db: Session, *, user_id: UUID, purpose: TokenPurpose, email: str, topic: str, now: datetime) -> None:
    """Ask for a mail with a one-time link to `email`; the handler of `topic` issues it."""
    request = _add(db, fingerprint(new_secret()), user_id, purpose, email, now)
    outbox.enqueue(db, topic, key=f"{topic}:{request.token_hash}", subject=request.token_hash, now=now)


def issue_link(db: Session, *, request: str, now: datetime) -> IssuedLink:
    """Make the link a request asked for; each call makes one more, all for one use in common.

    Raises NotFound when the request was used up or swept away meanwhile: then no mail is needed.
    """
    asked = db.get(AccountToken, request)
    if asked is None or asked.used_at is not None:
        raise NotFound
    user = db.get_one(User, asked.user_id)
    secret = new_secret()
    token = _add(db, fingerprint(secret), asked.user_id, asked.purpose, asked.email, now)
    return IssuedLink(secret, user.name, asked.email, user.email, token.expires_at)


def recipient(db: Session, *, user_id: UUID) -> tuple[str, str]:
    """Name and address of a person, for a mail without a link; raises NotFound."""
    user = db.get(User, user_id)
    if user is None:
        raise NotFound
    return user.name, user.email


def use_link(db: Session, *, secret: str, purpose: TokenPurpose, now: datetime) -> AccountToken:
    """Use a link and all others of its purpose and address; raises LinkSpent.

    The first update wins a race of two clicks, since it counts the row it changed.
    """
    token_hash = fingerprint(secret)
    used = db.exec(
        update(AccountToken)
        .where(
            col(AccountToken.token_hash) == token_hash,
            col(AccountToken.purpose) == purpose,
            col(AccountToken.used_at).is_(None),
            col(AccountToken.expires_at) > now,
        )
        .values(used_at=now)
    )
    if used.rowcount != 1:
        raise LinkSpent
    token = db.get_one(AccountToken, token_hash)
    spend_links(db, user_id=token.user_id, purpose=purpose, email=token.email, now=now)
    return token


def kept_for(db: Session, *, email: str, now: datetime) -> UUID | None:
    """Whose account may still be put back to `email`: until then nobody else can begin one there."""
    wanted = select(AccountToken.user_id).where(
        AccountToken.email == email,
        AccountToken.purpose == TokenPurpose.RESTORE_EMAIL,
        col(AccountToken.used_at).is_(None),
        AccountToken.expires_at > now,
    )
    return db.exec(wanted.limit(1)).first()


def note_wish(db: Session, *, user_id: UUID, purpose: TokenPurpose, email: str, now: datetime) -> None:
    """Keep what was asked for without a mail: nobody ever gets a link for it."""
    _add(db, fingerprint(new_secret()), user_id, purpose, email, now)


def spend_links(
    db: Session,
    *,
    user_id: UUID,
    purpose: TokenPurpose,
    email: str | None = None,
    since: datetime | None = None,
    now: datetime,
) -> None:
    """Make every open link of a person and purpose useless, or only those for one address or made `since`."""
    wanted = select(AccountToken).where(
        AccountToken.user_id == user_id,
        AccountToken.purpose == purpose,
        col(AccountToken.used_at).is_(None),
    )
    if email is not None:
        wanted = wanted.where(AccountToken.email == email)
    if since is not None:
        wanted = wanted.where(AccountToken.created_at >= since)
    for token in db.exec(wanted):
        token.used_at = now


def _add(db: Session, token_hash: str, user_id: UUID, purpose: TokenPurpose, email: str, now: datetime) -> AccountToken:
    token = AccountToken(
        token_hash=token_hash,
        user_id=user_id,
        purpose=purpose,
        email=email,
        created_at=now,
        expires_at=now + LINK_LASTS[purpose.value],
    )
    db.add(token)
    db.flush()
    return token
