"""A group's attendance: each seat settles by who was there, the mentor for all of them and a mentee for their own."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from mentorhub import database
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.errors import RoomClosed
from mentorhub.domain.bookings.models import Booking, GroupSession, GroupStatus, Presence, Status
from mentorhub.domain.bookings.service import JournalEntry
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as notices
from tests.people import TUESDAY, People, add_booking, add_group, add_person

AFTER = TUESDAY + timedelta(minutes=76)


class Group:
    """A group session of Kabir with Riya, Sam and Mina, and its journal."""

    def __init__(self, people: People) -> None:
        self.mentor = people.mentor
        with database.transaction() as db:
            mina = add_person(db, name="Mina Rao", email="mina@example.org", zone="Asia/Kolkata")
            self.mentees = [people.mentee, people.stranger, mina]
            self.id, self.seats = add_group(db, people, *self.mentees)
        self._line = 0

    def stay(self, person: UUID, begin: int, end: int | None = None) -> None:
        """A person was in from one minute to another, or is in still."""
        for joined, minute in ((True, begin), (False, end)):
            if minute is not None:
                self._line += 1
                at = TUESDAY + timedelta(minutes=minute)
                entry = JournalEntry(self._line, self.id, person, joined, at)
                with database.transaction() as db:
                    service.record_journal(db, journal="media-1", entries=[entry])

    def settled(self) -> list[Status]:
        """What became of each seat, in the order of the mentees."""
        with database.transaction() as db:
            for seat in self.seats:
                service.settle(db, booking_id=seat, now=AFTER)
        with database.reading() as db:
            return [db.get_one(Booking, seat).status for seat in self.seats]

    def presences(self, seat: UUID) -> dict[UUID, bool]:
        """Who was in by that seat, and whether they went."""
        with database.reading() as db:
            rows = db.exec(select(Presence).where(Presence.booking_id == seat)).all()
            return {row.user_id: row.left_at is not None for row in rows}


@pytest.fixture
def group(everyone: People) -> Group:
    return Group(everyone)


def test_the_mentors_stay_stands_on_every_seat_and_a_mentees_on_their_own(group: Group) -> None:
    group.stay(group.mentor, 0, 60)
    group.stay(group.mentees[0], 1, 60)

    assert group.presences(group.seats[0]) == {group.mentor: True, group.mentees[0]: True}
    assert group.presences(group.seats[1]) == {group.mentor: True}


def test_when_everybody_came_every_seat_took_place(group: Group) -> None:
    for person in (group.mentor, *group.mentees):
        group.stay(person, 0, 60)

    assert group.settled() == [Status.MET] * 3


def test_a_mentor_who_does_not_come_misses_every_seat(group: Group) -> None:
    for person in group.mentees:
        group.stay(person, 0, 30)

    assert group.settled() == [Status.MENTOR_ABSENT] * 3


def test_a_mentee_who_does_not_come_misses_only_their_own(group: Group) -> None:
    group.stay(group.mentor, 0, 60)
    group.stay(group.mentees[0], 0, 60)
    group.stay(group.mentees[2], 0, 60)

    assert group.settled() == [Status.MET, Status.MENTEE_ABSENT, Status.MET]


def test_a_seat_paid_for_while_the_mentor_is_in_counts_the_mentors_stay(everyone: People, group: Group) -> None:
    with database.transaction() as db:
        for seat in group.seats[1:]:
            db.get_one(Booking, seat).status = Status.EXPIRED
    group.stay(group.mentor, -10, 60)
    with database.transaction() as db:
        db.get_one(Booking, group.seats[1]).status = Status.CONFIRMED
    group.stay(group.mentees[1], 0, 60)

    assert group.settled()[:2] == [Status.MENTEE_ABSENT, Status.MET]


def test_nobody_without_a_paid_seat_is_noted(group: Group) -> None:
    with database.transaction() as db:
        db.get_one(Booking, group.seats[1]).status = Status.CANCELLED

    group.stay(group.mentor, 0, 60)
    group.stay(group.mentees[1], 0, 60)

    assert group.presences(group.seats[1]) == {}


def test_who_gives_the_seat_back_inside_still_leaves(group: Group) -> None:
    group.stay(group.mentees[1], -5)
    with database.transaction() as db:
        db.get_one(Booking, group.seats[1]).status = Status.CANCELLED

    group.stay(group.mentor, 0, 60)
    group.stay(group.mentees[1], 3, 4)

    assert group.presences(group.seats[1]) == {group.mentees[1]: True}


def test_the_mentor_is_called_once_by_the_first_of_the_group(group: Group) -> None:
    group.stay(group.mentees[0], -3)
    group.stay(group.mentees[1], -2)

    with database.reading() as db:
        asked = db.exec(select(OutboxRow.subject).where(col(OutboxRow.topic) == notices.SOMEBODY_CAME)).all()
    assert asked == [f"{group.seats[0]} mentor 0"]


def test_a_seat_and_its_group_session_lead_to_one_room(everyone: People, group: Group) -> None:
    with database.reading() as db:
        mine = queries.admission(db, room_id=group.seats[0], viewer_id=everyone.mentee, now=TUESDAY)
        theirs = queries.admission(db, room_id=group.id, viewer_id=group.mentor, now=TUESDAY)

    assert mine.room_id == theirs.room_id == group.id
    assert (mine.booking_id, theirs.booking_id) == (group.seats[0], None)
    assert (mine.places, mine.expected, mine.other_name) == (7, 4, "Kabir Deshmukh")
    assert (theirs.i_mentor, theirs.title) == (True, "CV clinic")


@pytest.mark.parametrize("what", ["seat", "group"])
def test_a_person_without_a_seat_learns_nothing(everyone: People, group: Group, what: str) -> None:
    room = group.seats[0] if what == "seat" else group.id
    with database.transaction() as db:
        other = add_person(db, name="Ola Berg", email="ola@example.org", zone="Europe/Oslo")

    with database.reading() as db, pytest.raises(RoomClosed, match="no such room"):
        queries.admission(db, room_id=room, viewer_id=other, now=TUESDAY)


def test_who_gave_the_seat_back_finds_the_room_closed(everyone: People, group: Group) -> None:
    with database.transaction() as db:
        db.get_one(Booking, group.seats[0]).status = Status.CANCELLED

    with database.reading() as db, pytest.raises(RoomClosed, match="closed"):
        queries.admission(db, room_id=group.seats[0], viewer_id=everyone.mentee, now=TUESDAY)


def test_a_group_called_off_or_without_a_seat_has_no_room(everyone: People, group: Group) -> None:
    with database.transaction() as db:
        db.get_one(GroupSession, group.id).status = GroupStatus.CANCELLED

    with database.reading() as db, pytest.raises(RoomClosed, match="closed"):
        queries.admission(db, room_id=group.id, viewer_id=group.mentor, now=TUESDAY)


def test_a_seat_called_off_lets_out_its_mentee_alone(everyone: People, group: Group) -> None:
    with database.transaction() as db:
        alone = add_booking(db, everyone, starts_at=TUESDAY + timedelta(days=1))
    with database.reading() as db:
        seat = service.closing_of(db, booking_id=group.seats[0])
        booking = service.closing_of(db, booking_id=alone)
        whole = service.closing_of(db, booking_id=group.id)

    assert (seat.room_id, seat.user_id) == (group.id, everyone.mentee)
    assert (booking.room_id, booking.user_id) == (alone, None)
    assert (whole.room_id, whole.user_id) == (group.id, None)
    assert seat.until == TUESDAY + timedelta(minutes=75)
