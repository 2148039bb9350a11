"""Reminders from the confirmed booking to the mailbox, on the one clock: each once, none of what is over."""

import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import Booking, Intake
from mentorhub.domain.bookings.service import JournalEntry
from mentorhub.domain.common import clock
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.outbox import LEASE, OutboxRow
from mentorhub.domain.notifications import queries as notices
from mentorhub.domain.notifications import service as notifying
from mentorhub.domain.notifications.models import Notification
from mentorhub.domain.notifications.ports import KeptMail
from mentorhub.domain.notifications.rules import NoticeKind, Quiet
from mentorhub.jobs.post import Later, post
from tests.letters import notice
from tests.mailbox import deliver, mails_to
from tests.people import People, add_booking

KABIR, RIYA = "kabir@example.org", "riya@example.org"
STARTS_PROCESSES = True


def agree(people: People, *, ahead: timedelta) -> UUID:
    """A confirmed session that begins `ahead` from now, with its reminders asked for."""
    now = utc_now()
    with database.transaction() as db:
        booking_id = add_booking(db, people, starts_at=now + ahead)
        bookings.remind(db, db.get_one(Booking, booking_id), now=now)
    return booking_id


def pass_time(out: Outside, **length: float) -> None:
    clock.move(timedelta(**length))
    deliver(out)


def told(people_id: UUID) -> list[str]:
    with database.reading() as db:
        return [notice.text for notice in notices.notices_of(db, user_id=people_id, limit=99).notices]


def subjects(out: Outside, email: str) -> list[str]:
    return [mail.subject for mail in reversed(mails_to(out, email))]


def newest(out: Outside, email: str) -> KeptMail:
    return mails_to(out, email)[0]


def test_both_are_reminded_a_day_an_hour_and_ten_minutes_before_each_time_once(out: Outside, everyone: People) -> None:
    agree(everyone, ahead=timedelta(days=2))
    deliver(out)
    assert subjects(out, RIYA) == []

    pass_time(out, days=1, seconds=1)
    pass_time(out, hours=23)
    pass_time(out, minutes=50)
    deliver(out)

    for email, other in ((RIYA, "Kabir Deshmukh"), (KABIR, "Riya Patil")):
        assert subjects(out, email) == [
            f"In 24 hours: CV review with {other}",
            f"In 1 hour: CV review with {other}",
            f"In 10 minutes: CV review with {other}",
        ]
    assert len(told(everyone.mentor)) == len(told(everyone.mentee)) == 3
    assert told(everyone.stranger) == []


def test_a_reminder_names_both_clocks_the_room_and_what_was_asked(out: Outside, everyone: People) -> None:
    booking_id = agree(everyone, ahead=timedelta(hours=24, minutes=1))
    with database.transaction() as db:
        db.add(Intake(booking_id=booking_id, questions="Is my CV clear?", updated_at=utc_now()))

    pass_time(out, minutes=2)

    mail = newest(out, KABIR)
    assert "What Riya wants from it: “Is my CV clear?”" in mail.text
    assert "Your time: " in mail.text
    assert "Riya's time: " in mail.text
    assert f"/room/{booking_id}" in mail.text
    assert f"/sessions/{booking_id}" in mail.text
    assert "/unsubscribe/" in mail.text
    assert told(everyone.mentor)[0].startswith("CV review with Riya Patil begins in 24 hours: ")


@pytest.mark.parametrize("change", ["cancelled", "moved"])
def test_nothing_is_said_of_what_was_cancelled_or_moved(out: Outside, everyone: People, change: str) -> None:
    booking_id = agree(everyone, ahead=timedelta(days=2))
    with database.transaction() as db:
        if change == "cancelled":
            quote = bookings.quote_cancel(db, booking_id=booking_id, actor_id=everyone.mentor, now=utc_now())
            bookings.cancel(
                db,
                booking_id=booking_id,
                actor_id=everyone.mentor,
                shown_minor=quote.refund.minor,
                now=utc_now(),
            )
        else:
            db.get_one(Booking, booking_id).version += 1

    for _ in range(5):
        pass_time(out, hours=12)

    assert [subject for subject in subjects(out, RIYA) if subject.startswith("In ")] == []
    assert not any("begins" in text for text in told(everyone.mentee))


def test_a_worker_that_was_away_sends_what_is_true_now_and_drops_what_was_overtaken(
    out: Outside, everyone: People
) -> None:
    agree(everyone, ahead=timedelta(hours=30))

    pass_time(out, hours=11)
    assert subjects(out, RIYA) == ["In 19 hours: CV review with Kabir Deshmukh"]
    pass_time(out, hours=18, minutes=55)
    assert subjects(out, RIYA)[1:] == ["In 5 minutes: CV review with Kabir Deshmukh"]
    pass_time(out, hours=1)
    assert len(subjects(out, RIYA)) == 2


def test_a_kind_switched_off_by_mail_is_still_told_in_the_product(out: Outside, everyone: People) -> None:
    with database.transaction() as db:
        notifying.switch_off_mail(db, user_id=everyone.mentee, kind=NoticeKind.REMINDER_SOON)
    agree(everyone, ahead=timedelta(minutes=30))

    pass_time(out, minutes=20, seconds=1)

    assert subjects(out, RIYA) == []
    assert len(subjects(out, KABIR)) == len(told(everyone.mentee)) == 1


def around(now: datetime, *, hours: int) -> Quiet:
    """Quiet hours in Pune that began an hour ago and go on for `hours`."""
    minute = int((now + timedelta(hours=5, minutes=30)).strftime("%H")) * 60 + (now + timedelta(minutes=30)).minute
    return Quiet((minute - 60) % 1440, (minute + hours * 60) % 1440)


def test_the_day_before_waits_for_the_end_of_quiet_hours_and_the_last_ten_minutes_do_not(
    out: Outside, everyone: People
) -> None:
    with database.transaction() as db:
        notifying.set_quiet_hours(db, user_id=everyone.mentee, quiet=around(utc_now(), hours=6))
    agree(everyone, ahead=timedelta(hours=24, minutes=1))
    agree_soon = agree(everyone, ahead=timedelta(minutes=11))

    pass_time(out, minutes=2)

    assert subjects(out, RIYA) == ["In 9 minutes: CV review with Kabir Deshmukh"]
    assert len(told(everyone.mentee)) == 2
    assert agree_soon
    pass_time(out, hours=6)
    assert subjects(out, RIYA)[1:] == ["In 18 hours: CV review with Kabir Deshmukh"]
    assert len(told(everyone.mentee)) == 2


def come(booking_id: UUID, user_id: UUID, *, number: int, joined: bool = True) -> None:
    line = JournalEntry(sequence=number, room_id=booking_id, user_id=user_id, joined=joined, at=utc_now())
    with database.transaction() as db:
        bookings.record_journal(db, journal="j", entries=[line])


def test_who_is_waited_for_is_told_at_once_in_the_product_and_by_mail_at_the_start_once(
    out: Outside, everyone: People
) -> None:
    booking_id = agree(everyone, ahead=timedelta(minutes=9))

    come(booking_id, everyone.mentee, number=1)
    deliver(out)
    assert told(everyone.mentor) == ["Riya Patil is in the room for CV review."]
    assert subjects(out, KABIR) == []
    pass_time(out, minutes=9, seconds=1)
    assert subjects(out, KABIR) == ["Riya Patil is in the room"]

    come(booking_id, everyone.mentee, number=2, joined=False)
    come(booking_id, everyone.mentee, number=3)
    deliver(out)
    assert len(subjects(out, KABIR)) == len(told(everyone.mentor)) == 1
    assert subjects(out, RIYA) == told(everyone.mentee) == []


def test_who_is_in_already_or_comes_before_the_start_gets_no_call(out: Outside, everyone: People) -> None:
    booking_id = agree(everyone, ahead=timedelta(minutes=9))

    come(booking_id, everyone.mentee, number=1)
    come(booking_id, everyone.mentor, number=2)
    deliver(out)
    pass_time(out, minutes=9, seconds=1)

    assert subjects(out, KABIR) == subjects(out, RIYA) == []
    assert told(everyone.mentor) == told(everyone.mentee) == []


def test_a_reminder_whose_worker_was_killed_before_it_was_sent_is_sent_once(
    out: Outside, everyone: People, database_url: str
) -> None:
    agree(everyone, ahead=timedelta(minutes=11))
    clock.move(timedelta(minutes=2))
    dying = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.dying_worker", database_url, "mail.reminder"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert dying.stdout is not None
        assert dying.stdout.readline() == "begun\n"
    finally:
        dying.kill()
        dying.wait(20)

    clock.move(LEASE + timedelta(seconds=1))
    deliver(out)
    deliver(out)

    assert len(subjects(out, RIYA)) == len(subjects(out, KABIR)) == 1
    with database.reading() as db:
        assert len(db.exec(select(Notification)).all()) == 2
        assert db.exec(select(OutboxRow).where(col(OutboxRow.done_at).is_(None))).all() == []


def test_a_mail_that_would_say_nothing_after_quiet_hours_does_not_wait_for_their_end(
    out: Outside, everyone: People
) -> None:
    with database.transaction() as db:
        notifying.set_quiet_hours(db, user_id=everyone.mentee, quiet=around(utc_now(), hours=6))
    mail = notifying.write_review_asked(notice(), key="k", site="https://mentorhub.example", now=utc_now())
    asked: dict[str, Any] = {"user_id": everyone.mentee, "kind": NoticeKind.MOVE}

    with pytest.raises(Later):
        post(out, mail, worth_until=utc_now() + timedelta(hours=7), **asked)
    assert mails_to(out, RIYA) == []

    post(out, mail, worth_until=utc_now() + timedelta(hours=1), **asked)
    assert len(mails_to(out, RIYA)) == 1


def test_a_person_who_switched_a_kind_off_gets_no_mail_of_it(out: Outside, everyone: People) -> None:
    with database.transaction() as db:
        notifying.switch_off_mail(db, user_id=everyone.mentee, kind=NoticeKind.REQUEST)
    mail = notifying.write_review_asked(notice(), key="k", site="https://mentorhub.example", now=utc_now())

    post(out, mail, user_id=everyone.mentee, kind=NoticeKind.REQUEST)

    assert mails_to(out, RIYA) == []
