"""What happens to a group session, told to its mentor once, and to everybody who has a seat."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import Booking, GroupSession
from mentorhub.domain.bookings.service.telling import moment_for
from mentorhub.domain.common import outbox
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.rules import NoticeKind
from mentorhub.domain.notifications.service import tell


def published(db: Session, group: GroupSession, *, now: datetime) -> None:
    """A group session is published: the mentor gets its one invitation, and its reminders."""
    _ask(db, group, notices.GROUP_PUBLISHED, "published", str(group.id), now=now)
    for kind, due_at in notices.reminders_of(group.starts_at, now=now).items():
        outbox.enqueue(
            db,
            notices.GROUP_REMINDER,
            key=f"group:{group.id}:remind:{kind.value}",
            subject=f"{group.id} {kind.value}",
            now=now,
            due_at=due_at,
        )


def is_decided(db: Session, group: GroupSession) -> bool:
    """Whether the people were told that the session goes ahead; that is said once and stays."""
    return outbox.was_asked(db, f"group:{group.id}:ahead:mentor")


def goes_ahead(db: Session, group: GroupSession, seats: Sequence[Booking], *, now: datetime) -> None:
    """Enough people have a seat: they and the mentor are told, in the product and by mail."""
    people = len(seats)
    text = f"{group.title} goes ahead with {people} {'person' if people == 1 else 'people'}"
    _ask(db, group, notices.GROUP_AHEAD, "ahead:mentor", f"{group.id} mentor", now=now)
    to_mentor = f"{text}, {_when(db, group, group.mentor_id, group.mentor_zone)}."
    tell_mentor(db, group, NoticeKind.BOOKED, f"ahead:{group.id}", to_mentor, now)
    for seat in seats:
        _ask(db, group, notices.GROUP_AHEAD, f"ahead:{seat.id}", f"{group.id} {seat.id}", now=now)
        tell(
            db,
            user_id=seat.mentee_id,
            kind=NoticeKind.BOOKED,
            key=f"ahead:{group.id}",
            text=f"{text}, {_when(db, group, seat.mentee_id, seat.mentee_zone)}.",
            address=f"/sessions/{seat.id}",
            now=now,
        )


def called_off(db: Session, group: GroupSession, *, by_mentor: bool, now: datetime) -> None:
    """A group session does not take place: its calendar entry is taken back, and the mentor is told why."""
    # Not under `group:<id>:`, which is withdrawn when a session is called off.
    subject = f"{group.id} {'mentor' if by_mentor else 'decision'}"
    outbox.enqueue(db, notices.GROUP_CALLED_OFF, key=f"group-off:{group.id}", subject=subject, now=now)
    if not by_mentor:
        why = rules.too_few(group.seats_needed)
        text = f"{group.title} on {_when(db, group, group.mentor_id, group.mentor_zone)} does not take place: {why}."
        tell_mentor(db, group, NoticeKind.CANCELLED, f"cancelled:{group.id}", text, now)


def tell_mentor(db: Session, group: GroupSession, kind: NoticeKind, key: str, text: str, now: datetime) -> None:
    """Tell the mentor one fact about the session; it leads to the session's own page."""
    address = f"/mentoring/groups/{group.id}"
    tell(db, user_id=group.mentor_id, kind=kind, key=key, text=text, address=address, now=now)


def _ask(db: Session, group: GroupSession, topic: str, key: str, subject: str, *, now: datetime) -> None:
    outbox.enqueue(db, topic, key=f"group:{group.id}:{key}", subject=subject, now=now)


def _when(db: Session, group: GroupSession, user_id: UUID, zone: str) -> str:
    return moment_for(db, group.starts_at, zone, user_id)
