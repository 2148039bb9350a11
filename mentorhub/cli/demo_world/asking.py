"""A request that waits for Kabir's answer, asked as anybody asks: held, its intake written, a CV added, sent."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.catalog.models import MentorProfile, Offering

_ASKS = "ngaire"
_INTAKE = bookings.IntakeForm(
    goal="From site engineering to a product role in infrastructure software by June",
    situation="Six years leading a dam inspection team of nine. I wrote the tablet checklist that four regions now "
    "use, but my CV still reads like a construction log. I applied to five roles and heard back from one.",
    questions=(
        "Which two stories show product thinking, and which should I drop?",
        "Is the checklist a product, and how do I say so honestly?",
    ),
    links=("https://example.org/checklist",),
)


def ask_kabir(db: Session, *, cv: bookings.StoredFile | None, now: datetime) -> UUID | None:
    """Ask Kabir for his free hour in the days ahead; `None` where he, who asks or a free time is not there.

    `cv` goes with the words.
    """
    mentor_id = db.exec(select(MentorProfile.user_id).where(MentorProfile.slug == "kabir-deshmukh")).first()
    mentee_id = db.exec(select(User.id).where(col(User.email).startswith(f"{_ASKS}@demo."))).first()
    wanted = select(Offering).where(
        Offering.mentor_id == mentor_id, col(Offering.needs_approval), Offering.price_minor == 0
    )
    offering = db.exec(wanted).first()
    if mentor_id is None or mentee_id is None or offering is None:
        return None
    since = now + timedelta(days=4)
    starts = queries.free_starts(
        db,
        mentor_id=mentor_id,
        offering_id=offering.id,
        since=since,
        until=since + timedelta(days=10),
        viewer_id=mentee_id,
        now=now,
    )
    if not starts:
        return None
    wish = bookings.Wish(offering_id=offering.id, starts_at=starts[0])
    booking = bookings.place_hold(db, mentee_id=mentee_id, wish=wish, now=now)
    bookings.write_intake(db, booking_id=booking.id, mentee_id=mentee_id, intake=_INTAKE, now=now)
    if cv is not None:
        bookings.add_file(db, booking_id=booking.id, mentee_id=mentee_id, file=cv, now=now)
    bookings.request_free(db, booking_id=booking.id, mentee_id=mentee_id, now=now)
    return booking.id
