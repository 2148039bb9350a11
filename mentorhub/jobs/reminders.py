"""Reminders that are due: each is checked against the booking as it stands now, then told and mailed."""

from uuid import UUID

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications import service as letters
from mentorhub.domain.notifications.rules import (
    REMINDER,
    SOMEBODY_WAITS,
    NoticeKind,
    SessionNotice,
    ahead,
    moment,
)
from mentorhub.jobs.post import Later, post


def remind(out: Outside, subject: str) -> None:
    """Remind one of the two; `subject` is "<booking id> <side> <version> <kind>".

    Nothing is said of a session that was called off or moved, nor once the next reminder is due.
    """
    booking_text, side, version, kind_text = subject.split(" ")
    booking_id, kind, now = UUID(booking_text), NoticeKind(kind_text), utc_now()
    with database.transaction() as db:
        if not bookings.is_due_still(db, booking_id=booking_id, version=int(version), kind=kind, now=now):
            return
        notice = queries.booking_notice(db, booking_id=booking_id, public_url=settings.current().public_url)
        user_id = queries.side_of(db, booking_id=booking_id, side=side)
        words = f"{notice.title} with {notice.other(side).name} begins {ahead(notice.starts_at, now)}"
        letters.tell(
            db,
            user_id=user_id,
            kind=kind,
            key=f"remind:{booking_id}:{version}:{kind.value}",
            text=f"{words}: {moment(notice.starts_at, notice.person(side))}.",
            address=f"/sessions/{booking_id}",
            now=now,
        )
    mail = letters.write_reminder(
        notice, side=side, kind=kind, key=f"{REMINDER}:{subject}", site=settings.current().public_url, now=now
    )
    post(out, mail, user_id=user_id, kind=kind)


def somebody_came(out: Outside, subject: str) -> None:
    """Tell a person in the product that the other one waits for them, and from the start on by mail too.

    `subject` is "<booking id> <side> <version>". Checked again at the start: who came meanwhile gets no mail.
    """
    booking_id, side, version, now = *_parsed(subject), utc_now()
    with database.transaction() as db:
        if not bookings.is_waited_for(db, booking_id=booking_id, side=side, version=version, now=now):
            return
        notice = queries.booking_notice(db, booking_id=booking_id, public_url=settings.current().public_url)
        letters.tell(
            db,
            user_id=queries.side_of(db, booking_id=booking_id, side=side),
            kind=NoticeKind.OTHER_IS_HERE,
            key=f"here:{booking_id}:{version}",
            text=f"{notice.other(side).name} is in the room for {notice.title}.",
            address=f"/room/{booking_id}",
            now=now,
        )
        if now >= notice.starts_at:
            bookings.call_for(db, booking_id=booking_id, side=side, version=version, now=now)
    if now < notice.starts_at:
        raise Later(notice.starts_at)


def somebody_waits(out: Outside, subject: str) -> None:
    """The one mail that says the other waits; `subject` as above."""
    booking_id, side, version, now = *_parsed(subject), utc_now()
    notice: SessionNotice
    with database.reading() as db:
        if not bookings.is_waited_for(db, booking_id=booking_id, side=side, version=version, now=now):
            return
        notice = queries.booking_notice(db, booking_id=booking_id, public_url=settings.current().public_url)
        user_id = queries.side_of(db, booking_id=booking_id, side=side)
    mail = letters.write_other_is_here(
        notice, side=side, key=f"{SOMEBODY_WAITS}:{subject}", site=settings.current().public_url, now=now
    )
    post(out, mail, user_id=user_id, kind=NoticeKind.OTHER_IS_HERE)


def _parsed(subject: str) -> tuple[UUID, str, int]:
    booking_text, side, version = subject.split(" ")
    return UUID(booking_text), side, int(version)
