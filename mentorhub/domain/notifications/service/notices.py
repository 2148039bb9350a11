"""Notices in the product: told once, read once."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select, update

from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.notifications.models import NoticeSwitch, Notification
from mentorhub.domain.notifications.rules import NoticeKind

_TEXT_LASTS = 300
_KEPT_FOR = timedelta(days=180)


def tell(db: Session, *, user_id: UUID, kind: NoticeKind, key: str, text: str, address: str, now: datetime) -> None:
    """Tell one person one fact in the product, unless they switched its kind off there.

    `key` names the fact (at most 120 characters): told again under the same key the same person hears nothing
    new. `text` is one sentence, `address` the path of the page it leads to.
    """
    own_key = f"{user_id}:{key}"
    if db.exec(select(Notification.id).where(Notification.key == own_key)).first() is not None:
        return
    if not _wants(db, user_id, kind):
        return
    notice = Notification(
        user_id=user_id, key=own_key, kind=kind.value, text=text[:_TEXT_LASTS], address=address, created_at=now
    )
    try:
        with db.begin_nested():
            db.add(notice)
    except IntegrityError:
        return
    topics.announce(db, topics.notices_of(user_id))


def mark_read(db: Session, *, user_id: UUID, notice_id: UUID, now: datetime) -> str:
    """Note that the person read one of their notices; gives the page it leads to. Raises NotFound."""
    notice = db.get(Notification, notice_id)
    if notice is None or notice.user_id != user_id:
        raise NotFound
    if notice.read_at is None:
        notice.read_at = now
        topics.announce(db, topics.notices_of(user_id))
    return notice.address


def mark_all_read(db: Session, *, user_id: UUID, now: datetime) -> None:
    """Note that the person read everything they were told so far."""
    unread = (col(Notification.user_id) == user_id, col(Notification.read_at).is_(None))
    db.execute(update(Notification).where(*unread).values(read_at=now))
    topics.announce(db, topics.notices_of(user_id))


def sweep(db: Session, *, now: datetime) -> None:
    """Remove what was told half a year ago."""
    db.execute(delete(Notification).where(col(Notification.created_at) < now - _KEPT_FOR))


def _wants(db: Session, user_id: UUID, kind: NoticeKind) -> bool:
    switch = db.get(NoticeSwitch, (user_id, kind.value))
    return kind.is_required or switch is None or switch.in_product
