"""Rows that decide about free time, with only the columns that matter, in statements that are built once.

Every hold and every week of a grid asks them: building a statement and its objects anew costs more than running it.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select, union_all
from sqlmodel import Session, col, or_

from mentorhub.domain.bookings.models import Booking, Claim, Status
from mentorhub.domain.scheduling.models import (
    AvailabilityRule,
    BusyBlock,
    DateOverride,
    ImportedBusy,
    SchedulePreferences,
)

_LIVE = (Status.HELD, Status.REQUESTED, Status.CONFIRMED)
_CAPS_REACH = timedelta(days=8)
"""The day and the ISO week a moment lies in begin and end within so much of it, on any clock."""


class Standing(NamedTuple):
    """What of a live booking stands in the way of others."""

    id: UUID
    mentor_id: UUID
    mentee_id: UUID
    status: Status
    starts_at: datetime
    ends_at: datetime


def preferences_of(db: Session, people: Collection[UUID]) -> Iterator[SchedulePreferences]:
    """How their time is offered."""
    yield from db.execute(_PREFERENCES, {"people": list(people)}).scalars()


def rules_of(db: Session, people: Collection[UUID]) -> Iterator[AvailabilityRule]:
    """Their weekly hours."""
    yield from db.execute(_RULES, {"people": list(people)}).scalars()


def overrides_of(db: Session, people: Collection[UUID]) -> Iterator[DateOverride]:
    """Their single days."""
    yield from db.execute(_OVERRIDES, {"people": list(people)}).scalars()


def busy_of(
    db: Session, people: Collection[UUID], since: datetime, until: datetime
) -> Iterator[tuple[UUID, datetime, datetime]]:
    """Whose time is blocked here or by a calendar elsewhere, from when to when, where it touches `[since, until)`."""
    for row in db.execute(_BUSY, {"people": list(people), "since": since, "until": until}):
        yield cast(tuple[UUID, datetime, datetime], tuple(row))


def sessions_of(
    db: Session, people: Collection[UUID], since: datetime, until: datetime, *, now: datetime
) -> Iterator[Standing]:
    """Their live and met sessions on either side about `[since, until)`, with all that share a day or week with it."""
    span = {"since": since - _CAPS_REACH, "until": until + _CAPS_REACH}
    for row in db.execute(_STANDING, {"people": list(people), "now": now, **span}):
        yield Standing(*row)


def claims_of(db: Session, people: Collection[UUID], *, now: datetime) -> Iterator[tuple[UUID, int, UUID]]:
    """Whose tick is taken from now on, which, and by what booking or group session."""
    first = int(now.timestamp()) // 300
    for person_id, tick, booking_id, group_id in db.execute(
        _CLAIMED, {"people": list(people), "first": first, "now": now}
    ):
        yield person_id, tick, booking_id or group_id


def _theirs(column: UUID) -> ColumnElement[bool]:
    return col(column).in_(bindparam("people", expanding=True))


def _is_kept() -> ColumnElement[bool]:
    """A request past its time stands in nobody's way, even before anything wrote its end down."""
    kept = select(Claim.__table__.c.tick).where(  # type: ignore[attr-defined]
        col(Claim.booking_id) == col(Booking.id), col(Claim.until) > bindparam("now")
    )
    return or_(col(Booking.status) != Status.REQUESTED, kept.exists())


_PREFERENCES = select(SchedulePreferences).where(_theirs(SchedulePreferences.mentor_id))
_RULES = select(AvailabilityRule).where(_theirs(AvailabilityRule.mentor_id))
_OVERRIDES = select(DateOverride).where(_theirs(DateOverride.mentor_id))


def _busy_in(table: type[BusyBlock] | type[ImportedBusy]) -> Select[UUID, datetime, datetime]:
    return select(col(table.mentor_id), col(table.starts_at), col(table.ends_at)).where(
        _theirs(table.mentor_id),
        col(table.ends_at) > bindparam("since"),
        col(table.starts_at) < bindparam("until"),
    )


_BUSY = union_all(_busy_in(BusyBlock), _busy_in(ImportedBusy))
_STANDING = select(
    col(Booking.id),
    col(Booking.mentor_id),
    col(Booking.mentee_id),
    col(Booking.status),
    col(Booking.starts_at),
    col(Booking.ends_at),
).where(
    or_(_theirs(Booking.mentor_id), _theirs(Booking.mentee_id)),
    col(Booking.status).in_((*_LIVE, Status.MET)),
    col(Booking.ends_at) > bindparam("since"),
    col(Booking.starts_at) < bindparam("until"),
    or_(col(Booking.hold_expires_at).is_(None), col(Booking.hold_expires_at) > bindparam("now")),
    _is_kept(),
)
_CLAIMED = select(col(Claim.person_id), col(Claim.tick), col(Claim.booking_id), col(Claim.group_session_id)).where(
    _theirs(Claim.person_id),
    col(Claim.tick) >= bindparam("first"),
    or_(col(Claim.until).is_(None), col(Claim.until) > bindparam("now")),
)
