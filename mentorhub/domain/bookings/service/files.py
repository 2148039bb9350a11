"""Files beside the words of an intake: added, removed, and let go when nobody will send them any more.

The object in the file store is put before its row is written and goes after its last row did, so that no row is ever
without its object; an object whose row was never written is swept. What belongs to a person's drafts changes only
while that person's row is locked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session, and_, col, delete, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.errors import TooManyAttached, TooMuchUnsent
from mentorhub.domain.bookings.models import Booking, BookingRequest, Intake, IntakeFile, Status
from mentorhub.domain.bookings.queries.intake import intake_of, stored_among
from mentorhub.domain.bookings.service import claims
from mentorhub.domain.bookings.service.intake import open_form
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.files import FileKind, display_name

FILES_FOLDER: Final = "intake"
"""Where in the file store the files of intakes are."""


@dataclass(frozen=True)
class StoredFile:
    """A file whose content is in the file store under `stored` already; `name` is what the browser calls it."""

    name: str
    kind: FileKind
    size: int
    stored: str


def require_file_room(db: Session, *, booking_id: UUID, mentee_id: UUID, now: datetime) -> None:
    """Look, before a file is taken in, whether one may be added; raises as `add_file` does."""
    _with_room(db, booking_id, mentee_id, now=now)


def add_file(db: Session, *, booking_id: UUID, mentee_id: UUID, file: StoredFile, now: datetime) -> None:
    """Add a stored file to the intake of a hold, and of all of its series.

    Raises NotFound, HoldOver, TooManyAttached or TooMuchUnsent; the object is then to be removed.
    """
    held = _with_room(db, booking_id, mentee_id, now=now)
    _make_room(db, mentee_id, file.size)
    for one in held:
        if db.get(Intake, one.id) is None:
            db.add(Intake(booking_id=one.id, updated_at=now))
    keep_file(db, held, file, now=now)


def remove_file(db: Session, *, file_id: UUID, mentee_id: UUID, now: datetime) -> tuple[str, ...]:
    """Take a file out of the intake of a hold, and of all of its series; raises NotFound or HoldOver.

    Returns the object that no file needs any more, if there is none, to be removed after the commit.
    """
    file = db.get(IntakeFile, file_id)
    if file is None:
        raise NotFound
    held = open_form(db, file.booking_id, mentee_id, now=now)
    which = col(IntakeFile.booking_id).in_([one.id for one in held]), col(IntakeFile.stored) == file.stored
    db.execute(delete(IntakeFile).where(*which))
    return _needless(db, [file.stored])


def keep_file(db: Session, holds: Sequence[Booking], file: StoredFile | IntakeFile, *, now: datetime) -> None:
    """Write a stored file down for each of these holds; for services only."""
    name = display_name(file.name, file.kind)
    for one in holds:
        row = IntakeFile(
            booking_id=one.id, name=name, kind=file.kind, size=file.size, stored=file.stored, created_at=now
        )
        db.add(row)


def forget_unsent_files(db: Session, *, now: datetime, limit: int = 200) -> tuple[str, ...]:
    """Let go of the files of holds that lapsed a week ago; returns the objects to remove after the commit."""
    old = col(IntakeFile.created_at) <= now - rules.UNSENT_FILES_KEPT
    due = db.exec(_unsent().where(old, Booking.status == Status.EXPIRED).limit(limit)).all()
    whose = select(Booking.mentee_id).where(col(Booking.id).in_({file.booking_id for file in due}))
    claims.lock_people(db, *db.exec(whose).all())
    return _forget(db, due)


def _with_room(db: Session, booking_id: UUID, mentee_id: UUID, *, now: datetime) -> list[Booking]:
    """The holds whose intake takes one file more; a seat of a group session has no intake."""
    held = open_form(db, booking_id, mentee_id, now=now)
    if held[0].group_session_id is not None:
        raise NotFound
    if not intake_of(db, booking_id=booking_id).room:
        raise TooManyAttached
    return held


def _make_room(db: Session, mentee_id: UUID, size: int) -> None:
    """Keep a person's unsent files within the cap: those of lapsed holds give way first, the oldest before others."""
    unsent = db.exec(_unsent().where(Booking.mentee_id == mentee_id).order_by(col(IntakeFile.created_at))).all()
    over = sum({file.stored: file.size for file in unsent}.values()) + size - rules.MOST_UNSENT
    held = db.exec(_unsent().where(Booking.mentee_id == mentee_id, Booking.status == Status.HELD)).all()
    needed = {file.stored for file in held}
    for one in {file.stored: file for file in unsent if file.stored not in needed}.values():
        if over > 0:
            _forget(db, [file for file in unsent if file.stored == one.stored])
            over -= one.size
    if over > 0:
        raise TooMuchUnsent


def _unsent() -> SelectOfScalar[IntakeFile]:
    """Files only their mentee may read: of a hold, or of one that lapsed before anything was asked or paid."""
    never_asked = and_(col(Booking.status) == Status.EXPIRED, col(BookingRequest.booking_id).is_(None))
    rows = select(IntakeFile).join(Booking).outerjoin(BookingRequest)
    return rows.where(or_(col(Booking.status) == Status.HELD, never_asked))


def _forget(db: Session, files: Sequence[IntakeFile]) -> tuple[str, ...]:
    db.execute(delete(IntakeFile).where(col(IntakeFile.id).in_([file.id for file in files])))
    return _needless(db, {file.stored for file in files})


def _needless(db: Session, stored: Iterable[str]) -> tuple[str, ...]:
    names = set(stored)
    return tuple(sorted(names - stored_among(db, names)))
