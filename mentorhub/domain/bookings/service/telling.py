"""What happens to a booking, told to its people in the product; each on their own clock."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.accounts.models import User
from mentorhub.domain.accounts.queries import habits_of
from mentorhub.domain.bookings.models import Booking, GroupSession, Status
from mentorhub.domain.common import habits, moments
from mentorhub.domain.common.money import Money
from mentorhub.domain.notifications.rules import NoticeKind
from mentorhub.domain.notifications.service import tell


def tell_booked(db: Session, booking: Booking, *, now: datetime) -> None:
    """A session is booked: both are told."""
    mentor, mentee = _names(db, booking)
    key = f"booked:{booking.id}"
    to_mentor = f"{mentee} booked {booking.title} with you for {when_for(db, booking, booking.mentor_id)}."
    if booking.group_session_id is not None:
        group = db.get_one(GroupSession, booking.group_session_id, populate_existing=True)
        seats = f"{group.seats_taken} of {group.seats} seats are taken"
        to_mentor = f"{mentee} took a seat in {booking.title}, {when_for(db, booking, booking.mentor_id)}: {seats}."
    to_mentee = f"{booking.title} with {mentor} is booked for {when_for(db, booking, booking.mentee_id)}."
    _tell(db, booking, booking.mentor_id, NoticeKind.BOOKED, key, to_mentor, now=now)
    _tell(db, booking, booking.mentee_id, NoticeKind.BOOKED, key, to_mentee, now=now)


def tell_series_booked(db: Session, sessions: Sequence[Booking], *, now: datetime) -> None:
    """Sessions of a series are booked together: both are told once; of a single booking nothing is said here."""
    if not sessions or sessions[0].series_id is None:
        return
    first = min(sessions, key=lambda one: one.starts_at)
    mentor, mentee = _names(db, first)
    key = f"booked:{first.series_id}:{first.id}"
    times = "once" if len(sessions) == 1 else f"{len(sessions)} times, the first time"
    to_mentor = f"{mentee} booked {first.title} with you {times} on {when_for(db, first, first.mentor_id)}."
    to_mentee = f"{first.title} with {mentor} is booked {times} on {when_for(db, first, first.mentee_id)}."
    _tell(db, first, first.mentor_id, NoticeKind.BOOKED, key, to_mentor, now=now)
    _tell(db, first, first.mentee_id, NoticeKind.BOOKED, key, to_mentee, now=now)


def tell_cancelled(db: Session, booking: Booking, *, now: datetime) -> None:
    """A session is called off: whoever did not do it is told."""
    mentor, mentee = _names(db, booking)
    in_group = booking.group_session_id is not None
    for user_id, other in ((booking.mentor_id, mentee), (booking.mentee_id, mentor)):
        told_once = in_group and not booking.cancelled_by and user_id == booking.mentor_id
        if user_id == booking.cancelled_by or told_once:
            continue
        who = f"{other} cancelled {booking.title}" if booking.cancelled_by else f"{booking.title} is cancelled"
        if in_group:
            who = _end_of_seat(booking, user_id, mentee)
        text = f"{who}, which was to be {when_for(db, booking, user_id)}."
        _tell(db, booking, user_id, NoticeKind.CANCELLED, f"cancelled:{booking.id}", text, now=now)


def _end_of_seat(booking: Booking, user_id: UUID, mentee: str) -> str:
    if user_id == booking.mentor_id:
        return f"{mentee} gave up the seat in {booking.title}"
    return f"{booking.title} is called off" if booking.cancelled_by else f"{booking.title} had too few people"


def tell_offered(db: Session, hold: Booking, until: datetime, *, now: datetime) -> None:
    """A time somebody waited for is kept for them: they are told until when, on their own clock."""
    mentor, _ = _names(db, hold)
    kept = f"It is kept for you until {moment_for(db, until, hold.mentee_zone, hold.mentee_id)}."
    text = f"{hold.title} with {mentor} is free on {when_for(db, hold, hold.mentee_id)}. {kept}"
    tell(
        db,
        user_id=hold.mentee_id,
        kind=NoticeKind.WAITLIST,
        key=f"offered:{hold.id}",
        text=text,
        address=f"/checkout/{hold.id}",
        now=now,
    )


def tell_paid_too_late(db: Session, booking: Booking, amount: Money, *, payment_id: UUID, now: datetime) -> None:
    """A payment came after the time was gone, or after another had paid for it: all of it goes back to the mentee."""
    what = f"Your payment for {booking.title} came after the time was gone"
    if booking.confirmed_at is not None:
        what = f"You paid for {booking.title} twice"
    text = f"{what}: {amount.format()} goes back to the card."
    _tell(db, booking, booking.mentee_id, NoticeKind.CANCELLED, f"late:{payment_id}", text, now=now)


def tell_wrong_sum(db: Session, booking: Booking, amount: Money, *, now: datetime) -> None:
    """Another sum than the price came in: the mentee is told that all of it goes back."""
    text = f"{amount.format()} came in for {booking.title}, which is not its price: all of it goes back to the card."
    _tell(db, booking, booking.mentee_id, NoticeKind.CANCELLED, f"wrong sum:{booking.id}", text, now=now)


def tell_settled(db: Session, booking: Booking, refunded: Money, *, now: datetime) -> None:
    """A session is over and counted: both are told how, and the mentee is asked for a review when they met."""
    mentor, mentee = _names(db, booking)
    key = f"settled:{booking.id}"
    for user_id, other in ((booking.mentor_id, mentee), (booking.mentee_id, mentor)):
        text = _how_it_went(booking, user_id, other, refunded)
        _tell(db, booking, user_id, NoticeKind.SETTLED, key, text, now=now)
    if booking.status is Status.MET:
        text = f"How was {booking.title} with {mentor}? Two or three sentences help the next person."
        _tell(db, booking, booking.mentee_id, NoticeKind.REVIEW, f"review:{booking.id}", text, now=now)


def when_for(db: Session, booking: Booking, user_id: UUID) -> str:
    """The start as one person reads it on their own clock, such as "Tue 24 Nov, 14:30 in Kolkata"."""
    zone = booking.mentor_zone if user_id == booking.mentor_id else booking.mentee_zone
    return moment_for(db, booking.starts_at, zone, user_id)


def moment_for(db: Session, moment: datetime, zone_name: str, user_id: UUID) -> str:
    """A moment in a zone as one person reads it, whoever it is that makes them read it."""
    zone = moments.zone_of(zone_name)
    with habits.of(habits_of(db, user_id=user_id)):
        return f"{moments.when(moment, zone)} in {moments.place_of(zone)}"


def _how_it_went(booking: Booking, user_id: UUID, other: str, refunded: Money) -> str:
    i_mentor, title = user_id == booking.mentor_id, booking.title
    missed = {Status.MENTOR_ABSENT: booking.mentor_id, Status.MENTEE_ABSENT: booking.mentee_id}.get(booking.status)
    if booking.status is Status.MET:
        return f"{title} with {other} is counted as held."
    if booking.status is Status.SHORT:
        what = f"{title} with {other} was shorter than half of its time"
    elif missed is not None:
        what = f"You did not come to {title}" if missed == user_id else f"{other} did not come to {title}"
    else:
        what = f"Nobody came to {title}"
    if not refunded:
        return f"{what}."
    back = f"{other} gets {refunded.format()} back" if i_mentor else f"{refunded.format()} goes back to the card"
    return f"{what}: {back}."


def _tell(
    db: Session, booking: Booking, user_id: UUID, kind: NoticeKind, key: str, text: str, *, now: datetime
) -> None:
    of_group = booking.group_session_id is not None and user_id == booking.mentor_id
    address = f"/mentoring/groups/{booking.group_session_id}" if of_group else f"/sessions/{booking.id}"
    tell(db, user_id=user_id, kind=kind, key=key, text=text, address=address, now=now)


def _names(db: Session, booking: Booking) -> tuple[str, str]:
    return db.get_one(User, booking.mentor_id).name, db.get_one(User, booking.mentee_id).name
