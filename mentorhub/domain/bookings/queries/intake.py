"""The intake of a booking, for its two people only: callers look who asks first."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import Booking, BookingRequest, Intake, IntakeFile, Status
from mentorhub.domain.common.files import FileKind


@dataclass(frozen=True)
class FileView:
    """A file of an intake; `stored` names its object in the file store and is for the server alone."""

    file_id: UUID
    name: str
    kind: FileKind
    size: int
    stored: str


@dataclass(frozen=True)
class IntakeView:
    """What a mentee wants of a session, as they wrote it, and how whole that is."""

    goal: str
    situation: str
    questions: tuple[str, ...]
    links: tuple[str, ...]
    files: tuple[FileView, ...] = ()

    @property
    def check(self) -> rules.IntakeCheck:
        """What is there and what is missing."""
        return rules.check_intake(self.goal, self.situation, self.questions)

    @property
    def ask(self) -> str:
        """It in a few words: the questions, or what else was written."""
        return "\n".join(self.questions) or self.situation or self.goal

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was written or added."""
        return not (self.ask or self.links or self.files)

    @property
    def room(self) -> int:
        """How many more links or files may be added."""
        return max(rules.MOST_ATTACHED - len(self.links) - len(self.files), 0)


def intake_of(db: Session, *, booking_id: UUID) -> IntakeView:
    """The intake of a booking, empty when none was written."""
    return _view(db, db.get(Intake, booking_id))


def intake_for(db: Session, booking: Booking, viewer_id: UUID) -> IntakeView:
    """The intake as one of the two people may read it: what was never sent is the mentee's alone."""
    return _view(db, db.get(Intake, booking.id) if _may_read(db, booking, viewer_id) else None)


def draft_of(db: Session, *, booking_id: UUID, viewer_id: UUID) -> IntakeView:
    """The mentee's draft for a hold; before a word is written, the one left with this mentor's last lapsed hold."""
    booking = db.get(Booking, booking_id)
    if booking is None or booking.mentee_id != viewer_id:
        return _view(db, None)
    return _view(db, db.get(Intake, booking_id) or left_draft(db, booking))


def left_draft(db: Session, booking: Booking) -> Intake | None:
    """What the mentee of a booking wrote last for a hold with its mentor that lapsed, if anything."""
    left = (
        select(Intake)
        .join(Booking)
        .where(
            Booking.mentor_id == booking.mentor_id,
            Booking.mentee_id == booking.mentee_id,
            Booking.status == Status.EXPIRED,
        )
        .order_by(col(Intake.updated_at).desc())
    )
    return db.exec(left.limit(1)).first()


def files_of(db: Session, booking_id: UUID) -> list[IntakeFile]:
    """The files of a booking's intake, in the order they were added."""
    added = select(IntakeFile).where(IntakeFile.booking_id == booking_id)
    return list(db.exec(added.order_by(col(IntakeFile.created_at), col(IntakeFile.id))))


def intake_file(db: Session, *, file_id: UUID, viewer_id: UUID) -> FileView | None:
    """A file as its two people may read it; `None` for everybody else, and for the mentor until it was sent."""
    file = db.get(IntakeFile, file_id)
    if file is None or not _may_read(db, db.get_one(Booking, file.booking_id), viewer_id):
        return None
    return _file(file)


def stored_among(db: Session, names: Iterable[str]) -> set[str]:
    """Which of these objects in the file store belong to a file."""
    return set(db.exec(select(IntakeFile.stored).where(col(IntakeFile.stored).in_(list(names)))))


def _may_read(db: Session, booking: Booking, viewer_id: UUID) -> bool:
    if viewer_id == booking.mentee_id:
        return True
    unsent = booking.status is Status.HELD or (
        booking.status is Status.EXPIRED and db.get(BookingRequest, booking.id) is None
    )
    return viewer_id == booking.mentor_id and not unsent


def _view(db: Session, intake: Intake | None) -> IntakeView:
    if intake is None:
        return IntakeView("", "", (), ())
    files = tuple(_file(file) for file in files_of(db, intake.booking_id))
    return IntakeView(intake.goal, intake.situation, _lines(intake.questions), _lines(intake.links), files)


def _file(file: IntakeFile) -> FileView:
    return FileView(file.id, file.name, file.kind, file.size, file.stored)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())
