"""Counting tries in the database, so that a restart forgets none and all workers count together."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from mentorhub.domain.accounts.errors import TooManyTries
from mentorhub.domain.accounts.models import LoginSession, Throttle
from mentorhub.domain.accounts.rules import Allowance, Tries, minutes_left, next_try
from mentorhub.domain.common.ids import fingerprint


def take_try(db: Session, *, allowances: tuple[Allowance, ...], now: datetime) -> None:
    """Count one try under every allowance before it is made, so that a hundred at once do not slip through.

    Raises TooManyTries, and counts nothing, while any of them has to wait.
    """
    rows = [_locked(db, fingerprint(one.key), now) for one in sorted(allowances, key=lambda one: one.key)]
    free = {fingerprint(one.key): one.free for one in allowances}
    waits = [minutes_left(_tries(row), now) for row in rows]
    if max(waits, default=0) > 0:
        raise TooManyTries(max(waits))
    for row in rows:
        after = next_try(_tries(row), free=free[row.key], now=now)
        row.tries, row.since, row.blocked_until = after.count, after.since, after.blocked_until


def forgive(db: Session, *, keys: tuple[str, ...]) -> None:
    """Forget every try under `keys`: the person has shown who they are."""
    for key in keys:
        row = db.get(Throttle, fingerprint(key))
        if row is not None:
            db.delete(row)


def forgive_one(db: Session, *, key: str) -> None:
    """Take back the one try that succeeded, where others share the key, as behind one office's address."""
    row = db.get(Throttle, fingerprint(key), with_for_update=True)
    if row is not None and row.tries > 0:
        row.tries -= 1
        row.blocked_until = None


def is_known_address(db: Session, *, user_id: UUID, address: str) -> bool:
    """Whether the person has signed in from this network address before."""
    wanted = select(LoginSession.token_hash).where(LoginSession.user_id == user_id, LoginSession.address == address)
    return db.exec(wanted.limit(1)).first() is not None


def _locked(db: Session, key: str, now: datetime) -> Throttle:
    row = db.get(Throttle, key, with_for_update=True)
    if row is not None:
        return row
    try:
        with db.begin_nested():
            db.add(Throttle(key=key, tries=0, since=now))
    except IntegrityError:
        pass
    return db.get_one(Throttle, key, with_for_update=True)


def _tries(row: Throttle) -> Tries:
    return Tries(row.tries, row.since, row.blocked_until)
