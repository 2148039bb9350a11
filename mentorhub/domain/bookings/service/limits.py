"""How many requests are too many (PRODUCT.md D3). Counted after both people's rows are locked, so exact."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.errors import (
    AlreadyAsking,
    CalledOffTooOften,
    IntrosFull,
    MentorHasEnoughRequests,
    TooManyRequests,
    TooManyRequestsThisWeek,
)
from mentorhub.domain.bookings.models import Booking, BookingRequest, Status
from mentorhub.domain.bookings.rules import FREE_CALLED_OFF_A_DAY, OPEN_REQUESTS, REQUESTS_A_WEEK, WEEK
from mentorhub.domain.catalog.models import MentorProfile


def require_room(db: Session, *, mentor_id: UUID, mentee_id: UUID, now: datetime, besides: UUID | None = None) -> None:
    """Let one more request of the mentee to the mentor through; `besides` is the hold it would come from.

    Raises AlreadyAsking, TooManyRequests (naming the oldest), TooManyRequestsThisWeek, MentorHasEnoughRequests.
    """
    waiting = _open_of(db, mentee_id, now)
    for request in waiting:
        if request.mentor_id == mentor_id:
            raise AlreadyAsking(request.booking_id)
    if len(waiting) >= OPEN_REQUESTS:
        oldest = waiting[0]
        raise TooManyRequests(oldest.booking_id, mentor=db.get_one(User, oldest.mentor_id).name)
    if _sent_lately(db, BookingRequest.mentee_id == mentee_id, now) >= REQUESTS_A_WEEK:
        raise TooManyRequestsThisWeek
    cap = db.get_one(MentorProfile, mentor_id).max_requests_per_week
    if cap is not None and _coming_to(db, mentor_id, now, besides) >= cap:
        raise MentorHasEnoughRequests


def require_kept_free(db: Session, booking: Booking, *, now: datetime) -> None:
    """Let one more free session of a pair through, unless the mentee just called off several; raises CalledOffTooOften.

    What is free to book and to call off would else cost the mentor a mail and a look each time, without an end.
    A series counts once. Withdrawn requests were never booked: `require_room` counts those.
    """
    called_off = select(func.count(func.distinct(func.coalesce(Booking.series_id, Booking.id)))).where(
        Booking.mentor_id == booking.mentor_id,
        Booking.mentee_id == booking.mentee_id,
        Booking.price_minor == 0,
        col(Booking.confirmed_at).is_not(None),
        Booking.cancelled_by == booking.mentee_id,
        col(Booking.cancelled_at) > now - timedelta(days=1),
    )
    if db.exec(called_off).one() >= FREE_CALLED_OFF_A_DAY:
        raise CalledOffTooOften


def require_intro(db: Session, booking: Booking) -> None:
    """Let one more free intro call into its week, Monday to Sunday on the mentor's clock; raises IntrosFull."""
    cap = db.get_one(MentorProfile, booking.mentor_id).max_intros_per_week
    if cap is None:
        return
    day = booking.starts_at.astimezone(ZoneInfo(booking.mentor_zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = day - timedelta(days=day.weekday())
    given = select(func.count(col(Booking.id))).where(
        Booking.mentor_id == booking.mentor_id,
        Booking.id != booking.id,
        col(Booking.intro_pair).is_not(None),
        col(Booking.status).not_in((Status.EXPIRED, Status.CANCELLED, Status.DECLINED)),
        Booking.starts_at >= monday.astimezone(UTC),
        Booking.starts_at < (monday + timedelta(days=7)).astimezone(UTC),
    )
    if db.exec(given).one() >= cap:
        raise IntrosFull


def _open_of(db: Session, mentee_id: UUID, now: datetime) -> list[BookingRequest]:
    """The requests of a mentee that can still become a session, oldest first."""
    waiting = (
        select(BookingRequest)
        .join(Booking)
        .where(
            BookingRequest.mentee_id == mentee_id,
            Booking.status == Status.REQUESTED,
            BookingRequest.lapses_at > now,
        )
    )
    return list(db.exec(waiting.order_by(col(BookingRequest.requested_at))))


def _coming_to(db: Session, mentor_id: UUID, now: datetime, besides: UUID | None) -> int:
    """Requests a mentor had within seven days, and the holds that are about to become one."""
    held = select(func.count(col(Booking.id))).where(
        Booking.mentor_id == mentor_id,
        Booking.status == Status.HELD,
        col(Booking.by_request),
        col(Booking.hold_expires_at) > now,
    )
    if besides is not None:
        held = held.where(Booking.id != besides)
    return _sent_lately(db, BookingRequest.mentor_id == mentor_id, now) + db.exec(held).one()


def _sent_lately(db: Session, whose: bool, now: datetime) -> int:
    sent = select(func.count(col(BookingRequest.booking_id))).where(whose, BookingRequest.requested_at > now - WEEK)
    return db.exec(sent).one()
