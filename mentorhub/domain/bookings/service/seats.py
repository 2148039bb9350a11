"""Seats of a group session: counted by compare-and-swap, so that the last one is taken once and given back once."""

from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult
from sqlmodel import Session, col, update

from mentorhub.domain.bookings.models import GroupSession, GroupStatus


def take(db: Session, group_session_id: UUID) -> bool:
    """Take one seat; False when none is left, or the session is called off or over."""
    return _add(db, group_session_id, 1, col(GroupSession.seats_taken) < col(GroupSession.seats), _IS_OPEN)


def give_back(db: Session, group_session_id: UUID) -> None:
    """Give one seat back; called once a booking, by the move that ends it."""
    _add(db, group_session_id, -1)


def _add(db: Session, group_session_id: UUID, count: int, *when: ColumnElement[bool]) -> bool:
    change = (
        update(GroupSession)
        .where(col(GroupSession.id) == group_session_id, *when)
        .values(seats_taken=col(GroupSession.seats_taken) + count)
        .execution_options(synchronize_session=False)
    )
    result = db.execute(change)
    return isinstance(result, CursorResult) and result.rowcount == 1


_IS_OPEN = col(GroupSession.status) == GroupStatus.OPEN
