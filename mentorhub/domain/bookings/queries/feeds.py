"""What the calendar feeds of a person tell, and the identities of their sessions in other calendars."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, or_, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, GroupSession, GroupStatus, Status
from mentorhub.domain.bookings.queries import time_rows
from mentorhub.domain.notifications.rules.feed import FeedEntry

_BACK = timedelta(days=90)
_CANCELLED_SHOWS = timedelta(days=30)
_AHEAD = timedelta(days=400)
_SHOWN = (Status.REQUESTED, Status.CONFIRMED, *(status for status in Status if status.is_over))


def feed_entries(db: Session, *, user_id: UUID, now: datetime) -> tuple[FeedEntry, ...]:
    """The sessions of a person in both roles: 90 days back, all ahead, and what was called off in the last 30 days."""
    mentor, mentee = aliased(User), aliased(User)
    recently = (col(Booking.status) == Status.CANCELLED) & (col(Booking.cancelled_at) > now - _CANCELLED_SHOWS)
    rows = db.exec(
        select(Booking, col(mentor.name), col(mentee.name))
        .join(mentor, col(mentor.id) == col(Booking.mentor_id))
        .join(mentee, col(mentee.id) == col(Booking.mentee_id))
        .where(
            or_(_mentors_alone(user_id), col(Booking.mentee_id) == user_id),
            col(Booking.ends_at) > now - _BACK,
            or_(col(Booking.status).in_(_SHOWN), recently),
        )
        .order_by(col(Booking.starts_at), col(Booking.id))
    )
    entries = [
        _entry(booking, its_mentee if booking.mentor_id == user_id else its_mentor)
        for booking, its_mentor, its_mentee in rows
    ]
    entries += [_group_entry(group) for group in _groups(db, user_id, now)]
    return tuple(sorted(entries, key=lambda entry: (entry.starts_at, entry.booking_id)))


def busy_times_of(db: Session, *, user_id: UUID, now: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """When a person is taken from yesterday on, merged, and nothing of why: sessions, blocks, other calendars."""
    since, until = now - timedelta(days=1), now + _AHEAD
    spans = [(begins, ends) for _, begins, ends in time_rows.busy_of(db, [user_id], since, until)]
    for session in time_rows.sessions_of(db, [user_id], since, until, now=now):
        if session.status in (Status.CONFIRMED, Status.REQUESTED) and session.ends_at > since:
            spans.append((session.starts_at, session.ends_at))
    merged: list[tuple[datetime, datetime]] = []
    for begins, ends in sorted(spans):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return tuple(merged)


def calendar_uids_of(db: Session, *, user_id: UUID, now: datetime) -> tuple[str, ...]:
    """The calendar identities of a person's sessions, whatever became of them, that are not long past."""
    theirs = or_(col(Booking.mentor_id) == user_id, col(Booking.mentee_id) == user_id)
    own = tuple(db.exec(select(Booking.calendar_uid).where(theirs, col(Booking.ends_at) > now - _BACK)))
    groups = select(GroupSession.calendar_uid).where(
        GroupSession.mentor_id == user_id, col(GroupSession.ends_at) > now - _BACK
    )
    return (*own, *db.exec(groups))


def _mentors_alone(user_id: UUID) -> ColumnElement[bool]:
    """A mentor has a group session once, not a seat at a time."""
    return and_(col(Booking.mentor_id) == user_id, col(Booking.group_session_id).is_(None))


def _groups(db: Session, mentor_id: UUID, now: datetime) -> Sequence[GroupSession]:
    recently = col(GroupSession.cancelled_at) > now - _CANCELLED_SHOWS
    shown = select(GroupSession).where(
        GroupSession.mentor_id == mentor_id,
        col(GroupSession.ends_at) > now - _BACK,
        or_(col(GroupSession.status) != GroupStatus.CANCELLED, recently),
    )
    return db.exec(shown).all()


def _group_entry(group: GroupSession) -> FeedEntry:
    called_off = group.status is GroupStatus.CANCELLED
    return FeedEntry(
        booking_id=group.id,
        uid=group.calendar_uid,
        sequence=group.version + (1 if called_off else 0),
        title=f"{group.title} with your group",
        status="CANCELLED" if called_off else "CONFIRMED",
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        changed_at=group.cancelled_at or group.created_at,
        page=f"/mentoring/groups/{group.id}",
        room=f"/room/{group.id}",
    )


def _entry(booking: Booking, other: str) -> FeedEntry:
    word = {Status.REQUESTED: "TENTATIVE", Status.CANCELLED: "CANCELLED"}.get(booking.status, "CONFIRMED")
    return FeedEntry(
        booking_id=booking.id,
        uid=booking.calendar_uid,
        sequence=booking.version + (1 if word == "CANCELLED" else 0),
        title=f"{booking.title} with {other}",
        status=word,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        changed_at=booking.cancelled_at or booking.confirmed_at or booking.created_at,
        page=f"/sessions/{booking.id}",
        room=f"/room/{booking.room_id}",
    )
