"""Claims: the rows whose key makes an overlap impossible, for the mentor with buffers and for the mentee bare."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Integer, Uuid, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, func, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from mentorhub.database.prepared import Prepared
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, BookingChange, Claim, GroupSession, Status
from mentorhub.domain.bookings.rules import ticks
from mentorhub.domain.bookings.service import line, seats
from mentorhub.domain.bookings.service.writing import INSERT, columns_of, written_down
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.common import topics
from mentorhub.domain.common.words import first_name

_MOST_AT_ONCE = 200


def lock_people(db: Session, *person_ids: UUID) -> None:
    """Lock the people's rows in id order, so that counts of caps and limits stay true until the commit."""
    if locks_rows(db):
        db.execute(_LOCKED_PEOPLE, {"people": person_ids}).all()


def lock_people_of(db: Session, *, offering_id: UUID, mentee_id: UUID) -> None:
    """Lock a mentee and the mentor of an offering, as `lock_people` does, without knowing the mentor yet."""
    if locks_rows(db):
        _LOCKED_PEOPLE_OF.rows(db.connection(), {"offering": offering_id, "mentee": mentee_id})


def locks_rows(db: Session) -> bool:
    """Whether the database locks rows; SQLite's one writer has locked everything by beginning."""
    return db.get_bind().dialect.name != "sqlite"


def claim(db: Session, booking: Booking) -> UUID | None:
    """Take every tick of the booking for both people; of a group session one seat, and the mentee's ticks.

    Returns None when all were free, else the person whose time is taken (the mentor when no seat is left); then
    nothing of it may be kept.
    """
    if booking.group_session_id is not None and not seats.take(db, booking.group_session_id):
        return booking.mentor_id
    rows = _rows_of(booking)
    return None if _taken(db, rows) == len(rows) else _who_is_taken(db, booking)


def place(db: Session, booking: Booking) -> UUID | None:
    """Write a draft that is no seat of a group down and take its ticks; answers as `claim`."""
    db.flush()
    rows = _rows_of(booking)
    if locks_rows(db):
        taken = _PLACE.count(db.connection(), {**columns_of(booking), **_listed(rows)})
    else:
        INSERT.count(db.connection(), columns_of(booking))
        taken = _taken(db, rows)
    written_down(db, booking)
    return None if taken == len(rows) else _who_is_taken(db, booking)


def whom_mentee_has(db: Session, booking: Booking) -> str:
    """Whose session has the ticks the mentee of a refused booking needed: a first name, or a group they give."""
    person, other = booking.mentee_id, col(User.id)
    owner = (
        select(User.name)
        .join(Booking, or_(other == Booking.mentor_id, other == Booking.mentee_id))
        .join(Claim, col(Claim.booking_id) == Booking.id)
        .where(Claim.person_id == person, other != person, Booking.id != booking.id)
        .where(col(Claim.tick).in_(ticks(booking.starts_at, booking.ends_at)))
        .order_by(col(Claim.tick))
    )
    name = db.exec(owner.limit(1)).first()
    return "a group session" if name is None else first_name(name)


def claim_group(db: Session, group: GroupSession) -> bool:
    """Take every tick of a group session, with its buffers, for the mentor; False when one is taken already."""
    rows = [
        {"person_id": group.mentor_id, "tick": tick, "booking_id": None, "group_session_id": group.id, "until": None}
        for tick in ticks(group.blocked_from, group.blocked_to)
    ]
    return _taken(db, rows) == len(rows)


def release_group(db: Session, group_session_id: UUID) -> None:
    """Give back every tick the group session owns; those of its seats are their own."""
    db.execute(delete(Claim).where(col(Claim.group_session_id) == group_session_id))


def release(db: Session, booking_id: UUID) -> None:
    """Give back every tick the booking owns."""
    db.execute(delete(Claim).where(col(Claim.booking_id) == booking_id))


def keep_until(db: Session, booking_id: UUID, until: datetime | None) -> None:
    """Let the booking's ticks lapse at `until`, or never."""
    db.execute(update(Claim).where(col(Claim.booking_id) == booking_id).values(until=until))


def expire_all_lapsed(db: Session, *, now: datetime, limit: int = _MOST_AT_ONCE) -> int:
    """Expire the holds that ran out, the earliest first, so that open pages see the time come back; returns how many.

    A hold that was extended in its last moment, while this waited for its people, stays.
    """
    found = db.exec(_lapsed(now).order_by(col(Booking.hold_expires_at)).limit(limit)).all()
    lock_people(db, *{person for booking in found for person in (booking.mentor_id, booking.mentee_id)})
    lapsed = db.exec(_lapsed(now).where(col(Booking.id).in_([booking.id for booking in found]))).all()
    return sum(expire(db, booking, reason="the hold ran out", now=now) for booking in lapsed)


def expire(db: Session, booking: Booking, *, reason: str, now: datetime, actor_id: UUID | None = None) -> bool:
    """End a hold and free its ticks; False when it is no longer held."""
    if not move(db, booking, Status.HELD, Status.EXPIRED, now=now, actor_id=actor_id, reason=reason):
        return False
    release(db, booking.id)
    topics.announce(db, *watched(booking))
    return True


def watched(booking: Booking) -> tuple[str, ...]:
    """The topics that show a booking: itself, the mentor's free times, both people's lists."""
    whole = booking.group_session_id
    return (
        *(() if whole is None else (topics.booking(whole), topics.groups_of(booking.mentor_id))),
        topics.booking(booking.id),
        topics.grid_of(booking.mentor_id),
        topics.person(booking.mentor_id),
        topics.person(booking.mentee_id),
    )


def move(
    db: Session,
    booking: Booking,
    was: Status,
    becomes: Status,
    *,
    now: datetime,
    actor_id: UUID | None,
    reason: str = "",
    **columns: Any,
) -> bool:
    """Compare-and-swap the status, log it and let the line know; False when somebody else moved the booking first."""
    if becomes is not Status.HELD:
        columns = {"hold_expires_at": None, **columns}
    change = (
        update(Booking)
        .where(col(Booking.id) == booking.id, col(Booking.status) == was)
        .values(status=becomes, **columns)
        .execution_options(synchronize_session=False)
    )
    result = db.execute(change)
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        return False
    db.add(BookingChange(booking_id=booking.id, actor_id=actor_id, was=was, became=becomes, reason=reason, at=now))
    db.flush()
    db.refresh(booking)
    if booking.group_session_id is not None and was.keeps_time and not becomes.keeps_time:
        seats.give_back(db, booking.group_session_id)
    line.follow(db, booking, was, now=now)
    if booking.series_id is not None:
        topics.announce(db, *(topics.booking(one) for one in db.exec(_series_of(booking))))
    return True


def _series_of(booking: Booking) -> SelectOfScalar[UUID]:
    """The pages of a series show one another."""
    return select(Booking.id).where(Booking.series_id == booking.series_id)


def _rows_of(booking: Booking) -> list[dict[str, Any]]:
    wanted = {booking.mentee_id: ticks(booking.starts_at, booking.ends_at)}
    if booking.group_session_id is None:
        wanted = {booking.mentor_id: ticks(booking.blocked_from, booking.blocked_to), **wanted}
    owner = {"booking_id": booking.id, "group_session_id": None, "until": booking.hold_expires_at}
    return [{"person_id": person, "tick": tick, **owner} for person, span in wanted.items() for tick in span]


def _who_is_taken(db: Session, booking: Booking) -> UUID:
    """Whose ticks were not all free, once those that were are the booking's."""
    if booking.group_session_id is not None:
        return booking.mentee_id
    mentors = select(func.count()).where(Claim.booking_id == booking.id, Claim.person_id == booking.mentor_id)
    whole = db.exec(mentors).one() == len(ticks(booking.blocked_from, booking.blocked_to))
    return booking.mentee_id if whole else booking.mentor_id


def _taken(db: Session, rows: list[dict[str, Any]]) -> int:
    """Insert the ticks that are free, all of one owner and deadline; returns how many were."""
    if not locks_rows(db):
        return _TAKE.count(db.connection(), *rows)
    return _TAKE.count(db.connection(), {**_listed(rows), **{name: rows[0][name] for name in _OWNER}})


def _listed(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {"people": [row["person_id"] for row in rows], "ticks": [row["tick"] for row in rows]}


def _lapsed(now: datetime) -> SelectOfScalar[Booking]:
    return select(Booking).where(Booking.status == Status.HELD, col(Booking.hold_expires_at) <= now)


_table = Claim.__table__  # type: ignore[attr-defined]
# Built once: building a statement costs more than running it, and every booking needs these.
_OWNER = ("booking_id", "group_session_id", "until")
_wanted = (
    func.unnest(bindparam("people", type_=postgresql.ARRAY(Uuid)), bindparam("ticks", type_=postgresql.ARRAY(Integer)))
    .table_valued("person_id", "tick")
    .render_derived()
)


def _take_all(owner: Sequence[ColumnElement[Any]]) -> postgresql.Insert:
    """One statement: a row each would be a message each way for every tick."""
    rows = select(_wanted.c.person_id, _wanted.c.tick, *owner)
    return postgresql.insert(_table).from_select(["person_id", "tick", *_OWNER], rows).on_conflict_do_nothing()


def _place_all() -> postgresql.Insert:
    """The booking and its ticks in one message."""
    held = Booking.__table__  # type: ignore[attr-defined]
    placed = postgresql.insert(held).returning(held.c.id, held.c.group_session_id, held.c.hold_expires_at).cte()
    return _take_all(tuple(placed.c))


def _take(dialect: str) -> sqlite.Insert | postgresql.Insert:
    if dialect == "sqlite":
        return sqlite.insert(_table).on_conflict_do_nothing()
    return _take_all([bindparam(name) for name in _OWNER])


_TAKE = Prepared(_take)
_PLACE = Prepared(lambda _: _place_all())
_LOCKED_PEOPLE = (
    select(User.id)
    .where(col(User.id).in_(bindparam("people", expanding=True)))
    .order_by(col(User.id))
    .with_for_update()
)
_LOCKED_PEOPLE_OF = Prepared(
    lambda _: (
        select(User.id)
        .where(
            or_(
                col(User.id) == bindparam("mentee"),
                col(User.id)
                == select(Offering.mentor_id).where(col(Offering.id) == bindparam("offering")).scalar_subquery(),
            )
        )
        .order_by(col(User.id))
        .with_for_update()
    )
)
