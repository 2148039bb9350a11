"""Rows that decide about free time, with only the columns that matter, in statements that are built once.

Every hold and every week of a grid asks them: building a statement and its objects anew costs more than running it.
Each statement is made from the rows of `whose` people, so that one mentor's can be read with everything else at once.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, literal_column, not_, null, select, union_all
from sqlmodel import Session, col, or_

from mentorhub.domain.bookings.models import Booking, BookingRequest, Claim, GroupSession, GroupStatus, Status
from mentorhub.domain.bookings.queries.plans import Whose
from mentorhub.domain.scheduling.models import BusyBlock, ImportedBusy

_GIVEN_BACK = tuple(status for status in Status if not status.keeps_time)
_CAPS_REACH = timedelta(days=8)
"""The day and the ISO week a moment lies in begin and end within so much of it, on any clock."""
_LONGER_THAN_A_SESSION = timedelta(days=1)


class SessionRow(NamedTuple):
    """What of a live booking stands in the way of others.

    A group session stands once in its mentor's way, without a mentee; each seat stands in its mentee's way alone.
    """

    id: UUID
    mentor_id: UUID | None
    mentee_id: UUID | None
    status: Status
    starts_at: datetime
    ends_at: datetime


class Waiting(NamedTuple):
    """A hold or a request that nothing has ended yet, with the deadline that applies."""

    id: UUID
    mentee_id: UUID
    hold_expires_at: datetime | None
    lapses_at: datetime | None

    def has_run_out(self, now: datetime) -> bool:
        """Whether its deadline is over."""
        ends = self.hold_expires_at or self.lapses_at
        return ends is not None and ends <= now


def busy_of(
    db: Session, people: Collection[UUID], since: datetime, until: datetime
) -> Iterator[tuple[UUID, datetime, datetime]]:
    """Whose time is blocked here or by a calendar elsewhere, from when to when, where it touches `[since, until)`."""
    for row in db.execute(_BUSY, {"people": list(people), "since": since, "until": until}):
        yield cast(tuple[UUID, datetime, datetime], tuple(row))


def sessions_of(
    db: Session, people: Collection[UUID], since: datetime, until: datetime, *, now: datetime
) -> Iterator[SessionRow]:
    """Their sessions on either side, live or over, about `[since, until)`, and all that share a day or week with it."""
    for row in db.execute(_STANDING, {"people": list(people), "now": now, **sessions_about(since, until)}):
        yield SessionRow(*row)


def claims_of(db: Session, people: Collection[UUID], *, now: datetime) -> Iterator[tuple[UUID, int, UUID]]:
    """Whose tick is taken from now on, which, and by what booking or group session."""
    for person_id, tick, booking_id, group_id in db.execute(
        _CLAIMED, {"people": list(people), "first_tick": int(now.timestamp()) // 300, "now": now}
    ):
        yield person_id, tick, booking_id or group_id


def waiting_of(db: Session, people: Collection[UUID]) -> list[Waiting]:
    """Their holds and requests on either side that nothing has ended yet."""
    return [Waiting(*row) for row in db.execute(_WAITING, {"people": list(people)})]


def sessions_about(since: datetime, until: datetime) -> Mapping[str, datetime]:
    """The parameters of `standing` for the sessions that share a day or week with `[since, until)`."""
    return {"starts_after": since - _CAPS_REACH - _LONGER_THAN_A_SESSION, "starts_before": until + _CAPS_REACH}


def busy_in(table: type[BusyBlock] | type[ImportedBusy], whose: Whose) -> Select[UUID, datetime, datetime]:
    """What is blocked or imported and touches `[since, until)`."""
    return select(col(table.mentor_id), col(table.starts_at), col(table.ends_at)).where(
        whose(table.mentor_id),
        col(table.ends_at) > bindparam("since"),
        col(table.starts_at) < bindparam("until"),
    )


def standing(whose: Whose) -> Select[UUID, UUID | None, UUID, Status, datetime, datetime]:
    """Sessions of people on either side, live or over, about the span of `sessions_about`; of a group only seats."""
    alone = col(Booking.group_session_id).is_(None)
    return select(
        col(Booking.id),
        case((alone, col(Booking.mentor_id))),
        col(Booking.mentee_id),
        col(Booking.status),
        col(Booking.starts_at),
        col(Booking.ends_at),
    ).where(
        or_(and_(alone, whose(Booking.mentor_id)), whose(Booking.mentee_id)),
        *(not_(is_in(status)) for status in _GIVEN_BACK),
        *_about(Booking),
        or_(col(Booking.hold_expires_at).is_(None), col(Booking.hold_expires_at) > bindparam("now")),
        _is_kept(),
    )


def standing_groups(whose: Whose) -> Select[UUID, UUID, None, str, datetime, datetime]:
    """The group sessions people give about the same span, in the columns of `standing`."""
    is_open = col(GroupSession.status) == _word(GroupStatus.OPEN)
    return select(
        col(GroupSession.id),
        col(GroupSession.mentor_id),
        null(),
        case((is_open, _word(Status.CONFIRMED)), else_=_word(Status.MET)),
        col(GroupSession.starts_at),
        col(GroupSession.ends_at),
    ).where(
        whose(GroupSession.mentor_id),
        col(GroupSession.status) != _word(GroupStatus.CANCELLED),
        *_about(GroupSession),
    )


def claimed(whose: Whose) -> Select[UUID, int, UUID | None, UUID | None]:
    """Ticks that are taken, from `first_tick` on."""
    return select(col(Claim.person_id), col(Claim.tick), col(Claim.booking_id), col(Claim.group_session_id)).where(
        whose(Claim.person_id),
        col(Claim.tick) >= bindparam("first_tick"),
        or_(col(Claim.until).is_(None), col(Claim.until) > bindparam("now")),
    )


def waiting(whose: Whose) -> Select[UUID, UUID, datetime | None, datetime]:
    """Holds and requests of people on either side, run out or not, with the two deadlines they may have."""
    return (
        select(col(Booking.id), col(Booking.mentee_id), col(Booking.hold_expires_at), col(BookingRequest.lapses_at))
        .join(BookingRequest, col(BookingRequest.booking_id) == col(Booking.id), isouter=True)
        .where(
            or_(is_in(Status.HELD), is_in(Status.REQUESTED)),
            or_(whose(Booking.mentor_id), whose(Booking.mentee_id)),
        )
    )


def theirs(column: Any) -> ColumnElement[bool]:
    """Narrows a statement to the parameter `people`."""
    return col(column).in_(bindparam("people", expanding=True))


def is_in(status: Status) -> ColumnElement[bool]:
    """Whether a booking stands there."""
    return col(Booking.status) == _word(status)


def _word(status: Status | GroupStatus) -> ColumnElement[str]:
    """A status in the text of the statement: each parameter less is a little time less."""
    return literal_column(f"'{status.value}'")


def _about(table: type[Booking] | type[GroupSession]) -> tuple[ColumnElement[bool], ...]:
    return (col(table.starts_at) > bindparam("starts_after"), col(table.starts_at) < bindparam("starts_before"))


def _is_kept() -> ColumnElement[bool]:
    """A request past its time stands in nobody's way, even before anything wrote its end down."""
    kept = select(Claim.__table__.c.tick).where(  # type: ignore[attr-defined]
        col(Claim.booking_id) == col(Booking.id), col(Claim.until) > bindparam("now")
    )
    return or_(not_(is_in(Status.REQUESTED)), kept.exists())


_BUSY = union_all(busy_in(BusyBlock, theirs), busy_in(ImportedBusy, theirs))
_STANDING: Any = union_all(standing(theirs), standing_groups(theirs))
_CLAIMED = claimed(theirs)
_WAITING = waiting(theirs)
