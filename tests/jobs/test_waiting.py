"""A freed time from the cancellation to the mailbox of whoever waits, and on to the next."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common import clock
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications import service as wishes
from mentorhub.domain.notifications.rules import NoticeKind, Quiet
from mentorhub.jobs import waiting
from tests.mailbox import deliver, mails_to
from tests.people import People, add_booking, add_person

SAM, ASHA = "sam@example.org", "asha@example.org"
FREE = "A time is free: CV review with Kabir Deshmukh"


@pytest.fixture
def booked(everyone: People) -> UUID:
    """A free session of Riya's next week, on one of the times Kabir offers."""
    with database.transaction() as db:
        week = utc_now() + timedelta(days=7)
        starts = first_free(db, everyone, week)
        booking_id = add_booking(db, everyone, starts_at=starts)
        db.get_one(Booking, booking_id).price_minor = 0
        return booking_id


def first_free(db: Session, everyone: People, since: datetime) -> datetime:
    return queries.free_starts(
        db,
        mentor_id=everyone.mentor,
        offering_id=everyone.cv_review,
        since=since,
        until=since + timedelta(days=7),
        viewer_id=None,
        now=utc_now(),
    )[0]


def join(everyone: People, *people: UUID) -> None:
    for number, who in enumerate(people):
        with database.transaction() as db:
            bookings.join_line(
                db, offering_id=everyone.cv_review, mentee_id=who, now=utc_now() + timedelta(milliseconds=number)
            )


def cancel(everyone: People, booking_id: UUID) -> None:
    with database.transaction() as db:
        bookings.cancel(db, booking_id=booking_id, actor_id=everyone.mentee, shown_minor=0, now=utc_now())


def subjects(out: Outside, email: str) -> list[str]:
    return [mail.subject for mail in mails_to(out, email)]


def pass_time(out: Outside, **length: float) -> None:
    clock.move(timedelta(**length))
    waiting.tidy_lines(out)
    deliver(out)


def sleep_now(who: UUID, *, minutes: int) -> None:
    """Quiet from a minute ago for so long; for somebody whose clock shows UTC."""
    wall = utc_now() - timedelta(minutes=1)
    begins = wall.hour * 60 + wall.minute
    with database.transaction() as db:
        db.get_one(User, who).time_zone = "UTC"
        wishes.set_quiet_hours(db, user_id=who, quiet=Quiet(begins, (begins + minutes) % 1440))


def test_the_first_in_line_reads_until_when_it_is_kept_and_the_next_hears_when_that_is_over(
    out: Outside, everyone: People, booked: UUID
) -> None:
    with database.transaction() as db:
        asha = add_person(db, name="Asha Rao", email=ASHA, zone="Asia/Kolkata")
    join(everyone, asha, everyone.stranger)

    cancel(everyone, booked)
    deliver(out)

    (mail,) = [one for one in mails_to(out, ASHA) if one.subject == FREE]
    with database.reading() as db:
        hold = db.exec(select(Booking).where(Booking.status == Status.HELD)).one()
    assert hold.mentee_id == asha
    assert f"/checkout/{hold.id}" in mail.text
    assert "It is kept for you until " in mail.text
    assert mail.text.count("in Kolkata (UTC+5:30)") >= 2
    assert FREE not in subjects(out, SAM)

    pass_time(out, hours=2, seconds=1)

    assert subjects(out, SAM).count(FREE) == 1
    assert subjects(out, ASHA).count(FREE) == 1


def test_the_mail_waits_for_the_end_of_quiet_hours_and_comes_while_the_time_is_still_kept(
    out: Outside, everyone: People, booked: UUID
) -> None:
    join(everyone, everyone.stranger)
    sleep_now(everyone.stranger, minutes=40)

    cancel(everyone, booked)
    deliver(out)
    assert FREE not in subjects(out, SAM)

    pass_time(out, minutes=42)
    assert subjects(out, SAM).count(FREE) == 1


def test_who_sleeps_through_it_all_is_asked_when_they_wake(out: Outside, everyone: People, booked: UUID) -> None:
    join(everyone, everyone.stranger)
    sleep_now(everyone.stranger, minutes=5 * 60)

    cancel(everyone, booked)
    deliver(out)
    with database.reading() as db:
        assert db.exec(select(Booking).where(Booking.status == Status.HELD)).all() == []

    pass_time(out, hours=5)
    assert subjects(out, SAM).count(FREE) == 1


def test_who_wants_no_such_mail_gets_the_time_and_the_notice_but_no_mail(
    out: Outside, everyone: People, booked: UUID
) -> None:
    join(everyone, everyone.stranger)
    with database.transaction() as db:
        wishes.switch_off_mail(db, user_id=everyone.stranger, kind=NoticeKind.WAITLIST)

    cancel(everyone, booked)
    deliver(out)

    assert FREE not in subjects(out, SAM)
    with database.reading() as db:
        assert db.exec(select(Booking).where(Booking.status == Status.HELD)).one().mentee_id == everyone.stranger


def test_an_offer_given_back_before_the_mail_went_is_not_written_about(
    out: Outside, everyone: People, booked: UUID
) -> None:
    join(everyone, everyone.stranger)
    cancel(everyone, booked)
    with database.reading() as db:
        start = db.get_one(Booking, booked).starts_at
    with database.transaction() as db:
        turn = bookings.offer_freed(db, offering_id=everyone.cv_review, starts_at=start, now=utc_now())
        assert turn.booking_id is not None
        bookings.give_back(db, booking_id=turn.booking_id, mentee_id=everyone.stranger, now=utc_now())

    deliver(out)

    assert FREE not in subjects(out, SAM)
