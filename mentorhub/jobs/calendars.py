"""Calendars elsewhere: each is read every ten minutes, and at once when a mentor asks."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.scheduling import queries, service
from mentorhub.domain.scheduling.errors import CalendarUnreadable

EVERY: Final = timedelta(minutes=10)


def read_all(out: Outside) -> None:
    """Ask for a reading of every calendar, each a row of the outbox of its own: a slow one holds up no other."""
    with database.transaction() as db:
        service.ask_for_all(db, every=EVERY, now=utc_now())


def read_one(out: Outside, import_id_text: str) -> None:
    """Read one calendar and keep when its owner is busy, or say why it cannot be read."""
    import_id, now = UUID(import_id_text), utc_now()
    with database.reading() as db:
        reading = queries.reading_of(db, import_id=import_id, now=now)
        own = bookings.calendar_uids_of(db, user_id=reading.mentor_id, now=now) if reading else ()
    if reading is None:
        return
    try:
        copy = out.calendars.fetch(reading.address, mark=reading.mark)
        busy = None
        if copy.content is not None:
            busy = service.busy_spans(copy.content, zone=reading.zone, own_uids=own, now=now)
    except CalendarUnreadable as refusal:
        with database.transaction() as db:
            service.note_failure(db, import_id=import_id, why=refusal.message, now=now)
        return
    with database.transaction() as db:
        service.keep_copy(db, import_id=import_id, busy=busy, mark=copy.mark or reading.mark, now=now)
