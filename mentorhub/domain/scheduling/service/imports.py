"""Verbs of the calendars a mentor keeps elsewhere: they close times here, and nothing else of them is kept."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, delete, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.catalog.errors import NotAMentor
from mentorhub.domain.catalog.models import MentorProfile
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.words import tidy
from mentorhub.domain.notifications.rules import NoticeKind
from mentorhub.domain.notifications.service import tell
from mentorhub.domain.scheduling.models import CALENDAR_IS_DOWN_AFTER, CalendarImport, ImportedBusy
from mentorhub.domain.scheduling.rules.addresses import calendar_address
from mentorhub.domain.scheduling.service.reading import Busy

READ_CALENDAR: Final = "calendar.read"
"""The topic of one reading; its subject is the id of the import."""
_MOST: Final = 5
_LABEL_LASTS: Final = 80
_LAST_ERROR_LASTS: Final = 300


def add_import(
    db: Session, *, actor_id: UUID, address: str, label: str, own_hosts: Collection[str] = (), now: datetime
) -> UUID:
    """Let a calendar elsewhere close the actor's time; it is read at once.

    Raises FieldError on "address" or "label", NotAMentor.
    """
    wanted, name = calendar_address(address, own_hosts=own_hosts), tidy(label)
    if len(name) > _LABEL_LASTS:
        raise FieldError("label", f"Use at most {_LABEL_LASTS} letters.")
    db.exec(select(User.id).where(User.id == actor_id).with_for_update()).first()
    if db.get(MentorProfile, actor_id) is None:
        raise NotAMentor
    theirs = db.exec(select(CalendarImport.address).where(CalendarImport.mentor_id == actor_id)).all()
    if wanted in theirs:
        raise FieldError("address", "This calendar is connected already.")
    if len(theirs) >= _MOST:
        raise FieldError("address", f"At most {_MOST} calendars can be connected. Remove one first.")
    row = CalendarImport(mentor_id=actor_id, address=wanted, label=name or "Calendar", created_at=now)
    db.add(row)
    db.flush()
    _ask(db, row.id, f"added:{row.id}", now)
    topics.announce(db, topics.person(actor_id))
    return row.id


def refresh_import(db: Session, *, actor_id: UUID, import_id: UUID, now: datetime) -> bool:
    """Read a calendar of the actor now; False when that was asked for within the same minute. Raises NotFound."""
    _own(db, actor_id, import_id)
    return _ask(db, import_id, f"asked:{import_id}:{int(now.timestamp()) // 60}", now)


def remove_import(db: Session, *, actor_id: UUID, import_id: UUID) -> None:
    """Forget a calendar of the actor and open the times it closed. Raises NotFound."""
    row = _own(db, actor_id, import_id)
    db.exec(delete(ImportedBusy).where(col(ImportedBusy.import_id) == row.id))
    db.delete(row)
    topics.announce(db, topics.grid_of(actor_id), topics.person(actor_id))


def ask_for_all(db: Session, *, every: timedelta, now: datetime) -> None:
    """Ask for a reading of every calendar, once in each stretch of `every`; one that keeps failing is left to rest.

    It rests as long as it has been failing, up to two hours: an address that is gone, or made to cost time, is then
    read twelve times a day and not 144 times. Its mentor may still have it read at once.
    """
    turn = int(now.timestamp() // every.total_seconds())
    for row in db.exec(select(CalendarImport)):
        if row.rests_until is None or row.rests_until <= now + every / 2:
            _ask(db, row.id, f"turn:{row.id}:{turn}", now)


def keep_copy(db: Session, *, import_id: UUID, busy: Busy | None, mark: str, now: datetime) -> None:
    """Put the spans of a good reading in place of those before, at once; `None` is a calendar that is unchanged.

    Nothing happens when the import was removed meanwhile.
    """
    row = db.get(CalendarImport, import_id, with_for_update=True)
    if row is None:
        return
    row.checked_at = row.good_at = now
    row.failing_since, row.etag = None, mark
    topics.announce(db, topics.person(row.mentor_id))
    if busy is None:
        return
    row.last_error = busy.warning[:_LAST_ERROR_LASTS]
    digest = hashlib.sha256(repr(busy.spans).encode()).hexdigest()
    if digest == row.digest:
        return
    row.digest = digest
    db.exec(delete(ImportedBusy).where(col(ImportedBusy.import_id) == row.id))
    db.add_all(
        ImportedBusy(import_id=row.id, mentor_id=row.mentor_id, starts_at=begins, ends_at=ends)
        for begins, ends in busy.spans
    )
    topics.announce(db, topics.grid_of(row.mentor_id))


def note_failure(db: Session, *, import_id: UUID, why: str, now: datetime) -> None:
    """Keep the last good copy and say why it is not a newer one; after an hour of failures the mentor is told once."""
    row = db.get(CalendarImport, import_id, with_for_update=True)
    if row is None:
        return
    row.checked_at = now
    row.failing_since = row.failing_since or now
    row.last_error = why[:_LAST_ERROR_LASTS]
    topics.announce(db, topics.person(row.mentor_id))
    if now - row.failing_since > CALENDAR_IS_DOWN_AFTER:
        tell(
            db,
            user_id=row.mentor_id,
            kind=NoticeKind.CALENDAR,
            key=f"calendar:{row.id}:{row.failing_since:%Y%m%d%H%M%S}",
            text=f"Your calendar “{row.label}” could not be read for over an hour. {row.last_error}",
            address="/account/calendars",
            now=now,
        )


def _own(db: Session, actor_id: UUID, import_id: UUID) -> CalendarImport:
    row = db.get(CalendarImport, import_id, with_for_update=True)
    if row is None or row.mentor_id != actor_id:
        raise NotFound
    return row


def _ask(db: Session, import_id: UUID, key: str, now: datetime) -> bool:
    return outbox.enqueue(db, READ_CALENDAR, key=f"{READ_CALENDAR}:{key}", subject=str(import_id), now=now)
