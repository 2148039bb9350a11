"""Topics: what open pages watch. A service announces a topic; it is published once its transaction is kept."""

from uuid import UUID

from sqlmodel import Session


def grid_of(mentor_id: UUID) -> str:
    """The free times of a mentor."""
    return f"grid:{mentor_id}"


def booking(booking_id: UUID) -> str:
    """One booking: its status, its times, its payment."""
    return f"booking:{booking_id}"


def groups_of(mentor_id: UUID) -> str:
    """The group sessions of a mentor and the seats left in them."""
    return f"groups:{mentor_id}"


def person(user_id: UUID) -> str:
    """What concerns one person: their sessions, requests and goals."""
    return f"person:{user_id}"


def notices_of(user_id: UUID) -> str:
    """What one person was told in the product, and how much of it is unread."""
    return f"notices:{user_id}"


def notes_of(booking_id: UUID) -> str:
    """The shared notes and action items of one booking."""
    return f"notes:{booking_id}"


def announce(db: Session, *topics: str) -> None:
    """Say that `topics` changed; told to watchers after this transaction is committed, never before."""
    db.info.setdefault("announced", set()).update(topics)
