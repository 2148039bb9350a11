"""The provider's notices: each kept once, handled once, a hint only."""

from datetime import datetime

from sqlmodel import Session

from mentorhub.domain.common import outbox
from mentorhub.domain.payments.models import ProviderNotice
from mentorhub.domain.payments.ports import Notice

NOTICE_TOPIC = "payments.notice"


def keep_notice(db: Session, *, notice: Notice, now: datetime) -> bool:
    """Keep a provider's notice once and queue its handling; False for a repeated delivery."""
    if db.get(ProviderNotice, notice.notice_id) is not None:
        return False
    kept = ProviderNotice(id=notice.notice_id, kind=notice.kind.value, object_id=notice.object_id, received_at=now)
    db.add(kept)
    outbox.enqueue(db, NOTICE_TOPIC, key=f"notice:{notice.notice_id}", subject=notice.notice_id, now=now)
    return True


def notice_of(db: Session, notice_id: str) -> tuple[str, str] | None:
    """The kind and the object of a kept notice that was not handled yet."""
    kept = db.get(ProviderNotice, notice_id)
    return (kept.kind, kept.object_id) if kept is not None and kept.handled_at is None else None


def notice_handled(db: Session, *, notice_id: str, now: datetime) -> None:
    """Note that a notice was dealt with."""
    db.get_one(ProviderNotice, notice_id).handled_at = now
