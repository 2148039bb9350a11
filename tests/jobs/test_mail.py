"""Mails about sessions and accounts, from the outbox row to the mailbox."""

from datetime import timedelta

import icalendar
import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog.models import ExpertiseTag, MentorExpertise, OfferingKind
from mentorhub.domain.common import outbox
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.ports import KeptMail
from tests.mailbox import deliver, mails_to
from tests.people import SUNDAY, People, add_booking, add_mentor, add_offering

KABIR, RIYA, SAM = "kabir@example.org", "riya@example.org", "sam@example.org"


def tell(topic: str, subject: str) -> None:
    with database.transaction() as db:
        outbox.enqueue(db, topic, key=f"{topic}:{subject}", subject=subject, now=utc_now())


def one_mail(out: Outside, email: str) -> KeptMail:
    (mail,) = mails_to(out, email)
    return mail


@pytest.mark.parametrize(("side", "email", "other"), [("mentor", KABIR, RIYA), ("mentee", RIYA, KABIR)])
def test_a_booked_session_is_told_to_each_side_with_an_invitation(
    out: Outside, everyone: People, side: str, email: str, other: str
) -> None:
    with database.transaction() as db:
        booking_id = add_booking(db, everyone)

    tell(notices.BOOKING_CONFIRMED, f"{booking_id} {side}")
    deliver(out)

    mail = one_mail(out, email)
    (event,) = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")
    assert mail.subject.startswith("Booked: CV review with ")
    assert f"/sessions/{booking_id}" in mail.text
    assert str(event["attendee"]) == f"mailto:{email}"
    assert str(event["location"]).endswith(f"/room/{booking_id}")
    assert mails_to(out, other) == mails_to(out, SAM) == []


def test_a_cancelled_session_is_taken_out_of_the_calendar_it_was_put_into(out: Outside, everyone: People) -> None:
    with database.transaction() as db:
        booking_id = add_booking(db, everyone)
    tell(notices.BOOKING_CONFIRMED, f"{booking_id} mentee")
    deliver(out)
    with database.transaction() as db:
        booking = db.get_one(Booking, booking_id)
        booking.status, booking.cancelled_by, booking.cancelled_at = Status.CANCELLED, everyone.mentor, SUNDAY
    tell(notices.BOOKING_CANCELLED, f"{booking_id} mentee")
    deliver(out)

    gone, booked = mails_to(out, RIYA)
    (taken_out,) = icalendar.Calendar.from_ical(gone.calendar).walk("VEVENT")
    (put_in,) = icalendar.Calendar.from_ical(booked.calendar).walk("VEVENT")
    assert "Kabir cannot come" in gone.text
    assert taken_out["uid"] == put_in["uid"]
    assert int(taken_out["sequence"]) > int(put_in["sequence"])


@pytest.mark.parametrize(
    ("topic", "words"),
    [(notices.PAID_TOO_LATE, "goes back to the card"), (notices.REVIEW_ASKED, "Two or three sentences")],
)
def test_what_concerns_only_the_mentee_goes_only_there(out: Outside, everyone: People, topic: str, words: str) -> None:
    with database.transaction() as db:
        booking_id = add_booking(db, everyone, status=Status.MET)

    tell(topic, str(booking_id))
    deliver(out)

    assert words in one_mail(out, RIYA).text
    assert mails_to(out, KABIR) == []


def test_each_payment_that_came_too_late_has_a_mail_of_its_own(out: Outside, everyone: People) -> None:
    with database.transaction() as db:
        booking_id = add_booking(db, everyone)

    for payment in ("first", "second", "second"):
        tell(notices.PAID_TOO_LATE, f"{booking_id} {payment}")
    deliver(out)

    assert [mail.subject for mail in mails_to(out, RIYA)] == ["Your payment for CV review goes back to your card"] * 2


def test_a_mail_sent_twice_after_a_crash_is_one_mail_in_the_mailbox(out: Outside, everyone: People) -> None:
    with database.transaction() as db:
        booking_id = add_booking(db, everyone)
    tell(notices.BOOKING_CONFIRMED, f"{booking_id} mentee")
    deliver(out)
    with database.transaction() as db:
        db.exec(select(OutboxRow)).one().done_at = None

    deliver(out)

    assert len(mails_to(out, RIYA)) == 1


def test_a_link_that_was_used_meanwhile_needs_no_mail_any_more(out: Outside, everyone: People) -> None:
    with database.transaction() as db:
        accounts.request_reset(db, email=RIYA, now=utc_now())
        request = db.exec(select(OutboxRow.subject)).one()
        secret = accounts.issue_link(db, request=request, now=utc_now()).secret
        accounts.reset_password(db, secret=secret, password_hash="new", now=utc_now())

    deliver(out)

    assert [mail.subject for mail in mails_to(out, RIYA)] == ["Your password was changed"]


def test_a_mentor_who_cancels_leaves_the_mentee_others_of_the_same_field_to_turn_to(
    out: Outside, everyone: People
) -> None:
    soon = utc_now() + timedelta(days=3)
    with database.transaction() as db:
        db.add(ExpertiseTag(slug="product", name="Product"))
        db.flush()
        db.add(MentorExpertise(mentor_id=everyone.mentor, tag="product", years=9))
        for name in ("Ada Orme", "Ben Pike", "Cem Rast"):
            other = add_mentor(db, name=name, email=f"{name[:3].lower()}@example.org", zone="Europe/London")
            add_offering(db, other, kind=OfferingKind.CV_REVIEW, title="CV read", minutes=30, price_minor=90000)
            db.add(MentorExpertise(mentor_id=other, tag="product", years=3))
        booking_id = add_booking(db, everyone, starts_at=soon)
        booking = db.get_one(Booking, booking_id)
        booking.status, booking.cancelled_by, booking.cancelled_at = Status.CANCELLED, everyone.mentor, utc_now()
    for side in ("mentor", "mentee"):
        tell(notices.BOOKING_CANCELLED, f"{booking_id} {side}")
    deliver(out)

    text = one_mail(out, RIYA).text
    assert all(f"/mentors/{slug}" in text for slug in ("ada-orme", "ben-pike", "cem-rast"))
    assert "These mentors know the same field" in text
    assert "/mentors/" not in one_mail(out, KABIR).text
