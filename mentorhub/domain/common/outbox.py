"""The outbox: work that must follow a fact is written in the fact's own transaction and done later.

Rows are claimed by lease, so any number of workers may run; each is done at least once, and what it
does is keyed, so that a second time changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Index, and_, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, delete, select

from mentorhub.database.columns import UtcDateTime
from mentorhub.domain.common import topics
from mentorhub.domain.common.ids import new_id

LEASE = timedelta(minutes=2)
GIVE_UP_AFTER = 12
WORK_WAITS = "outbox"
"""The topic announced with every row that is due at once: job workers watch it."""


class OutboxRow(SQLModel, table=True):
    """One thing to do: a topic, the ids it is about, and when it is due. `key` makes it unique."""

    __tablename__ = "outbox"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    topic: str = Field(max_length=60)
    key: str = Field(unique=True, max_length=160)
    subject: str = Field(default="", max_length=400, description="ids, never words of people or secrets")
    due_at: datetime = Field(sa_type=UtcDateTime)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dead_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = Field(default="", max_length=300)
    created_at: datetime = Field(sa_type=UtcDateTime)


Index("ix_outbox_open_due", OutboxRow.__table__.c.done_at, OutboxRow.__table__.c.due_at)  # type: ignore[attr-defined]


def enqueue(
    db: Session, topic: str, *, key: str, subject: str = "", now: datetime, due_at: datetime | None = None
) -> bool:
    """Ask for `topic` about `subject` once under `key`; asking again under the same key does nothing: False."""
    if db.exec(select(OutboxRow.id).where(OutboxRow.key == key)).first() is not None:
        return False
    row = OutboxRow(topic=topic, key=key, subject=subject, due_at=due_at or now, created_at=now)
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        return False
    if row.due_at <= now:
        topics.announce(db, WORK_WAITS)
    return True


def withdraw(db: Session, key_prefix: str, *, now: datetime) -> None:
    """Take back what was asked for under keys that begin with `key_prefix` and is not done yet."""
    open_rows = db.exec(
        select(OutboxRow).where(
            col(OutboxRow.key).startswith(key_prefix, autoescape=True), col(OutboxRow.done_at).is_(None)
        )
    )
    for row in open_rows:
        row.done_at = now
        row.last_error = "withdrawn"


def was_asked(db: Session, key: str) -> bool:
    """Whether anything was ever asked for under `key`, done or not; known for a month after it was done."""
    return db.exec(select(OutboxRow.id).where(OutboxRow.key == key)).first() is not None


def is_work_due(db: Session, *, now: datetime) -> bool:
    """Whether `lease_due` would find anything; a look that locks nothing."""
    return db.exec(select(OutboxRow.id).where(*_is_due(now)).limit(1)).first() is not None


def was_done_since(db: Session, moment: datetime, *, key_prefix: str) -> bool:
    """Whether anything under `key_prefix` was done after `moment`."""
    done = select(OutboxRow.id).where(
        col(OutboxRow.done_at) > moment, col(OutboxRow.key).startswith(key_prefix, autoescape=True)
    )
    return db.exec(done.limit(1)).first() is not None


def _is_due(now: datetime) -> tuple[Any, ...]:
    return (
        col(OutboxRow.done_at).is_(None),
        col(OutboxRow.dead_at).is_(None),
        OutboxRow.due_at <= now,
        or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) < now),
    )


def lease_due(db: Session, *, now: datetime, limit: int = 10) -> Sequence[OutboxRow]:
    """Take up to `limit` due rows for LEASE; another worker may have them after that if they are not done."""
    due = (
        select(OutboxRow)
        .where(*_is_due(now))
        .order_by(col(OutboxRow.due_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = db.exec(due).all()
    for row in rows:
        row.lease_until = now + LEASE
        row.attempts += 1
    return rows


def finish(db: Session, row_id: UUID, *, now: datetime) -> None:
    """Note that the work of a row is done."""
    row = db.get_one(OutboxRow, row_id)
    row.done_at, row.lease_until = now, None


def postpone(db: Session, row_id: UUID, *, error: str, now: datetime) -> bool:
    """Note that the work failed and when to try again (doubling from 5 s to an hour).

    Returns False when it has failed too often and was given up, which is for a person to look at.
    """
    row = db.get_one(OutboxRow, row_id)
    row.lease_until, row.last_error = None, error[:300]
    row.due_at = now + min(timedelta(hours=1), timedelta(seconds=5 * 2 ** (row.attempts - 1)))
    if row.attempts >= GIVE_UP_AFTER:
        row.dead_at = now
    return row.dead_at is None


def wait(db: Session, row_id: UUID, *, until: datetime) -> None:
    """Note that the work of a row is to be done at another time; that is no failed attempt."""
    row = db.get_one(OutboxRow, row_id)
    row.lease_until, row.due_at, row.attempts = None, until, row.attempts - 1


def sweep(db: Session, *, key_prefix: str, now: datetime) -> None:
    """Remove rows done a month ago, and those under `key_prefix`, which come by the minute, after an hour."""
    by_the_minute = col(OutboxRow.key).startswith(key_prefix, autoescape=True)
    old = or_(
        col(OutboxRow.done_at) < now - timedelta(days=30),
        and_(by_the_minute, col(OutboxRow.done_at) < now - timedelta(hours=1)),
    )
    db.exec(delete(OutboxRow).where(old))
