"""The intake: what a mentee wants of a session, kept as a draft while they write it (PRODUCT.md D1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.errors import HoldOver, IntakeNotWhole
from mentorhub.domain.bookings.models import Booking, Intake
from mentorhub.domain.bookings.queries.intake import files_of, intake_of
from mentorhub.domain.bookings.service.holds import held_with, own_hold
from mentorhub.domain.common.words import tidy, tidy_lines

_LONGEST_GOAL, _LONGEST_TEXT = 200, 4000


@dataclass(frozen=True)
class IntakeForm:
    """An intake as typed, whole or not."""

    goal: str = ""
    situation: str = ""
    questions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def write_intake(
    db: Session, *, booking_id: UUID, mentee_id: UUID, intake: IntakeForm, now: datetime
) -> rules.IntakeCheck:
    """Keep an intake as it stands, for all of a series, and say what is missing; raises NotFound or HoldOver.

    Texts are cut at their greatest length; links that are not safe to show, or one too many beside the files, are left
    out.
    """
    for one in open_form(db, booking_id, mentee_id, now=now):
        _keep(db, one.id, intake, now=now)
    return intake_of(db, booking_id=booking_id).check


def open_form(db: Session, booking_id: UUID, mentee_id: UUID, *, now: datetime) -> list[Booking]:
    """The holds whose one intake can be written now, their people locked; raises NotFound or HoldOver.

    For services only.
    """
    booking = own_hold(db, booking_id, mentee_id)
    if booking.hold_expires_at is None or booking.hold_expires_at <= now:
        raise HoldOver
    return held_with(db, booking)


def require_intake(db: Session, booking: Booking) -> None:
    """Let a hold go on to be paid, confirmed or asked for once its intake is whole; raises IntakeNotWhole.

    Every verb that leads a hold on calls this itself, so that no page and no door can go around it. A seat of a
    group session, whose subject is the mentor's, needs none.
    """
    if booking.group_session_id is not None:
        return
    check = intake_of(db, booking_id=booking.id).check
    if not check.is_whole:
        raise IntakeNotWhole(check.missing)


def _keep(db: Session, booking_id: UUID, intake: IntakeForm, *, now: datetime) -> None:
    kept = db.get(Intake, booking_id) or Intake(booking_id=booking_id, updated_at=now)
    kept.goal = tidy(intake.goal)[:_LONGEST_GOAL]
    kept.situation = tidy_lines(intake.situation)[:_LONGEST_TEXT]
    kept.questions = "\n".join(_lines(intake.questions)[: rules.MOST_QUESTIONS])
    kept.links = "\n".join(
        filter(rules.is_good_link, _lines(intake.links)[: rules.MOST_ATTACHED - len(files_of(db, booking_id))])
    )
    kept.updated_at = now
    db.add(kept)


def _lines(texts: tuple[str, ...]) -> list[str]:
    return [line[:_LONGEST_TEXT] for text in texts if (line := tidy(text))]
