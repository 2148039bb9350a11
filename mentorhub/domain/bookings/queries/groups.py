"""Reads of group sessions: a mentor's list, one session's page, who comes, and its mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.accounts.queries import habits_of
from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import Booking, GroupSession, GroupStatus, Status
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.habits import OF_THE_HOUSE
from mentorhub.domain.common.money import Money
from mentorhub.domain.notifications.rules import SessionNotice, SessionPerson
from mentorhub.domain.payments import rules as money

_ENDS_SHOW = timedelta(days=30)


@dataclass(frozen=True)
class AttendeeView:
    """Somebody who has a seat for sure; `seat_id` is its booking, for the mentor, who alone shares its page."""

    name: str
    seat_id: UUID | None


@dataclass(frozen=True)
class GroupView:
    """One group session as a viewer may see it.

    `seats_left` are for sale, `people` have a seat for sure. `attendees` are they, for the mentor and for
    each other only. `my_seat` is the viewer's own live seat. Instants are UTC.
    """

    group_session_id: UUID
    title: str
    status: GroupStatus
    starts_at: datetime
    ends_at: datetime
    decide_by: datetime
    seats: int
    seats_left: int
    seats_needed: int
    people: int
    price: Money
    policy: str
    full_until: datetime
    mentor_id: UUID
    mentor_name: str
    mentor_zone: str
    i_mentor: bool
    my_seat: UUID | None
    attendees: tuple[AttendeeView, ...]
    is_on_sale: bool
    is_decided: bool
    is_door_open: bool
    may_call_off: bool


def group_page(db: Session, *, group_session_id: UUID, viewer_id: UUID | None, now: datetime) -> GroupView:
    """One group session; raises NotFound when there is none."""
    group = db.get(GroupSession, group_session_id)
    if group is None:
        raise NotFound
    return _view(db, group, viewer_id, now)


def group_of_seat(db: Session, *, booking_id: UUID, viewer_id: UUID, now: datetime) -> GroupView | None:
    """The group session a booking is a seat of, for the two people of the booking; `None` for any other booking."""
    booking = db.get(Booking, booking_id)
    if booking is None or viewer_id not in (booking.mentor_id, booking.mentee_id) or booking.group_session_id is None:
        return None
    return group_page(db, group_session_id=booking.group_session_id, viewer_id=viewer_id, now=now)


def groups_on_sale(
    db: Session, *, mentor_id: UUID, viewer_id: UUID | None, now: datetime, limit: int = 12
) -> Sequence[GroupView]:
    """What a mentor's profile offers: sessions ahead whose seats are sold, full ones too, soonest first."""
    ahead = select(GroupSession).where(
        GroupSession.mentor_id == mentor_id,
        GroupSession.status == GroupStatus.OPEN,
        GroupSession.starts_at > now + rules.SEATS_SOLD_UNTIL,
    )
    found = db.exec(ahead.order_by(col(GroupSession.starts_at)).limit(limit))
    return [_view(db, group, viewer_id, now) for group in found]


def groups_of_mentor(db: Session, *, mentor_id: UUID, now: datetime, limit: int = 24) -> Sequence[GroupView]:
    """The mentor's own group sessions: those of the last 30 days and all ahead, soonest first."""
    theirs = select(GroupSession).where(GroupSession.mentor_id == mentor_id, GroupSession.ends_at > now - _ENDS_SHOW)
    found = db.exec(theirs.order_by(col(GroupSession.starts_at)).limit(limit))
    return [_view(db, group, mentor_id, now) for group in found]


def next_group_of(db: Session, *, mentor_id: UUID, now: datetime) -> GroupView | None:
    """The mentor's next or running group session in which somebody has a seat, if any."""
    seat = select(Booking.id).where(
        col(Booking.group_session_id) == col(GroupSession.id), Booking.status == Status.CONFIRMED
    )
    soonest = select(GroupSession).where(
        GroupSession.mentor_id == mentor_id,
        GroupSession.status == GroupStatus.OPEN,
        GroupSession.ends_at > now - rules.DOORS_CLOSE_AFTER,
        seat.exists(),
    )
    group = db.exec(soonest.order_by(col(GroupSession.starts_at)).limit(1)).first()
    return _view(db, group, mentor_id, now) if group is not None else None


def group_notice(
    db: Session,
    *,
    group_session_id: UUID,
    seat_id: UUID | None,
    public_url: str,
    too_few: bool = False,
) -> SessionNotice:
    """What the mails about the whole session say, to its mentor or to whoever has that seat.

    `too_few` says that it was called off at its decision.
    """
    group = db.get_one(GroupSession, group_session_id)
    seat = db.get_one(Booking, seat_id) if seat_id is not None else None
    mentor = db.get_one(User, group.mentor_id)
    mentee = db.get_one(User, seat.mentee_id) if seat is not None else None
    page = f"/sessions/{seat.id}" if seat is not None else f"/mentoring/groups/{group.id}"
    return SessionNotice(
        booking_id=seat.id if seat is not None else group.id,
        title=group.title,
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        mentor=SessionPerson(mentor.name, mentor.email, group.mentor_zone, habits_of(db, user_id=mentor.id)),
        mentee=SessionPerson(
            name=mentee.name if mentee is not None else "your group",
            email=mentee.email if mentee is not None else "",
            zone=seat.mentee_zone if seat is not None else group.mentor_zone,
            habits=habits_of(db, user_id=mentee.id) if mentee is not None else OF_THE_HOUSE,
        ),
        price=Money(group.price_minor, group.currency),
        refunded=Money(0, group.currency),
        full_until=money.refund_window(group.policy, group.starts_at).full_until,
        calendar_uid=seat.calendar_uid if seat is not None else group.calendar_uid,
        version=seat.version if seat is not None else group.version,
        page=f"{public_url}{page}",
        room=f"{public_url}/room/{group.id}",
        why=rules.too_few(group.seats_needed) if too_few else "",
        seats=group.seats,
        seats_needed=group.seats_needed,
        people=len(_people(db, group)),
        decide_by=group.decide_by,
    )


def is_reminded(db: Session, *, group_session_id: UUID) -> bool:
    """Whether a reminder of the session still says something: it is not called off or over."""
    group = db.get(GroupSession, group_session_id)
    return group is not None and group.status is GroupStatus.OPEN


def _view(db: Session, group: GroupSession, viewer_id: UUID | None, now: datetime) -> GroupView:
    people = _people(db, group)
    own = db.exec(
        select(Booking.id).where(
            Booking.group_session_id == group.id,
            Booking.mentee_id == viewer_id,
            (col(Booking.status) == Status.CONFIRMED) | (col(Booking.hold_expires_at) > now) | _IS_OVER,
        )
    ).first()
    lapsed = select(func.count(col(Booking.id))).where(
        Booking.group_session_id == group.id, Booking.status == Status.HELD, col(Booking.hold_expires_at) <= now
    )
    may_see = viewer_id == group.mentor_id or any(who == viewer_id for who, _, _ in people)
    is_open, i_mentor = group.status is GroupStatus.OPEN, viewer_id == group.mentor_id
    return GroupView(
        group_session_id=group.id,
        title=group.title,
        status=group.status,
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        decide_by=group.decide_by,
        seats=group.seats,
        seats_left=group.seats - group.seats_taken + db.exec(lapsed).one(),
        seats_needed=group.seats_needed,
        people=len(people),
        price=Money(group.price_minor, group.currency),
        policy=group.policy.value,
        full_until=money.refund_window(group.policy, group.starts_at).full_until,
        mentor_id=group.mentor_id,
        mentor_name=db.get_one(User, group.mentor_id).name,
        mentor_zone=group.mentor_zone,
        i_mentor=i_mentor,
        my_seat=own,
        attendees=tuple(AttendeeView(name, seat if i_mentor else None) for _, name, seat in people if may_see),
        is_on_sale=is_open and group.starts_at > now + rules.SEATS_SOLD_UNTIL,
        is_decided=is_open and group.decide_by <= now,
        is_door_open=is_open and rules.door(group.starts_at, group.ends_at).is_open(now),
        may_call_off=i_mentor and is_open and group.starts_at > now,
    )


def _people(db: Session, group: GroupSession) -> Sequence[tuple[UUID, str, UUID]]:
    """Who has a seat for sure, by name, with the seat."""
    seats = select(col(User.id), col(User.name), col(Booking.id)).join(Booking, col(Booking.mentee_id) == col(User.id))
    theirs = seats.where(Booking.group_session_id == group.id, (col(Booking.status) == Status.CONFIRMED) | _IS_OVER)
    return db.exec(theirs.order_by(col(User.name), col(User.id))).all()


_IS_OVER = col(Booking.status).in_([status for status in Status if status.is_over])
