"""A group session from its publication to the mailboxes of everybody in it."""

from datetime import timedelta
from uuid import UUID

import pytest
from icalendar import Calendar

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import GroupSession, GroupStatus
from mentorhub.domain.catalog.models import OfferingKind
from mentorhub.domain.common import clock
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications import queries as notices
from mentorhub.domain.notifications import service as notifying
from mentorhub.domain.notifications.rules import NoticeKind, Quiet
from mentorhub.jobs import attendance
from tests.mailbox import deliver, mails_to
from tests.people import People, add_offering

KABIR, RIYA, SAM = "kabir@example.org", "riya@example.org", "sam@example.org"


@pytest.fixture
def group(everyone: People) -> UUID:
    """A free clinic for three in four days, decided a day before, that takes two."""
    with database.transaction() as db:
        offering = add_offering(
            db, everyone.mentor, kind=OfferingKind.GROUP, title="Portfolio clinic", minutes=60, price_minor=0
        )
        starts = utc_now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=4)
        plan = bookings.GroupPlan(offering, starts, 3, 2, starts - timedelta(days=1))
        return bookings.publish_group_session(db, mentor_id=everyone.mentor, plan=plan, now=utc_now()).id


def take(group: UUID, *people: UUID) -> None:
    for person in people:
        with database.transaction() as db:
            seat = bookings.take_seat(db, group_session_id=group, mentee_id=person, now=utc_now())
            bookings.confirm_free(db, booking_id=seat.id, mentee_id=person, now=utc_now())


def entry(out: Outside, email: str, number: int) -> tuple[str, str, int]:
    """UID, method and SEQUENCE of a calendar part in somebody's mailbox, the latest first."""
    parts = [mail.calendar for mail in mails_to(out, email) if mail.calendar]
    calendar = Calendar.from_ical(parts[number])
    (event,) = calendar.walk("VEVENT")
    return str(event["uid"]), str(calendar["method"]), int(event["sequence"])


def subjects(out: Outside, email: str) -> list[str]:
    return [mail.subject.partition(",")[0].strip() for mail in mails_to(out, email)]


def reminders(out: Outside, email: str) -> list[str]:
    return [subject for subject in subjects(out, email) if subject.startswith("In ")]


def reminded(person: UUID) -> list[str]:
    """What the product itself told somebody of a start ahead."""
    with database.reading() as db:
        told = notices.notices_of(db, user_id=person, limit=99).notices
    return [notice.text for notice in told if " begins in " in notice.text]


def row(group: UUID) -> GroupSession:
    with database.reading() as db:
        return db.get_one(GroupSession, group)


def test_the_mentor_has_one_entry_in_the_calendar_however_many_come(
    out: Outside, everyone: People, group: UUID
) -> None:
    take(group, everyone.mentee, everyone.stranger)
    deliver(out)

    assert subjects(out, KABIR) == ["Published: Portfolio clinic"]
    assert entry(out, KABIR, 0) == (row(group).calendar_uid, "REQUEST", 0)
    for person in (RIYA, SAM):
        assert subjects(out, person) == ["Booked: Portfolio clinic with Kabir Deshmukh"]


def test_enough_people_hear_that_it_goes_ahead_and_the_mentor_is_reminded_once(
    out: Outside, everyone: People, group: UUID
) -> None:
    take(group, everyone.mentee, everyone.stranger)
    clock.move(row(group).decide_by + timedelta(seconds=1) - utc_now())
    deliver(out)

    for person in (KABIR, RIYA, SAM):
        assert subjects(out, person).count("It goes ahead: Portfolio clinic") == 1
    assert subjects(out, KABIR).count("In 24 hours: Portfolio clinic with your group") == 1


def test_a_reminder_of_the_mentor_that_the_next_one_overtook_says_nothing(
    out: Outside, everyone: People, group: UUID
) -> None:
    take(group, everyone.mentee, everyone.stranger)
    clock.move(row(group).starts_at - timedelta(minutes=59) - utc_now())

    deliver(out)

    assert reminders(out, KABIR) == ["In 59 minutes: Portfolio clinic with your group"]
    assert len(reminded(everyone.mentor)) == 1


def test_a_mentor_who_switched_the_mail_off_is_reminded_of_the_group_in_the_product(
    out: Outside, everyone: People, group: UUID
) -> None:
    with database.transaction() as db:
        notifying.switch_off_mail(db, user_id=everyone.mentor, kind=NoticeKind.REMINDER_DAY)
    take(group, everyone.mentee, everyone.stranger)
    clock.move(row(group).starts_at - timedelta(hours=24) + timedelta(seconds=1) - utc_now())

    deliver(out)

    assert (reminders(out, KABIR), len(reminded(everyone.mentor))) == ([], 1)


def test_the_mail_that_reminds_the_mentor_of_the_group_waits_for_the_end_of_quiet_hours(
    out: Outside, everyone: People, group: UUID
) -> None:
    eight, noon = 8 * 60, 12 * 60
    with database.transaction() as db:
        notifying.set_quiet_hours(db, user_id=everyone.mentor, quiet=Quiet(eight, noon))
    take(group, everyone.mentee, everyone.stranger)
    clock.move(row(group).starts_at - timedelta(hours=24) + timedelta(seconds=1) - utc_now())
    deliver(out)
    assert (reminders(out, KABIR), len(reminded(everyone.mentor))) == ([], 1)

    clock.move(timedelta(hours=4))
    deliver(out)

    assert reminders(out, KABIR) == ["In 20 hours: Portfolio clinic with your group"]
    assert len(reminded(everyone.mentor)) == 1


def test_with_too_few_the_calendars_are_cleared_and_everybody_reads_why(
    out: Outside, everyone: People, group: UUID
) -> None:
    take(group, everyone.mentee)
    deliver(out)
    clock.move(row(group).decide_by + timedelta(seconds=1) - utc_now())
    deliver(out)

    assert row(group).status is GroupStatus.CANCELLED
    for person in (KABIR, RIYA):
        last = mails_to(out, person)[0]
        assert "fewer than 2 people had a seat" in last.text
        assert entry(out, person, 0)[1] == "CANCEL"
    assert entry(out, KABIR, 0)[0] == entry(out, KABIR, 1)[0]


def test_a_session_that_is_called_off_reminds_nobody(out: Outside, everyone: People, group: UUID) -> None:
    take(group, everyone.mentee, everyone.stranger)
    with database.transaction() as db:
        bookings.call_off_group(db, group_session_id=group, actor_id=everyone.mentor, now=utc_now())
    clock.move(row(group).starts_at - timedelta(minutes=5) - utc_now())
    deliver(out)

    for person in (KABIR, RIYA, SAM):
        assert not any("In " in subject or "goes ahead" in subject for subject in subjects(out, person))
    assert "Called off: Portfolio clinic" in subjects(out, KABIR)
    assert "Cancelled: Portfolio clinic with Kabir Deshmukh" in subjects(out, RIYA)


def test_a_session_that_is_over_is_closed_by_the_duty_that_settles_its_seats(
    out: Outside, everyone: People, group: UUID
) -> None:
    take(group, everyone.mentee, everyone.stranger)
    clock.move(row(group).ends_at + timedelta(minutes=16) - utc_now())

    attendance.settle_sessions(out)

    assert row(group).status is GroupStatus.SETTLED
