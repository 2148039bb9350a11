"""Reads of reviews: those of a mentor, and whether a session may be reviewed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, Presence, Status
from mentorhub.domain.bookings.rules import Stay, door, together
from mentorhub.domain.common import moments
from mentorhub.domain.common.words import initials
from mentorhub.domain.reviews.models import Review
from mentorhub.domain.reviews.rules import may_review, met_words

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class ReviewView:
    """One review as everyone may read it; `met` is how long both were there, `written` a date."""

    author: str
    about_author: str
    portrait: str
    initials: str
    stars: int
    text: str
    met: str
    written: str


@dataclass(frozen=True)
class ReviewableView:
    """Whether the viewer may review a session, and what they said when they did."""

    may_review: bool
    mentor_name: str
    met: str
    mine: ReviewView | None


def reviews_of_mentor(db: Session, *, mentor_id: UUID, limit: int = 12) -> list[ReviewView]:
    """The latest reviews of a mentor, newest first."""
    rows = db.exec(
        select(Review, User, Booking)
        .join(User, col(User.id) == col(Review.author_id))
        .join(Booking, col(Booking.id) == col(Review.booking_id))
        .where(Review.mentor_id == mentor_id)
        .order_by(col(Review.created_at).desc(), col(Review.id))
        .limit(limit)
    ).all()
    return [_view(review, author, booking) for review, author, booking in rows]


def reviewable(db: Session, *, booking_id: UUID, viewer_id: UUID) -> ReviewableView | None:
    """What the mentee of a session may say of it; `None` for everybody else."""
    booking = db.get(Booking, booking_id)
    if booking is None or booking.mentee_id != viewer_id:
        return None
    review = db.exec(select(Review).where(Review.booking_id == booking_id)).first()
    met = time_together(db, booking)
    return ReviewableView(
        may_review=review is None and has_met(booking, met),
        mentor_name=db.get_one(User, booking.mentor_id).name,
        met=met_words(met_minutes=_minutes(met), booked_minutes=_minutes(booking.ends_at - booking.starts_at)),
        mine=None if review is None else _view(review, db.get_one(User, viewer_id), booking),
    )


def has_met(booking: Booking, met: timedelta) -> bool:
    """Whether attendance settled the session as a meeting that may be reviewed."""
    return booking.status is Status.MET and may_review(together=met, booked=booking.ends_at - booking.starts_at)


def time_together(db: Session, booking: Booking) -> timedelta:
    """How long both were in the room at once during the booked time; a stay without an end lasted to the door."""
    stays: dict[UUID, list[Stay]] = {booking.mentor_id: [], booking.mentee_id: []}
    closed = door(booking.starts_at, booking.ends_at).closes_at
    for presence in db.exec(select(Presence).where(Presence.booking_id == booking.id)):
        stays[presence.user_id].append((presence.joined_at, presence.left_at or closed))
    mentor, mentee = stays[booking.mentor_id], stays[booking.mentee_id]
    return together(mentor, mentee, begins=booking.starts_at, ends=booking.ends_at)


def _view(review: Review, author: User, booking: Booking) -> ReviewView:
    return ReviewView(
        author=author.name,
        about_author=booking.title,
        portrait=author.portrait or "",
        initials=initials(author.name),
        stars=review.stars,
        text=review.text,
        met=met_words(met_minutes=review.met_minutes, booked_minutes=_minutes(booking.ends_at - booking.starts_at)),
        written=_date(review.created_at),
    )


def _date(moment: datetime) -> str:
    return moments.date_in_full(moment, _UTC)


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60
