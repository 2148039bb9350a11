"""What a person wants to be told, by which way, and when not."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.notifications.errors import KindIsRequired
from mentorhub.domain.notifications.models import NoticeSwitch, QuietHours
from mentorhub.domain.notifications.rules import NoticeKind, Quiet

_DAY = 24 * 60


def set_switches(
    db: Session, *, user_id: UUID, in_product: Collection[NoticeKind], by_mail: Collection[NoticeKind]
) -> None:
    """Keep which kinds the person wants in the product and by mail; what is required stays on whatever is said.

    Of a kind without a mail nothing is kept about mails.
    """
    for kind in NoticeKind:
        if not kind.is_required:
            switch = _switch(db, user_id, kind)
            switch.in_product = kind in in_product
            switch.by_mail = kind in by_mail or not kind.has_mail


def switch_off_mail(db: Session, *, user_id: UUID, kind: NoticeKind) -> None:
    """Send the person no more mails of one kind; raises KindIsRequired."""
    if kind.is_required:
        raise KindIsRequired
    _switch(db, user_id, kind).by_mail = False


def set_quiet_hours(db: Session, *, user_id: UUID, quiet: Quiet | None) -> None:
    """Keep the person's quiet hours; none when both ends are the same. Raises FieldError on a minute no day has."""
    row = db.get(QuietHours, user_id)
    if quiet is None or quiet.from_minute == quiet.to_minute:
        if row is not None:
            db.delete(row)
        return
    for field, minute in (("quiet_from", quiet.from_minute), ("quiet_to", quiet.to_minute)):
        if not 0 <= minute < _DAY:
            raise FieldError(field, "Choose a time between 00:00 and 23:59.")
    if row is None:
        db.add(QuietHours(user_id=user_id, from_minute=quiet.from_minute, to_minute=quiet.to_minute))
    else:
        row.from_minute, row.to_minute = quiet.from_minute, quiet.to_minute


def _switch(db: Session, user_id: UUID, kind: NoticeKind) -> NoticeSwitch:
    switch = db.get(NoticeSwitch, (user_id, kind.value))
    if switch is None:
        switch = NoticeSwitch(user_id=user_id, kind=kind.value)
        db.add(switch)
        db.flush()
    return switch
