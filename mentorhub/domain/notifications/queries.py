"""Reads of the notices: what a person was told, what they want to hear, and when a mail may go."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.common.moments import zone_of
from mentorhub.domain.notifications.models import NoticeSwitch, Notification, QuietHours
from mentorhub.domain.notifications.rules import WHY_REQUIRED, NoticeKind, Quiet
from mentorhub.domain.notifications.rules import quiet_until as end_of_quiet


@dataclass(frozen=True)
class NoticeView:
    """One notice of the person who looks."""

    notice_id: UUID
    kind: str
    text: str
    address: str
    told_at: datetime
    is_read: bool


@dataclass(frozen=True)
class NoticesView:
    """The newest notices, how many are unread in all, and whether there are older ones."""

    notices: tuple[NoticeView, ...]
    unread: int
    has_more: bool


@dataclass(frozen=True)
class SwitchView:
    """One kind of notice as a person set it; `why_required` is empty for what may be switched off.

    `by_mail` never holds for a kind without a mail.
    """

    kind: NoticeKind
    in_product: bool
    by_mail: bool
    why_required: str


@dataclass(frozen=True)
class WishesView:
    """Everything a person said about being told; without quiet hours `quiet` is `None`."""

    switches: tuple[SwitchView, ...]
    quiet: Quiet | None
    zone: str


@dataclass(frozen=True)
class MailView:
    """Whether a person wants a kind by mail, and until when it waits; `None` when it may go now."""

    is_wanted: bool
    waits_until: datetime | None


def unread_count(db: Session, *, user_id: UUID) -> int:
    """How many notices the person has not read."""
    unread = select(func.count()).where(Notification.user_id == user_id, col(Notification.read_at).is_(None))
    return db.exec(unread).one()


def notices_of(db: Session, *, user_id: UUID, limit: int) -> NoticesView:
    """The person's newest notices, newest first."""
    newest = (
        select(Notification)
        .where(Notification.user_id == user_id)
        .order_by(col(Notification.created_at).desc(), col(Notification.id))
        .limit(limit + 1)
    )
    rows = db.exec(newest).all()
    return NoticesView(
        notices=tuple(_shown(row) for row in rows[:limit]),
        unread=unread_count(db, user_id=user_id),
        has_more=len(rows) > limit,
    )


def wishes_of(db: Session, *, user_id: UUID) -> WishesView:
    """The person's switches, in the order of the kinds, and their quiet hours."""
    kept = {row.kind: row for row in db.exec(select(NoticeSwitch).where(NoticeSwitch.user_id == user_id))}
    return WishesView(
        switches=tuple(_switch(kind, kept.get(kind.value)) for kind in NoticeKind),
        quiet=_quiet(db, user_id),
        zone=db.get_one(User, user_id).time_zone,
    )


def mail_of(db: Session, *, user_id: UUID, kind: NoticeKind, now: datetime) -> MailView:
    """Whether and when a mail of that kind may go to the person."""
    switch = _switch(kind, db.get(NoticeSwitch, (user_id, kind.value)))
    return MailView(switch.by_mail, quiet_until(db, user_id=user_id, now=now) if kind.can_wait else None)


def quiet_until(db: Session, *, user_id: UUID, now: datetime) -> datetime | None:
    """When the person's quiet hours that run at `now` end; `None` when none do."""
    quiet = _quiet(db, user_id)
    return end_of_quiet(quiet, zone_of(db.get_one(User, user_id).time_zone), now) if quiet else None


def _shown(row: Notification) -> NoticeView:
    return NoticeView(row.id, row.kind, row.text, row.address, row.created_at, row.read_at is not None)


def _switch(kind: NoticeKind, row: NoticeSwitch | None) -> SwitchView:
    if kind.is_required or row is None:
        return SwitchView(kind, in_product=True, by_mail=kind.has_mail, why_required=WHY_REQUIRED.get(kind, ""))
    return SwitchView(kind, in_product=row.in_product, by_mail=kind.has_mail and row.by_mail, why_required="")


def _quiet(db: Session, user_id: UUID) -> Quiet | None:
    row = db.get(QuietHours, user_id)
    return Quiet(row.from_minute, row.to_minute) if row else None
