"""A draft outlives its hold: the next hold with the same mentor takes over what was written and added."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.bookings.models import Intake
from mentorhub.domain.bookings.queries.intake import files_of, left_draft
from mentorhub.domain.bookings.service.files import keep_file
from mentorhub.domain.bookings.service.intake import open_form


def take_over_draft(db: Session, *, booking_id: UUID, mentee_id: UUID, now: datetime) -> None:
    """Begin the intake of a hold, and of all of its series, with the one left with this mentor's last lapsed hold.

    Nothing happens once the hold has an intake of its own; a seat of a group session never has one. The files are not
    stored again: the new rows name the same objects, so each hold's draft may be thrown away alone. Raises NotFound
    or HoldOver.
    """
    held = open_form(db, booking_id, mentee_id, now=now)
    if held[0].group_session_id is not None or db.get(Intake, booking_id) is not None:
        return
    left = left_draft(db, held[0])
    if left is None:
        return
    words = left.model_dump(include={"goal", "situation", "questions", "links"})
    for one in held:
        db.add(Intake(booking_id=one.id, updated_at=now, **words))
    for place, file in enumerate(files_of(db, left.booking_id)):
        keep_file(db, held, file, now=now + place * datetime.resolution)
