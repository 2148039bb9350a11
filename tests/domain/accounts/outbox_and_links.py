"""What the tests of the accounts share."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.accounts import service
from mentorhub.domain.common.outbox import OutboxRow
from tests.people import SUNDAY, add_person


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def asked(db: Session, topic: str) -> list[str]:
    rows = db.exec(select(OutboxRow.subject).where(OutboxRow.topic == topic).order_by(col(OutboxRow.created_at)))
    return list(rows)


def secret_of(db: Session, topic: str, now: object = SUNDAY) -> str:
    return service.issue_link(db, request=asked(db, topic)[-1], now=now).secret  # type: ignore[arg-type]


def riya(db: Session, *, verified: bool = True) -> UUID:
    return add_person(db, name="Riya Patil", email="riya@example.org", zone="Asia/Kolkata", verified=verified)


def open_for(db: Session, user_id: UUID, **details: str) -> str:
    given = {"device": "Firefox on Linux", "address": "203.0.113.7", **details}
    return service.open_session(db, user_id=user_id, now=SUNDAY, **given)
