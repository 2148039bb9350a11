"""The line for freed times: offers that are due, their mail, and the duty that ends offers nobody took."""

from datetime import datetime
from uuid import UUID

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications.rules import WAITLIST_OFFER, NoticeKind
from mentorhub.domain.notifications.service import waiting_mails as letters
from mentorhub.jobs.post import Later, post


def offer_freed(out: Outside, subject: str) -> None:
    """Offer a freed time to the next in line; `subject` is "<offering id> <start>".

    Comes back later while those in line are asleep or hold another time.
    """
    offering_id, _, start = subject.partition(" ")
    with database.transaction() as db:
        turn = bookings.offer_freed(
            db, offering_id=UUID(offering_id), starts_at=datetime.fromisoformat(start), now=utc_now()
        )
    if turn.again_at is not None:
        raise Later(turn.again_at)


def mail_offer(out: Outside, booking_id: str) -> None:
    """Write to whom a time is kept for, once their quiet hours are over and while it still is."""
    here, now = settings.current(), utc_now()
    with database.reading() as db:
        until = bookings.offered_until(db, booking_id=UUID(booking_id), now=now)
        if until is None:
            return
        notice = queries.booking_notice(db, booking_id=UUID(booking_id), public_url=here.public_url)
        user_id = queries.side_of(db, booking_id=UUID(booking_id), side="mentee")
    key = f"{WAITLIST_OFFER}:{booking_id}"
    mail = letters.write_offer(notice, until=until, key=key, site=here.public_url, now=now)
    post(out, mail, user_id=user_id, kind=NoticeKind.WAITLIST)


def tidy_lines(out: Outside) -> None:
    """End the offers whose time is over; the next in line is asked at once."""
    with database.transaction() as db:
        bookings.tidy_lines(db, now=utc_now())
