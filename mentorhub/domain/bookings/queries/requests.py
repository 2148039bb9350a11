"""Requests as the mentor's inbox and the two people of one see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Awaited, Booking, BookingRequest, DeclineReason, Status
from mentorhub.domain.bookings.queries.intake import IntakeView, intake_of
from mentorhub.domain.bookings.rules import LAPSES_PAUSE_WITHIN
from mentorhub.domain.common.money import Money


class Stage(StrEnum):
    """Where a request stands, as a person would say it."""

    WAITING = "waiting"
    PAUSED = "paused"
    TAKING = "taking"
    UNPAID = "unpaid"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class RequestView:
    """One request; instants are UTC.

    `lapses_at` is when it ends if nobody does anything more: while `PAUSED`, the question's pause is in it.
    `TAKING` was accepted and its money is being taken; `UNPAID` waits for another payment until `pay_by`.
    """

    booking_id: UUID
    stage: Stage
    awaited: Awaited
    status: Status
    title: str
    starts_at: datetime
    ends_at: datetime
    mentor_id: UUID
    mentor_name: str
    mentor_portrait: str
    mentor_zone: str
    mentee_id: UUID
    mentee_name: str
    mentee_portrait: str
    mentee_zone: str
    price: Money
    intake: IntakeView
    requested_at: datetime
    answer_by: datetime
    lapses_at: datetime
    question: str
    asked_at: datetime | None
    reply_by: datetime | None
    reply: str
    replied_at: datetime | None
    decided_at: datetime | None
    pay_by: datetime | None
    reason: DeclineReason | None
    note: str
    i_mentor: bool
    may_answer: bool
    may_ask: bool
    may_reply: bool
    may_withdraw: bool
    may_pay: bool


def requests_of(db: Session, *, mentor_id: UUID, now: datetime) -> tuple[RequestView, ...]:
    """The requests a mentor can still answer, or whose money is under way; the soonest deadline first."""
    waiting = (
        select(BookingRequest, Booking)
        .join(Booking)
        .where(
            BookingRequest.mentor_id == mentor_id,
            Booking.status == Status.REQUESTED,
            BookingRequest.lapses_at > now,
        )
        .order_by(col(BookingRequest.lapses_at))
    )
    return tuple(_view(db, request, booking, mentor_id, now) for request, booking in db.exec(waiting).all())


def lapsed_requests_of(db: Session, *, mentor_id: UUID, now: datetime, limit: int = 12) -> tuple[RequestView, ...]:
    """The requests that ended by the clock as long as they count for a pause of the profile, the latest first."""
    lapsed = (
        select(BookingRequest, Booking)
        .join(Booking)
        .where(
            BookingRequest.mentor_id == mentor_id,
            col(Booking.status).in_((Status.REQUESTED, Status.EXPIRED)),
            BookingRequest.lapses_at <= now,
            BookingRequest.lapses_at > now - LAPSES_PAUSE_WITHIN,
        )
        .order_by(col(BookingRequest.lapses_at).desc())
        .limit(limit)
    )
    return tuple(_view(db, request, booking, mentor_id, now) for request, booking in db.exec(lapsed).all())


def count_requests(db: Session, *, mentor_id: UUID, now: datetime) -> int:
    """How many requests wait for this mentor's word: unanswered, and no question of theirs open."""
    waiting = (
        select(func.count(col(BookingRequest.booking_id)))
        .join(Booking)
        .where(
            BookingRequest.mentor_id == mentor_id,
            Booking.status == Status.REQUESTED,
            BookingRequest.lapses_at > now,
            col(BookingRequest.decided_at).is_(None),
            or_(col(BookingRequest.asked_at).is_(None), col(BookingRequest.replied_at).is_not(None)),
        )
    )
    return db.exec(waiting).one()


def request_of(db: Session, *, booking_id: UUID, viewer_id: UUID, now: datetime) -> RequestView | None:
    """One request as one of its two people sees it; `None` for everybody else, and where nothing was asked."""
    request, booking = db.get(BookingRequest, booking_id), db.get(Booking, booking_id)
    if request is None or booking is None or viewer_id not in (booking.mentor_id, booking.mentee_id):
        return None
    return _view(db, request, booking, viewer_id, now)


def stage_of(request: BookingRequest, booking: Booking, *, now: datetime) -> Stage:
    """Where a request stands; one past its time reads as lapsed even before anything wrote that down."""
    ended = {Status.DECLINED: Stage.DECLINED, Status.CANCELLED: Stage.WITHDRAWN, Status.EXPIRED: Stage.LAPSED}
    if booking.status in ended and (booking.status is not Status.CANCELLED or booking.confirmed_at is None):
        return ended[booking.status]
    if booking.status is not Status.REQUESTED:
        return Stage.ACCEPTED
    if request.lapses_at <= now:
        return Stage.LAPSED
    if request.decided_at is not None:
        return Stage.TAKING if request.pay_by is None else Stage.UNPAID
    paused = request.reply_by is not None and request.replied_at is None and request.reply_by > now
    return Stage.PAUSED if paused else Stage.WAITING


def _view(db: Session, request: BookingRequest, booking: Booking, viewer_id: UUID, now: datetime) -> RequestView:
    mentor, mentee = db.get_one(User, booking.mentor_id), db.get_one(User, booking.mentee_id)
    stage, i_mentor = stage_of(request, booking, now=now), viewer_id == booking.mentor_id
    open_still = stage in (Stage.WAITING, Stage.PAUSED)
    return RequestView(
        booking_id=booking.id,
        stage=stage,
        awaited=request.awaited,
        status=booking.status,
        title=booking.title,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        mentor_id=mentor.id,
        mentor_name=mentor.name,
        mentor_portrait=mentor.portrait or "",
        mentor_zone=booking.mentor_zone,
        mentee_id=mentee.id,
        mentee_name=mentee.name,
        mentee_portrait=mentee.portrait or "",
        mentee_zone=booking.mentee_zone,
        price=Money(booking.price_minor, booking.currency),
        intake=intake_of(db, booking_id=booking.id),
        requested_at=request.requested_at,
        answer_by=request.answer_by,
        lapses_at=request.lapses_at,
        question=request.question,
        asked_at=request.asked_at,
        reply_by=request.reply_by,
        reply=request.reply,
        replied_at=request.replied_at,
        decided_at=request.decided_at,
        pay_by=request.pay_by,
        reason=request.reason,
        note=request.note,
        i_mentor=i_mentor,
        may_answer=i_mentor and open_still,
        may_ask=i_mentor and open_still and request.asked_at is None,
        may_reply=not i_mentor and open_still and request.asked_at is not None and request.replied_at is None,
        may_withdraw=not i_mentor and (open_still or stage is Stage.UNPAID),
        may_pay=not i_mentor and stage is Stage.UNPAID,
    )
