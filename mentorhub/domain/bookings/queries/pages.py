"""What the pages of a booking show: the held time, the detail and the lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, and_, col, or_, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import Booking, BookingRequest, GroupSession, GroupStatus, Presence, Status
from mentorhub.domain.bookings.queries.intake import IntakeView, intake_for
from mentorhub.domain.bookings.queries.moving import has_open_proposal
from mentorhub.domain.bookings.queries.notice import why_called_off
from mentorhub.domain.bookings.queries.series_parts import places_in_series
from mentorhub.domain.catalog.models import MentorProfile, Offering
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules as money
from mentorhub.domain.payments.queries import paid_for


@dataclass(frozen=True)
class PersonView:
    """The other side as a booking shows them."""

    user_id: UUID
    name: str
    portrait: str
    role: str
    slug: str
    zone: str


@dataclass(frozen=True)
class BookingView:
    """One booking as its two people may see it; `i_mentor` says from which side. Instants are UTC."""

    booking_id: UUID
    title: str
    status: Status
    starts_at: datetime
    ends_at: datetime
    hold_expires_at: datetime | None
    by_request: bool
    answer_hours: int
    price: Money
    split: money.Split
    policy: str
    full_until: datetime
    half_until: datetime
    intake: IntakeView
    send_before: str
    leave_with: str
    mentor: PersonView
    mentee: PersonView
    i_mentor: bool
    doors: rules.Door
    refunded: Money
    paid_at: datetime | None
    both_met: bool
    met_minutes: int
    inside: tuple[UUID, ...]
    cancelled_by_me: bool
    i_come: bool
    other_comes: bool
    may_say_coming: bool
    version: int
    group_session_id: UUID | None = None
    why_called_off: str = ""
    """Of a seat whose session the product called off, as the end of a sentence; empty when a person called it off."""

    @property
    def other(self) -> PersonView:
        """The person on the other side."""
        return self.mentee if self.i_mentor else self.mentor

    @property
    def mine(self) -> PersonView:
        """The viewer's own side."""
        return self.mentor if self.i_mentor else self.mentee


@dataclass(frozen=True)
class SessionRowView:
    """One line of a list of sessions."""

    booking_id: UUID
    title: str
    status: Status
    starts_at: datetime
    ends_at: datetime
    other_name: str
    other_portrait: str
    other_zone: str
    i_mentor: bool
    is_door_open: bool
    by_request: bool
    has_new_time: bool = False
    part: str = ""
    """Which of its series it is, such as "2 of 6"; empty for a session that stands alone."""
    group_session_id: UUID | None = None
    """Of a mentor's group session, which stands in a list once: `other_name` says then how many seats are taken."""


def booking_page(db: Session, *, booking_id: UUID, viewer_id: UUID, now: datetime) -> BookingView:
    """The booking as one of its two people sees it; raises NotFound for everybody else."""
    booking = _of(db, booking_id, viewer_id)
    offering = db.get_one(Offering, booking.offering_id)
    paid = paid_for(db, booking_id=booking.id)
    window = money.refund_window(booking.policy, booking.refund_from)
    stays, inside = _stays(db, booking, now)
    met = rules.together(
        stays[booking.mentor_id], stays[booking.mentee_id], begins=booking.starts_at, ends=booking.ends_at
    )
    price = Money(booking.price_minor, booking.currency)
    return BookingView(
        booking_id=booking.id,
        title=booking.title,
        status=_shown_status(db, booking, now),
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        hold_expires_at=booking.hold_expires_at,
        by_request=booking.by_request,
        answer_hours=db.get_one(MentorProfile, booking.mentor_id).answer_hours,
        price=price,
        split=money.Split(
            price, Money(booking.fee_minor, booking.currency), Money(booking.card_minor, booking.currency)
        ),
        policy=booking.policy.value,
        full_until=window.full_until,
        half_until=window.half_until,
        intake=intake_for(db, booking, viewer_id),
        send_before=offering.send_before,
        leave_with=offering.leave_with,
        mentor=_person(db, booking.mentor_id, booking.mentor_zone),
        mentee=_person(db, booking.mentee_id, booking.mentee_zone),
        i_mentor=viewer_id == booking.mentor_id,
        doors=rules.door(booking.starts_at, booking.ends_at),
        refunded=paid.refunded if paid is not None else Money.zero(booking.currency),
        paid_at=paid.paid_at if paid is not None else None,
        both_met=booking.status is Status.MET,
        met_minutes=int(met.total_seconds()) // 60,
        inside=inside,
        cancelled_by_me=booking.cancelled_by == viewer_id,
        i_come=(booking.mentor_coming_at if viewer_id == booking.mentor_id else booking.mentee_coming_at) is not None,
        other_comes=(booking.mentee_coming_at if viewer_id == booking.mentor_id else booking.mentor_coming_at)
        is not None,
        may_say_coming=booking.status is Status.CONFIRMED and rules.may_say_coming(booking.starts_at, now),
        version=booking.version,
        group_session_id=booking.group_session_id,
        why_called_off=why_called_off(db, booking),
    )


def sessions_of(
    db: Session, *, viewer_id: UUID, as_mentor: bool, coming: bool, now: datetime, limit: int = 24
) -> Sequence[SessionRowView]:
    """The viewer's sessions and requests under one hat: coming ones soonest first, past ones latest first.

    A mentor's group session is one of them, not a seat at a time.
    """
    side = Booking.mentor_id if as_mentor else Booking.mentee_id
    wanted = select(Booking).where(side == viewer_id)
    if as_mentor:
        wanted = wanted.where(col(Booking.group_session_id).is_(None))
    if coming:
        ahead = col(Booking.status).in_((Status.CONFIRMED, Status.REQUESTED))
        wanted = wanted.where(ahead).order_by(col(Booking.starts_at))
    else:
        shown = [status for status in Status if status.is_over or status in (Status.CANCELLED, Status.DECLINED)]
        lapsed = and_(Booking.status == Status.EXPIRED, col(Booking.id).in_(select(BookingRequest.booking_id)))
        wanted = wanted.where(or_(col(Booking.status).in_(shown), lapsed)).order_by(col(Booking.starts_at).desc())
    found = db.exec(wanted.limit(limit)).all()
    places = places_in_series(db, found)
    rows = [_row(db, booking, viewer_id, now, part=places.get(booking.id, "")) for booking in found]
    if as_mentor:
        rows += _group_rows(db, viewer_id, coming=coming, now=now, limit=limit)
        rows.sort(key=lambda row: row.starts_at, reverse=not coming)
    return rows[:limit]


def next_session_of(db: Session, *, viewer_id: UUID, now: datetime) -> SessionRowView | None:
    """The viewer's next or running session with one other person under either hat, or their seat, if any."""
    soonest = (
        select(Booking)
        .where(
            or_(
                and_(Booking.mentor_id == viewer_id, col(Booking.group_session_id).is_(None)),
                Booking.mentee_id == viewer_id,
            ),
            Booking.status == Status.CONFIRMED,
            Booking.ends_at > now - rules.DOORS_CLOSE_AFTER,
        )
        .order_by(col(Booking.starts_at))
        .limit(1)
    )
    booking = db.exec(soonest).first()
    return _row(db, booking, viewer_id, now) if booking else None


def _group_rows(db: Session, mentor_id: UUID, *, coming: bool, now: datetime, limit: int) -> list[SessionRowView]:
    is_open = col(GroupSession.status) == GroupStatus.OPEN
    start = col(GroupSession.starts_at)
    wanted = select(GroupSession).where(GroupSession.mentor_id == mentor_id, is_open if coming else ~is_open)
    shown = {
        GroupStatus.OPEN: Status.CONFIRMED,
        GroupStatus.SETTLED: Status.MET,
        GroupStatus.CANCELLED: Status.CANCELLED,
    }
    return [
        SessionRowView(
            booking_id=group.id,
            title=group.title,
            status=shown[group.status],
            starts_at=group.starts_at,
            ends_at=group.ends_at,
            other_name=f"{group.seats_taken} of {group.seats} seats",
            other_portrait="",
            other_zone=group.mentor_zone,
            i_mentor=True,
            by_request=False,
            is_door_open=group.status is GroupStatus.OPEN and rules.door(group.starts_at, group.ends_at).is_open(now),
            group_session_id=group.id,
        )
        for group in db.exec(wanted.order_by(start if coming else start.desc()).limit(limit))
    ]


def participants_of(db: Session, booking_id: UUID) -> tuple[UUID, UUID] | None:
    """The mentor and the mentee of a booking; `None` when there is no such booking."""
    booking = db.get(Booking, booking_id)
    return (booking.mentor_id, booking.mentee_id) if booking else None


def _of(db: Session, booking_id: UUID, viewer_id: UUID) -> Booking:
    booking = db.get(Booking, booking_id)
    if booking is None or viewer_id not in (booking.mentor_id, booking.mentee_id):
        raise NotFound
    return booking


def _shown_status(db: Session, booking: Booking, now: datetime) -> Status:
    """A hold or request past its time reads as expired, even before anything wrote that down."""
    request = db.get(BookingRequest, booking.id) if booking.status is Status.REQUESTED else None
    until = request.lapses_at if request is not None else booking.hold_expires_at
    return Status.EXPIRED if until is not None and until <= now else booking.status


def _person(db: Session, user_id: UUID, zone: str) -> PersonView:
    user, profile = db.get_one(User, user_id), db.get(MentorProfile, user_id)
    role = ", ".join(part for part in (profile.role, profile.employer) if part) if profile else ""
    return PersonView(user_id, user.name, user.portrait or "", role, profile.slug if profile else "", zone)


def _stays(db: Session, booking: Booking, now: datetime) -> tuple[dict[UUID, list[rules.Stay]], tuple[UUID, ...]]:
    stays: dict[UUID, list[rules.Stay]] = {booking.mentor_id: [], booking.mentee_id: []}
    inside = []
    for presence in db.exec(select(Presence).where(Presence.booking_id == booking.id)):
        stays[presence.user_id].append((presence.joined_at, presence.left_at or now))
        if presence.left_at is None and booking.status is Status.CONFIRMED:
            inside.append(presence.user_id)
    return stays, tuple(inside)


def _row(db: Session, booking: Booking, viewer_id: UUID, now: datetime, part: str = "") -> SessionRowView:
    i_mentor = viewer_id == booking.mentor_id
    other = db.get_one(User, booking.mentee_id if i_mentor else booking.mentor_id)
    confirmed = booking.status is Status.CONFIRMED
    return SessionRowView(
        booking_id=booking.id,
        title=booking.title,
        status=booking.status,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        other_name=other.name,
        other_portrait=other.portrait or "",
        other_zone=booking.mentee_zone if i_mentor else booking.mentor_zone,
        i_mentor=i_mentor,
        by_request=booking.by_request,
        part=part,
        has_new_time=has_open_proposal(db, booking, now),
        is_door_open=confirmed and rules.door(booking.starts_at, booking.ends_at).is_open(now),
    )
