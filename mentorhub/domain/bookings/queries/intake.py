"""The intake of a booking, for its two people only: callers look who asks first."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import Booking, BookingRequest, Intake, Status


@dataclass(frozen=True)
class IntakeView:
    """What a mentee wants of a session, as they wrote it, and how whole that is."""

    goal: str
    situation: str
    questions: tuple[str, ...]
    links: tuple[str, ...]

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
        """Whether nothing at all was written."""
        return not (self.ask or self.links)


def intake_of(db: Session, *, booking_id: UUID) -> IntakeView:
    """The intake of a booking, empty when none was written."""
    return _view(db.get(Intake, booking_id))


def intake_for(db: Session, booking: Booking, viewer_id: UUID) -> IntakeView:
    """The intake as one of the two people may read it: what was never sent is the mentee's alone."""
    unsent = booking.status is Status.HELD or (
        booking.status is Status.EXPIRED and db.get(BookingRequest, booking.id) is None
    )
    return _view(None if unsent and viewer_id != booking.mentee_id else db.get(Intake, booking.id))


def draft_of(db: Session, *, booking_id: UUID, viewer_id: UUID) -> IntakeView:
    """The mentee's draft for a hold; before a word is written, the one left with this mentor's last lapsed hold."""
    booking = db.get(Booking, booking_id)
    if booking is None or booking.mentee_id != viewer_id:
        return _view(None)
    left = (
        select(Intake)
        .join(Booking)
        .where(
            Booking.mentor_id == booking.mentor_id,
            Booking.mentee_id == viewer_id,
            Booking.status == Status.EXPIRED,
        )
        .order_by(col(Intake.updated_at).desc())
    )
    return _view(db.get(Intake, booking_id) or db.exec(left.limit(1)).first())


def _view(intake: Intake | None) -> IntakeView:
    if intake is None:
        return IntakeView("", "", (), ())
    return IntakeView(intake.goal, intake.situation, _lines(intake.questions), _lines(intake.links))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())
