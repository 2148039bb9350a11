"""Another clock: what is to come is told on it, for either side; no moment changes, and nothing that is over."""

from datetime import timedelta
from threading import Thread
from uuid import UUID

import pytest

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, GroupSession, Status
from mentorhub.domain.bookings.queries import booking_notice
from mentorhub.domain.bookings.service import Wish
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling import queries as scheduling
from mentorhub.domain.scheduling.rules.editing import HoursRow, Limits
from tests.people import SUNDAY, TUESDAY, People, add_booking, add_group

ROWS = [HoursRow(1, "09:00", "12:00")]
KOLKATA = Limits("Asia/Kolkata")


def kept(booking_id: UUID) -> Booking:
    with database.reading() as db:
        return db.get_one(Booking, booking_id)


def save_hours(mentor_id: UUID, limits: Limits) -> None:
    with database.transaction() as db:
        service.save_hours(db, actor_id=mentor_id, rows=ROWS, limits=limits, now=SUNDAY)


def test_a_mentors_new_zone_is_told_to_what_is_to_come_and_to_nothing_else(everyone: People) -> None:
    with database.transaction() as db:
        coming = add_booking(db, everyone, starts_at=TUESDAY)
        asked = add_booking(db, everyone, status=Status.REQUESTED, starts_at=TUESDAY + timedelta(hours=1))
        past = add_booking(db, everyone, status=Status.MET, starts_at=SUNDAY - timedelta(days=7))
        gone = add_booking(db, everyone, status=Status.CANCELLED, starts_at=TUESDAY + timedelta(hours=2))
        group, (seat,) = add_group(db, everyone, everyone.stranger, starts_at=TUESDAY + timedelta(days=1))
        old_group, _ = add_group(db, everyone, starts_at=SUNDAY - timedelta(days=1))
    was, heard = kept(coming), list[str]()
    database.publish_after_commit(heard.append)

    try:
        save_hours(everyone.mentor, KOLKATA)
    finally:
        database.publish_after_commit(None)

    assert {kept(one).mentor_zone for one in (coming, asked, seat)} == {"Asia/Kolkata"}
    assert {kept(one).mentor_zone for one in (past, gone)} == {"Europe/London"}
    assert {topics.booking(coming), topics.booking(seat), topics.groups_of(everyone.mentor)} <= set(heard)
    now = kept(coming)
    assert (now.starts_at, now.version, now.mentee_zone) == (was.starts_at, was.version, was.mentee_zone)
    with database.reading() as db:
        assert db.get_one(GroupSession, group).mentor_zone == "Asia/Kolkata"
        assert db.get_one(GroupSession, old_group).mentor_zone == "Europe/London"
        assert booking_notice(db, booking_id=coming, public_url="https://hub.example").mentor.zone == "Asia/Kolkata"


def test_another_mentors_sessions_keep_their_clock_also_where_this_one_is_the_mentee(everyone: People) -> None:
    with database.transaction() as db:
        theirs = add_booking(db, everyone, starts_at=TUESDAY)
        service.follow_zone(db, mentee_id=everyone.mentor, time_zone="Asia/Tokyo", now=SUNDAY)
        service.follow_zone(db, mentee_id=everyone.stranger, time_zone="Asia/Tokyo", now=SUNDAY)

    assert (kept(theirs).mentor_zone, kept(theirs).mentee_zone) == ("Europe/London", "Asia/Kolkata")


def test_hours_that_are_refused_leave_the_clock_of_the_sessions_as_it_is(everyone: People) -> None:
    with database.transaction() as db:
        coming = add_booking(db, everyone, starts_at=TUESDAY)

    with database.transaction() as db, pytest.raises(FieldError):
        service.save_hours(db, actor_id=everyone.mentor, rows=[HoursRow(1, "x", "y")], limits=KOLKATA, now=SUNDAY)

    assert kept(coming).mentor_zone == "Europe/London"
    with database.reading() as db:
        saved = scheduling.schedule_of(db, mentor_id=everyone.mentor, now=SUNDAY)
    assert saved.limits.time_zone == "Europe/London"


def test_a_time_being_held_while_the_hours_move_to_another_clock_is_told_on_it_too(everyone: People) -> None:
    saving = Thread(target=save_hours, args=(everyone.mentor, KOLKATA))
    with database.transaction() as db:
        wish = Wish(offering_id=everyone.cv_review, starts_at=TUESDAY)
        held = service.place_hold(db, mentee_id=everyone.mentee, wish=wish, now=SUNDAY).id
        saving.start()
        saving.join(0.5)
    saving.join(10)

    assert kept(held).mentor_zone == "Asia/Kolkata"
