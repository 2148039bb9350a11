"""Time is taken whole or not at all, and given back by the clock: who is locked, named and told while it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, BookingChange, Claim, GroupSession, Status
from mentorhub.domain.bookings.rules import ticks
from mentorhub.domain.bookings.service import claims
from mentorhub.domain.bookings.service.writing import columns_of, draft
from mentorhub.domain.common import topics
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.common.outbox import OutboxRow
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.domain.bookings.series import hold_series
from tests.people import SUNDAY, People, add_booking, add_group, add_person

RUNS_OUT = SUNDAY + timedelta(minutes=10)
TICK, HOUR = timedelta(minutes=5), timedelta(hours=1)


def lapse(*, at: timedelta = timedelta(minutes=10), limit: int = 200) -> int:
    with database.transaction() as db:
        return claims.expire_all_lapsed(db, now=SUNDAY + at, limit=limit)


def statuses() -> list[Status]:
    with database.reading() as db:
        return sorted(db.exec(select(Booking.status)).all())


def claimed() -> set[tuple[UUID, int, UUID, datetime | None]]:
    """Every claim: whose time, which tick, by what, and until when."""
    with database.reading() as db:
        return {(claim.person_id, claim.tick, claim.owner_id, claim.until) for claim in db.exec(select(Claim))}


def span(person: UUID, owner: UUID, begins: datetime, ends: datetime, until: datetime | None = None) -> set[object]:
    return {(person, tick, owner, until) for tick in ticks(begins, ends)}


def two_holds(people: People) -> None:
    hold(people)
    hold(people, mentee=people.stranger, at=TUESDAY_NINE + timedelta(hours=1))


@pytest.fixture
def told(database_url: str) -> Iterator[list[str]]:
    heard: list[str] = []
    database.publish_after_commit(heard.append)
    yield heard
    database.publish_after_commit(None)


def test_a_hold_ends_at_its_last_instant_and_not_before(everyone: People) -> None:
    two_holds(everyone)

    assert lapse(at=timedelta(minutes=10) - timedelta(seconds=1)) == 0
    assert statuses() == [Status.HELD, Status.HELD]
    assert lapse() == 2
    assert lapse() == 0
    assert statuses() == [Status.EXPIRED, Status.EXPIRED]
    with database.reading() as db:
        assert db.exec(select(Claim)).all() == []


def test_only_what_is_held_runs_out(everyone: People) -> None:
    booking = hold(everyone, offering=everyone.intro)
    with database.transaction() as db:
        service.confirm_free(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)

    assert lapse(at=timedelta(days=1)) == 0
    assert statuses() == [Status.CONFIRMED]


def test_a_turn_ends_as_many_as_it_may_and_the_next_one_the_rest(everyone: People) -> None:
    two_holds(everyone)

    assert lapse(limit=1) == 1
    assert statuses() == [Status.EXPIRED, Status.HELD]
    assert lapse(limit=1) == 1


def test_the_end_of_a_hold_is_in_its_log_with_its_reason_and_nobody_s_name(everyone: People) -> None:
    booking = hold(everyone)
    lapse()

    with database.reading() as db:
        (change,) = db.exec(select(BookingChange)).all()
    assert (change.booking_id, change.was, change.became) == (booking.id, Status.HELD, Status.EXPIRED)
    assert (change.reason, change.actor_id, change.at) == ("the hold ran out", None, RUNS_OUT)


def test_who_gives_a_time_back_is_named_in_its_log(everyone: People) -> None:
    booking = hold(everyone)
    with database.transaction() as db:
        service.give_back(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)

    with database.reading() as db:
        (change,) = db.exec(select(BookingChange)).all()
    assert (change.reason, change.actor_id, change.at) == ("given back", everyone.mentee, SUNDAY)


def test_the_pages_of_both_people_and_the_mentor_s_times_hear_that_a_hold_ended(
    everyone: People, told: list[str]
) -> None:
    booking = hold(everyone)
    hold(everyone, mentee=everyone.stranger, at=TUESDAY_NINE + HOUR, now=SUNDAY + TICK)
    told.clear()
    lapse()

    assert sorted(told) == sorted(
        (
            topics.booking(booking.id),
            topics.grid_of(everyone.mentor),
            topics.person(everyone.mentor),
            topics.person(everyone.mentee),
        )
    )


def test_the_line_learns_that_a_time_was_agreed_before_it_was_given_up(everyone: People) -> None:
    with database.transaction() as db:
        service.join_line(db, offering_id=everyone.cv_review, mentee_id=everyone.stranger, now=SUNDAY)
        booking = db.get_one(Booking, add_booking(db, everyone))
        claims.move(db, booking, Status.CONFIRMED, Status.CANCELLED, now=SUNDAY, actor_id=None)

    with database.reading() as db:
        (freed,) = db.exec(select(OutboxRow).where(OutboxRow.topic == service.TIME_FREED)).all()
    assert freed.subject == f"{everyone.cv_review} {TUESDAY_NINE.isoformat()}"


def test_the_pages_of_a_series_hear_of_each_of_its_sessions(everyone: People, told: list[str]) -> None:
    first, *others = hold_series(everyone)
    told.clear()
    with database.transaction() as db:
        claims.expire(db, db.get_one(Booking, first.id), reason="given back", now=SUNDAY)

    assert {topics.booking(one.id) for one in (first, *others)} <= set(told)


def test_a_seat_is_shown_on_the_page_of_its_group_session_and_among_the_mentors_too(everyone: People) -> None:
    with database.transaction() as db:
        group_id, (seat_id,) = add_group(db, everyone, everyone.mentee)
        watched = claims.watched(db.get_one(Booking, seat_id))

    assert sorted(watched) == sorted(
        (
            topics.booking(group_id),
            topics.groups_of(everyone.mentor),
            topics.booking(seat_id),
            topics.grid_of(everyone.mentor),
            topics.person(everyone.mentor),
            topics.person(everyone.mentee),
        )
    )


def test_what_is_no_longer_held_does_not_end_again_and_nobody_is_told(everyone: People, told: list[str]) -> None:
    booking = hold(everyone)
    lapse()
    told.clear()

    with database.transaction() as db:
        again = claims.expire(db, db.get_one(Booking, booking.id), reason="given back", now=RUNS_OUT)
    assert again is False
    assert told == []


def test_a_booking_claims_its_own_time_of_the_mentee_and_its_breaks_too_of_the_mentor(everyone: People) -> None:
    with database.transaction() as db:
        booking = db.get_one(Booking, add_booking(db, everyone, status=Status.HELD))
        booking.blocked_from, booking.blocked_to = booking.starts_at - TICK, booking.ends_at + 2 * TICK
        assert claims.claim(db, booking) is None

    own = span(everyone.mentee, booking.id, booking.starts_at, booking.ends_at, RUNS_OUT)
    assert claimed() == own | span(everyone.mentor, booking.id, booking.blocked_from, booking.blocked_to, RUNS_OUT)


def test_claims_are_kept_longer_and_given_back_for_one_booking_alone(everyone: People) -> None:
    mine, other = hold(everyone), hold(everyone, mentee=everyone.stranger, at=TUESDAY_NINE + HOUR)

    def owners() -> set[tuple[UUID, datetime | None]]:
        return {(owner, until) for _, _, owner, until in claimed()}

    for until in (RUNS_OUT + TICK, None):
        with database.transaction() as db:
            claims.keep_until(db, mine.id, until)
        assert owners() == {(mine.id, until), (other.id, RUNS_OUT)}
    with database.transaction() as db:
        claims.release(db, mine.id)
    assert owners() == {(other.id, RUNS_OUT)}


@pytest.mark.parametrize("minutes", [60, 5])
def test_a_seat_claims_the_mentee_and_leaves_the_mentor_to_the_group_session(everyone: People, minutes: int) -> None:
    with database.transaction() as db:
        group_id, (seat_id,) = add_group(db, everyone, everyone.mentee, minutes=minutes)
        group = db.get_one(GroupSession, group_id)
        group.blocked_to = group.ends_at + TICK
        assert claims.claim_group(db, group)
        assert claims.claim(db, db.get_one(Booking, seat_id)) is None

    of_seat = span(everyone.mentee, seat_id, group.starts_at, group.ends_at)
    assert claimed() == of_seat | span(everyone.mentor, group_id, group.blocked_from, group.blocked_to)
    with database.reading() as db:
        assert db.get_one(GroupSession, group_id).seats_taken == 2
    with database.transaction() as db:
        claims.release_group(db, group_id)
    assert claimed() == of_seat


@pytest.mark.parametrize("later", [-25, 0, 25], ids=["its first tick", "all of it", "its last tick"])
def test_a_group_session_has_all_of_its_mentors_time_or_is_refused(everyone: People, later: int) -> None:
    hold(everyone, at=TUESDAY_NINE + timedelta(hours=1))

    with database.transaction() as db:
        begins = TUESDAY_NINE + timedelta(hours=1, minutes=later)
        group_id, _ = add_group(db, everyone, starts_at=begins, minutes=30)
        assert not claims.claim_group(db, db.get_one(GroupSession, group_id))


@pytest.mark.parametrize("later", [-25, 0, 25], ids=["its first tick", "all of it", "its last tick"])
@pytest.mark.parametrize("whose", ["mentor", "mentee"])
@pytest.mark.parametrize("way", ["claim", "place"])
def test_whose_time_is_taken_is_named(everyone: People, way: str, whose: str, later: int) -> None:
    """By another session of the mentor with somebody else, or one that the mentee gives."""
    with database.transaction() as db:
        other = db.get_one(Booking, add_booking(db, everyone, mentee=everyone.stranger))
        if whose == "mentee":
            other.mentor_id = everyone.mentee
        assert claims.claim(db, other) is None

        begins = TUESDAY_NINE + timedelta(minutes=later)
        booking = db.get_one(Booking, add_booking(db, everyone, starts_at=begins, mentee=None))
        if way == "place":
            placed = draft(**{**columns_of(booking), "id": new_id(), "calendar_uid": "placed"})
            assert claims.place(db, placed) == getattr(everyone, whose)
        else:
            assert claims.claim(db, booking) == getattr(everyone, whose)


def test_the_mentor_is_named_where_neither_has_time(everyone: People) -> None:
    hold(everyone)

    with database.transaction() as db:
        assert claims.claim(db, db.get_one(Booking, add_booking(db, everyone))) == everyone.mentor


def test_a_seat_whose_mentee_is_busy_names_them_and_one_too_many_names_the_mentor(everyone: People) -> None:
    hold(everyone)

    with database.transaction() as db:
        group_id, (seat_id,) = add_group(db, everyone, everyone.mentee)
        seat, group = db.get_one(Booking, seat_id), db.get_one(GroupSession, group_id)
        assert claims.claim(db, seat) == everyone.mentee
        db.refresh(group)
        group.seats_taken = group.seats
        db.flush()
        assert claims.claim(db, seat) == everyone.mentor


@pytest.mark.parametrize(
    ("was", "becomes", "taken"),
    [
        (Status.HELD, Status.CONFIRMED, 1),
        (Status.HELD, Status.EXPIRED, 0),
        (Status.CONFIRMED, Status.CANCELLED, 0),
        (Status.EXPIRED, Status.CONFIRMED, 1),
        (Status.EXPIRED, Status.CANCELLED, 1),
    ],
)
def test_a_seat_is_given_back_once_by_the_move_that_ends_it(
    everyone: People, was: Status, becomes: Status, taken: int
) -> None:
    with database.transaction() as db:
        group_id, (seat_id,) = add_group(db, everyone, everyone.mentee)
        seat = db.get_one(Booking, seat_id)
        seat.status, seat.hold_expires_at = was, RUNS_OUT if was is Status.HELD else None
        db.flush()
        claims.move(db, seat, was, becomes, now=SUNDAY, actor_id=None)

    with database.reading() as db:
        assert db.get_one(GroupSession, group_id).seats_taken == taken


def left_unlocked() -> set[UUID]:
    with database.transaction() as db:
        return set(db.exec(select(User.id).with_for_update(skip_locked=True)).all())


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_the_two_people_of_a_booking_are_locked_until_its_transaction_ends_and_nobody_else(everyone: People) -> None:
    both = {everyone.mentor, everyone.mentee}
    with database.transaction() as db:
        claims.lock_people(db, *both)
        assert left_unlocked() == {everyone.stranger}
    with database.transaction() as db:
        claims.lock_people_of(db, offering_id=everyone.cv_review, mentee_id=everyone.mentee)
        assert left_unlocked() == {everyone.stranger}

    assert left_unlocked() == {*both, everyone.stranger}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_the_people_of_every_hold_that_ran_out_are_locked_before_it_ends(everyone: People) -> None:
    hold(everyone)
    with database.transaction() as db:
        assert claims.expire_all_lapsed(db, now=RUNS_OUT) == 1
        assert left_unlocked() == {everyone.stranger}


def test_what_sqlite_s_one_writer_locks_by_beginning_is_not_locked_again(sqlite_url: str) -> None:
    with database.transaction() as db:
        assert not claims.locks_rows(db)
        claims.lock_people(db, new_id())
        claims.lock_people_of(db, offering_id=new_id(), mentee_id=new_id())


def test_a_turn_ends_those_first_that_ran_out_first(everyone: People) -> None:
    """Neither in the order they were placed in, nor in that of their sessions."""
    with database.transaction() as db:
        third = add_person(db, name="Ana Lima", email="ana@example.org", zone="UTC")
    holds = [
        hold(everyone, mentee=person, at=TUESDAY_NINE + later, now=SUNDAY + timedelta(minutes=minute))
        for person, later, minute in (
            (everyone.mentee, HOUR / 2, 2),
            (everyone.stranger, HOUR, 0),
            (third, timedelta(), 1),
        )
    ]

    ended = []
    for turn in range(3):
        assert lapse(at=HOUR + turn * TICK, limit=1) == 1
        with database.reading() as db:
            (change,) = db.exec(select(BookingChange).where(BookingChange.at == SUNDAY + HOUR + turn * TICK)).all()
            ended.append(change.booking_id)
    assert ended == [holds[1].id, holds[2].id, holds[0].id]


def test_who_confirms_gives_no_reason_and_the_hold_has_no_end_any_more(everyone: People) -> None:
    booking = hold(everyone, offering=everyone.intro)
    with database.transaction() as db:
        service.confirm_free(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)

    with database.reading() as db:
        (change,) = db.exec(select(BookingChange)).all()
        assert (change.became, change.reason) == (Status.CONFIRMED, "")
        assert db.get_one(Booking, booking.id).hold_expires_at is None


@pytest.mark.parametrize(
    ("begins", "whose"),
    [(TUESDAY_NINE - TICK, "Elena"), (TUESDAY_NINE, "Elena"), (TUESDAY_NINE + 2 * TICK, "Meera")],
    ids=["a free tick, then both", "both", "the second alone"],
)
def test_whose_session_a_mentee_has_already_is_told_by_the_first_name_of_the_earliest(
    everyone: People, begins: datetime, whose: str
) -> None:
    with database.transaction() as db:
        elena, meera, wei = (
            add_person(db, name=f"{name} Nakamura", email=f"{name}@example.org".lower(), zone="Asia/Tokyo")
            for name in ("Elena", "Meera", "Wei")
        )
        learns = replace(everyone, mentor=elena)
        teaches = replace(everyone, mentor=everyone.mentee, mentee=meera)
        others = replace(everyone, mentor=wei, mentee=everyone.stranger)
        earlier = replace(everyone, mentor=wei)
        for people, starts, minutes in (
            (earlier, TUESDAY_NINE - 3 * TICK, 10),
            (others, TUESDAY_NINE, 30),
            (teaches, TUESDAY_NINE + 2 * TICK, 10),
            (learns, TUESDAY_NINE, 10),
        ):
            theirs = db.get_one(Booking, add_booking(db, people, starts_at=starts, minutes=minutes))
            assert claims.claim(db, theirs) is None
        wanted = db.get_one(Booking, add_booking(db, everyone, status=Status.HELD, starts_at=begins, minutes=20))

        assert claims.claim(db, wanted) == everyone.mentee
        assert claims.whom_mentee_has(db, wanted) == whose


def test_a_mentee_who_gives_a_group_session_then_is_told_of_that(everyone: People) -> None:
    with database.transaction() as db:
        group, _ = add_group(db, replace(everyone, mentor=everyone.mentee), starts_at=TUESDAY_NINE)
        assert claims.claim_group(db, db.get_one(GroupSession, group))
        wanted = db.get_one(Booking, add_booking(db, everyone, status=Status.HELD, starts_at=TUESDAY_NINE))

        assert claims.claim(db, wanted) == everyone.mentee
        assert claims.whom_mentee_has(db, wanted) == "a group session"
