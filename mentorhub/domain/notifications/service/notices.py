"""Notices in the product: told once, read once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from mentorhub.domain.common import topics
from mentorhub.domain.notifications.models import NoticeSwitch, Notification
from mentorhub.domain.notifications.rules import NoticeKind

_TEXT_LASTS = 300


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


def _wants(db: Session, user_id: UUID, kind: NoticeKind) -> bool:
    switch = db.get(NoticeSwitch, (user_id, kind.value))
    return kind.is_required or switch is None or switch.in_product
