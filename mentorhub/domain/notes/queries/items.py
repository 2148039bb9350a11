"""Reads of action items: of one booking, of one person, by session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.notes.models import ActionItem


@dataclass(frozen=True)
class ItemView:
    """One action item; `key` is the name its line bears in the notes."""

    id: UUID
    booking_id: UUID
    key: str
    text: str
    owner_id: UUID
    owner: str
    due_on: date | None
    done_at: datetime | None

    @property
    def is_done(self) -> bool:
        """Whether it is ticked."""
        return self.done_at is not None


@dataclass(frozen=True)
class SessionItemsView:
    """A person's action items from one session, and with whom it was."""

    booking_id: UUID
    title: str
    with_name: str
    portrait: str | None
    starts_at: datetime
    items: tuple[ItemView, ...]


def _views(db: Session, items: Iterable[ActionItem]) -> tuple[ItemView, ...]:
    found = list(items)
    owners = {item.owner_id for item in found}
    names = dict(db.exec(select(User.id, User.name).where(col(User.id).in_(owners))).all())
    return tuple(
        ItemView(
            id=item.id,
            booking_id=item.booking_id,
            key=item.line_key,
            text=item.text,
            owner_id=item.owner_id,
            owner=names.get(item.owner_id, ""),
            due_on=item.due_on,
            done_at=item.done_at,
        )
        for item in found
    )


def items_of_booking(db: Session, *, booking_id: UUID) -> tuple[ItemView, ...]:
    """The action items of one booking in the order they were made; the caller has checked who asks."""
    return _views(
        db,
        db.exec(
            select(ActionItem)
            .where(ActionItem.booking_id == booking_id, col(ActionItem.removed_at).is_(None))
            .order_by(col(ActionItem.created_at), col(ActionItem.line_key))
        ),
    )


def open_items_of(db: Session, *, person_id: UUID) -> tuple[ItemView, ...]:
    """What a person still has to do: the soonest due first, then what has no date."""
    rows = db.exec(
        select(ActionItem).where(
            ActionItem.owner_id == person_id,
            col(ActionItem.removed_at).is_(None),
            col(ActionItem.done_at).is_(None),
        )
    ).all()
    return _views(db, sorted(rows, key=lambda item: (item.due_on or date.max, item.created_at, item.line_key)))


def items_by_session(db: Session, *, person_id: UUID) -> tuple[SessionItemsView, ...]:
    """All action items of a person, done ones too, by session; the latest session first."""
    rows = db.exec(
        select(ActionItem, Booking)
        .join(Booking, col(Booking.id) == col(ActionItem.booking_id))
        .where(ActionItem.owner_id == person_id, col(ActionItem.removed_at).is_(None))
        .where(or_(Booking.mentor_id == person_id, Booking.mentee_id == person_id))
        .order_by(col(Booking.starts_at).desc(), col(ActionItem.created_at), col(ActionItem.line_key))
    ).all()
    sessions: dict[UUID, tuple[Booking, list[ActionItem]]] = {}
    for item, booking in rows:
        sessions.setdefault(booking.id, (booking, []))[1].append(item)
    others = {_other(booking, person_id) for booking, _ in sessions.values()}
    people = {user.id: user for user in db.exec(select(User).where(col(User.id).in_(others)))}
    return tuple(
        SessionItemsView(
            booking_id=booking.id,
            title=booking.title,
            with_name=people[_other(booking, person_id)].name,
            portrait=people[_other(booking, person_id)].portrait,
            starts_at=booking.starts_at,
            items=_views(db, items),
        )
        for booking, items in sessions.values()
    )


def _other(booking: Booking, person_id: UUID) -> UUID:
    return booking.mentee_id if booking.mentor_id == person_id else booking.mentor_id


def items_kept(db: Session, *, owner_id: UUID) -> tuple[int, int]:
    """How many action items of a person are done, and how many there are; those taken out of the notes are none."""
    counts = select(func.count(col(ActionItem.id)), func.count(col(ActionItem.done_at)))
    there, done = db.exec(counts.where(ActionItem.owner_id == owner_id, col(ActionItem.removed_at).is_(None))).one()
    return done, there
