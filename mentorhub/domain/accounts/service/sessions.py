"""Login sessions: opened at sign-in, noted while used, ended by their owner or by time."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, delete, or_, select, update

from mentorhub.domain.accounts.models import AccountToken, LoginSession, Throttle, User
from mentorhub.domain.accounts.queries import reference_of
from mentorhub.domain.accounts.rules import IDLE_FOR, SEEN_EVERY, SESSION_LASTS
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import fingerprint, new_secret

_KEPT_AFTER_THE_END = timedelta(days=30)


def open_session(
    db: Session,
    *,
    user_id: UUID,
    device: str,
    address: str,
    now: datetime,
    replaces: str = "",
    new_hash: str | None = None,
) -> str:
    """Begin a session after the password was checked; returns the secret for the cookie.

    The secret is always fresh and the browser's earlier session (`replaces`, its secret) ends, so that none
    planted before can be used after. `new_hash` renews a password hash made with outdated costs.
    """
    if replaces:
        sign_out(db, token=replaces, now=now)
    if new_hash is not None:
        db.get_one(User, user_id).password_hash = new_hash
    secret = new_secret()
    db.add(
        LoginSession(
            token_hash=fingerprint(secret),
            user_id=user_id,
            device=device[:200],
            address=address[:64],
            created_at=now,
            seen_at=now,
            expires_at=now + SESSION_LASTS,
        )
    )
    db.flush()
    return secret


def sign_out(db: Session, *, token: str, now: datetime) -> None:
    """End the session of a cookie's secret; an unknown or ended one changes nothing."""
    row = db.get(LoginSession, fingerprint(token))
    if row is not None and row.revoked_at is None:
        row.revoked_at = now


def touch_session(db: Session, *, token_hash: str, now: datetime) -> None:
    """Note that a session is in use, at most once in five minutes."""
    db.exec(
        update(LoginSession)
        .where(col(LoginSession.token_hash) == token_hash, col(LoginSession.seen_at) <= now - SEEN_EVERY)
        .values(seen_at=now)
    )


def revoke_session(db: Session, *, user_id: UUID, reference: str, now: datetime) -> None:
    """End one of the person's own sessions by its reference; raises NotFound for any other."""
    for row in _live(db, user_id):
        if reference_of(row.token_hash) == reference:
            row.revoked_at = now
            return
    raise NotFound


def revoke_other_sessions(db: Session, *, user_id: UUID, keep: str, now: datetime) -> None:
    """End all of the person's sessions but the one whose token hash is `keep`."""
    for row in _live(db, user_id):
        if row.token_hash != keep:
            row.revoked_at = now


def _live(db: Session, user_id: UUID) -> list[LoginSession]:
    wanted = select(LoginSession).where(LoginSession.user_id == user_id, col(LoginSession.revoked_at).is_(None))
    return list(db.exec(wanted))


def sweep(db: Session, *, now: datetime) -> None:
    """Remove what nobody can use any more: sessions and links a month after their end, old throttles."""
    long_ago = now - _KEPT_AFTER_THE_END
    over = or_(
        col(LoginSession.expires_at) < long_ago,
        col(LoginSession.revoked_at) < long_ago,
        col(LoginSession.seen_at) < long_ago - IDLE_FOR,
    )
    db.exec(delete(LoginSession).where(over))
    db.exec(delete(AccountToken).where(col(AccountToken.expires_at) < long_ago))
    db.exec(delete(Throttle).where(col(Throttle.since) < now - timedelta(days=1)))
