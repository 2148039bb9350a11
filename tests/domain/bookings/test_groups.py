"""Group sessions: published once, the last seat taken once, and every end of it told and refunded."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.errors import (
    AlreadyBusyThen,
    HasSeat,
    MentorNotOpen,
    NoSeatLeft,
    NotMovable,
    OwnOffering,
    SeatNotYours,
    SeatsNotSold,
    SlotNotOffered,
    SlotTaken,
)
from mentorhub.domain.bookings.models import Booking, Claim, GroupSession, GroupStatus, Presence, Status
from mentorhub.domain.bookings.queries.groups import AttendeeView
from mentorhub.domain.catalog.models import MentorProfile, MentorStanding, OfferingKind
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.models import Notification
from mentorhub.domain.payments.models import Refund
from mentorhub.domain.scheduling.models import SchedulePreferences
from tests.domain.bookings import standing_true
from tests.domain.bookings.conftest import TUESDAY_NINE, hold, paid
from tests.people import SUNDAY, People, add_offering, add_person

MONDAY_NOON = SUNDAY + timedelta(days=1)
OVER = TUESDAY_NINE + timedelta(hours=2)


@pytest.fixture
def workshop(everyone: People) -> UUID:
    """Kabir's group offering: an hour at 1,200 rupees a seat."""
    with database.transaction() as db:
        return add_offering(
            db, everyone.mentor, kind=OfferingKind.GROUP, title="Portfolio clinic", minutes=60, price_minor=120000
        )


@pytest.fixture
def publish(everyone: People, workshop: UUID) -> Callable[..., UUID]:
    """Publish the clinic on Tuesday at nine."""

    def do(*, seats: int = 3, needed: int = 2, at: datetime = TUESDAY_NINE, decide_by: datetime = MONDAY_NOON) -> UUID:
        plan = service.GroupPlan(workshop, at, seats, needed, decide_by)
        with database.transaction() as db:
            return service.publish_group_session(db, mentor_id=everyone.mentor, plan=plan, now=SUNDAY).id

    return do


@pytest.fixture
def crowd(everyone: People) -> Callable[[int], list[UUID]]:
    """So many more people who learn."""

    def do(count: int) -> list[UUID]:
        with database.transaction() as db:
            return [
                add_person(db, name=f"Person {n}", email=f"p{n}@example.org", zone="Asia/Kolkata") for n in range(count)
            ]

    return do


def take(group: UUID, mentee: UUID, *, now: datetime = SUNDAY) -> Booking:
    with database.transaction() as db:
        return service.take_seat(db, group_session_id=group, mentee_id=mentee, now=now)


@pytest.fixture
def book(start_paying) -> Callable[..., UUID]:
    """Take a seat and pay for it."""

    def do(group: UUID, mentee: UUID, *, now: datetime = SUNDAY) -> UUID:
        seat = take(group, mentee, now=now)
        payment = start_paying(seat, now=now, number=str(seat.id))
        with database.transaction() as db:
            word = paid(payment, number=str(seat.id))
            service.apply_outcome(db, payment_id=payment, outcome=word, now=now)
        return seat.id

    return do


def group_row(group: UUID) -> GroupSession:
    with database.reading() as db:
        return db.get_one(GroupSession, group)


def standing(now: datetime = SUNDAY) -> None:
    with database.reading() as db:
        standing_true.check(db, now=now)


def asked(topic: str) -> list[str]:
    with database.reading() as db:
        return list(db.exec(select(OutboxRow.subject).where(OutboxRow.topic == topic)).all())


def refunds() -> list[int]:
    with database.reading() as db:
        return list(db.exec(select(Refund.amount_minor)).all())


def told(user: UUID) -> list[str]:
    with database.reading() as db:
        return list(db.exec(select(Notification.text).where(Notification.user_id == user)).all())


def test_a_published_session_takes_the_mentors_time_once_with_the_breaks_around_it(everyone: People, publish) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).buffer_after_minutes = 15

    group = publish()

    standing()
    with database.reading() as db:
        assert len(db.exec(select(Claim).where(Claim.group_session_id == group)).all()) == 15
        free = queries.free_starts(
            db,
            mentor_id=everyone.mentor,
            offering_id=everyone.cv_review,
            since=TUESDAY_NINE,
            until=TUESDAY_NINE + timedelta(hours=2),
            viewer_id=None,
            now=SUNDAY,
        )
    assert free[0] == TUESDAY_NINE + timedelta(minutes=90)
    with pytest.raises((SlotTaken, SlotNotOffered)):
        hold(everyone)


def test_a_group_session_is_counted_once_in_the_cap_of_a_day(everyone: People, publish, book, crowd) -> None:
    group = publish(seats=5)
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).max_per_day = 2
    for person in crowd(4):
        book(group, person)

    hold(everyone, at=TUESDAY_NINE + timedelta(hours=2))
    with pytest.raises((SlotTaken, SlotNotOffered)):
        hold(everyone, mentee=everyone.stranger, at=TUESDAY_NINE + timedelta(hours=2, minutes=30))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"at": TUESDAY_NINE + timedelta(minutes=2)}, "starts_at"),
        ({"at": SUNDAY + timedelta(minutes=30)}, "starts_at"),
        ({"seats": 1, "needed": 1}, "seats"),
        ({"seats": 21}, "seats"),
        ({"seats": 3, "needed": 4}, "seats_needed"),
        ({"needed": 0}, "seats_needed"),
        ({"decide_by": TUESDAY_NINE}, "decide_by"),
        ({"decide_by": SUNDAY}, "decide_by"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(publish, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(FieldError) as refused:
        publish(**wrong)

    assert refused.value.field == field


@pytest.mark.parametrize("seats", [2, 20])
def test_two_to_twenty_seats_are_published(publish, seats: int) -> None:
    assert group_row(publish(seats=seats)).seats == seats


def test_a_mentor_cannot_publish_over_a_session_they_have(everyone: People, publish) -> None:
    hold(everyone, at=TUESDAY_NINE + timedelta(minutes=30))

    with pytest.raises(FieldError, match="another session then"):
        publish()

    standing()


def test_only_a_group_offering_of_ones_own_is_published(everyone: People, workshop: UUID) -> None:
    own = service.GroupPlan(everyone.cv_review, TUESDAY_NINE, 3, 2, MONDAY_NOON)
    with pytest.raises(FieldError), database.transaction() as db:
        service.publish_group_session(db, mentor_id=everyone.mentor, plan=own, now=SUNDAY)
    theirs = service.GroupPlan(workshop, TUESDAY_NINE, 3, 2, MONDAY_NOON)
    with pytest.raises(NotFound), database.transaction() as db:
        service.publish_group_session(db, mentor_id=everyone.mentee, plan=theirs, now=SUNDAY)


def test_a_group_offering_is_not_booked_as_a_time_for_two(everyone: People, workshop: UUID) -> None:
    with pytest.raises(NotFound), database.transaction() as db:
        wish = service.Wish(offering_id=workshop, starts_at=TUESDAY_NINE)
        service.place_hold(db, mentee_id=everyone.mentee, wish=wish, now=SUNDAY)


def test_of_fifty_at_once_one_takes_the_last_seat(everyone: People, publish, crowd, book) -> None:
    group = publish(seats=2)
    book(group, everyone.mentee)

    def one_try(person: UUID) -> str:
        try:
            take(group, person)
        except DomainError as refusal:
            return type(refusal).__name__
        return "taken"

    with ThreadPoolExecutor(50) as pool:
        ends = list(pool.map(one_try, crowd(50)))

    assert sorted(ends) == ["NoSeatLeft"] * 49 + ["taken"]
    assert group_row(group).seats_taken == 2
    standing()


def test_a_person_has_one_seat_and_taking_it_again_gives_the_same_hold(everyone: People, publish, book) -> None:
    group = publish()
    first = take(group, everyone.mentee)

    assert take(group, everyone.mentee).id == first.id
    assert group_row(group).seats_taken == 1
    book(group, everyone.mentee)
    with pytest.raises(HasSeat):
        take(group, everyone.mentee)
    with pytest.raises(OwnOffering):
        take(group, everyone.mentor)
    standing()


def test_a_seat_given_back_or_run_out_is_free_again_once(everyone: People, publish) -> None:
    group = publish()
    seat = take(group, everyone.mentee)
    with database.transaction() as db:
        service.give_back(db, booking_id=seat.id, mentee_id=everyone.mentee, now=SUNDAY)
    assert group_row(group).seats_taken == 0

    take(group, everyone.stranger)
    for _ in range(2):
        with database.transaction() as db:
            service.expire_all_lapsed(db, now=SUNDAY + timedelta(minutes=11))
    assert group_row(group).seats_taken == 0
    standing()


def test_a_lapsed_hold_does_not_keep_the_last_seat_before_the_clocks_duty_ran(everyone: People, publish, crowd) -> None:
    group = publish(seats=2)
    for person in crowd(2):
        take(group, person)
    with pytest.raises(NoSeatLeft):
        take(group, everyone.mentee)

    take(group, everyone.mentee, now=SUNDAY + timedelta(minutes=11))

    assert group_row(group).seats_taken == 1
    standing()


def test_no_seat_is_sold_or_listed_in_the_last_hour_before_the_start(everyone: People, publish) -> None:
    group = publish()
    last_hour = TUESDAY_NINE - timedelta(hours=1)

    def sold(now: datetime) -> tuple[list[UUID], bool]:
        with database.reading() as db:
            listed = queries.groups_on_sale(db, mentor_id=everyone.mentor, viewer_id=None, now=now)
            page = queries.group_page(db, group_session_id=group, viewer_id=None, now=now)
        return [one.group_session_id for one in listed], page.is_on_sale

    just_before = last_hour - timedelta(seconds=1)
    assert sold(just_before) == ([group], True)
    assert take(group, everyone.mentee, now=just_before).status is Status.HELD
    assert sold(last_hour) == ([], False)
    with pytest.raises(SeatsNotSold):
        take(group, everyone.stranger, now=last_hour)


@pytest.mark.parametrize("paused_at", [None, SUNDAY])
def test_a_published_session_is_kept_by_a_mentor_who_takes_no_new_ones(
    everyone: People, publish, paused_at: datetime | None
) -> None:
    """Their tag is about times for two; who has a seat must not lose the session because nobody else may join it."""
    group = publish()
    with database.transaction() as db:
        profile = db.get_one(MentorProfile, everyone.mentor)
        profile.is_open, profile.paused_at = False, paused_at

    with database.reading() as db:
        listed = queries.groups_on_sale(db, mentor_id=everyone.mentor, viewer_id=None, now=SUNDAY)
    assert [one.group_session_id for one in listed] == [group]
    assert take(group, everyone.mentee).status is Status.HELD
    with pytest.raises(MentorNotOpen):
        hold(everyone, mentee=everyone.stranger, at=TUESDAY_NINE + timedelta(hours=2))
    standing()


def test_a_hold_elsewhere_moves_to_the_seat(everyone: People, publish) -> None:
    group = publish()
    earlier = hold(everyone, at=TUESDAY_NINE + timedelta(hours=2))

    take(group, everyone.mentee)

    with database.reading() as db:
        assert db.get_one(Booking, earlier.id).status is Status.EXPIRED
    standing()


def test_a_paid_seat_is_told_to_its_mentee_and_counted_for_the_mentor(everyone: People, publish, book) -> None:
    group = publish()

    seat = book(group, everyone.mentee)

    assert asked(notices.BOOKING_CONFIRMED) == [f"{seat} mentee"]
    assert {subject.split(" ")[1] for subject in asked(notices.REMINDER)} == {"mentee"}
    assert asked(notices.GROUP_PUBLISHED) == [str(group)]
    assert sorted(subject.split(" ")[1] for subject in asked(notices.GROUP_REMINDER)) == [
        "reminder_day",
        "reminder_hour",
        "reminder_soon",
    ]
    assert "1 of 3 seats are taken" in told(everyone.mentor)[0]
    standing()


def test_a_seat_paid_after_its_hold_died_is_kept_while_one_is_left(everyone: People, publish, start_paying) -> None:
    group, late = publish(), SUNDAY + timedelta(minutes=50)
    seat = take(group, everyone.mentee)
    payment = start_paying(seat)
    with database.transaction() as db:
        service.expire_all_lapsed(db, now=late)
        service.apply_outcome(db, payment_id=payment, outcome=paid(payment), now=late)

    with database.reading() as db:
        assert db.get_one(Booking, seat.id).status is Status.CONFIRMED
    assert group_row(group).seats_taken == 1
    standing(late)


def test_a_seat_paid_after_the_last_was_taken_is_refunded(everyone: People, publish, start_paying, crowd) -> None:
    group, late = publish(seats=2), SUNDAY + timedelta(minutes=50)
    seat = take(group, everyone.mentee)
    payment = start_paying(seat)
    for person in crowd(2):
        take(group, person, now=late)
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=payment, outcome=paid(payment), now=late)

    with database.reading() as db:
        assert db.get_one(Booking, seat.id).status is Status.EXPIRED
    assert refunds() == [120000]
    assert group_row(group).seats_taken == 2
    standing(late)


def test_a_mentee_cancels_by_the_policy_and_the_seat_is_for_sale_again(everyone: People, publish, book) -> None:
    group = publish(seats=2)
    seat = book(group, everyone.mentee)
    book(group, everyone.stranger)
    half = TUESDAY_NINE - timedelta(hours=20)

    with database.transaction() as db:
        service.cancel(db, booking_id=seat, actor_id=everyone.mentee, shown_minor=60000, now=half)

    assert refunds() == [60000]
    assert group_row(group).seats_taken == 1
    assert asked(notices.BOOKING_CANCELLED) == [f"{seat} mentee"]
    assert asked(service.CLOSE_ROOM_TOPIC) == []
    standing(half)


def test_a_mentor_cannot_cancel_or_move_one_seat(everyone: People, publish, book) -> None:
    seat = book(publish(), everyone.mentee)

    with pytest.raises(SeatNotYours), database.transaction() as db:
        service.cancel(db, booking_id=seat, actor_id=everyone.mentor, shown_minor=120000, now=SUNDAY)
    for side in (everyone.mentor, everyone.mentee):
        with pytest.raises(NotMovable), database.transaction() as db:
            service.propose_move(
                db, booking_id=seat, actor_id=side, starts=(TUESDAY_NINE + timedelta(days=1),), note="", now=SUNDAY
            )


def test_the_mentor_calls_off_and_everybody_gets_everything_back(
    everyone: People, publish, book, crowd, start_paying
) -> None:
    group = publish(seats=4)
    (person,) = crowd(1)
    seats = [book(group, everyone.mentee), book(group, everyone.stranger)]
    paying = start_paying(take(group, person), number="9")
    late = TUESDAY_NINE - timedelta(minutes=5)

    with database.transaction() as db:
        service.call_off_group(db, group_session_id=group, actor_id=everyone.mentor, now=late)
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=paying, outcome=paid(paying, number="9"), now=late)

    assert refunds() == [120000, 120000, 120000]
    assert sorted(asked(notices.BOOKING_CANCELLED)) == sorted(f"{seat} mentee" for seat in seats)
    assert asked(notices.GROUP_CALLED_OFF) == [f"{group} mentor"]
    assert str(group) in asked(service.CLOSE_ROOM_TOPIC)
    row = group_row(group)
    assert (row.status, row.seats_taken, row.version) == (GroupStatus.CANCELLED, 0, 1)
    with database.reading() as db:
        assert db.get_one(MentorStanding, everyone.mentor).lately == "x"
        assert db.exec(select(Claim)).all() == []
    standing(late)
    with pytest.raises(SeatsNotSold):
        take(group, person)


def test_nobody_but_the_mentor_calls_off(everyone: People, publish, book) -> None:
    group = publish()
    book(group, everyone.mentee)

    for person in (everyone.mentee, everyone.stranger):
        with pytest.raises(NotFound), database.transaction() as db:
            service.call_off_group(db, group_session_id=group, actor_id=person, now=SUNDAY)


def decide(group: UUID, now: datetime = MONDAY_NOON) -> bool | None:
    with database.transaction() as db:
        return service.decide_group(db, group_session_id=group, now=now)


def test_with_too_few_people_it_is_called_off_and_refunded_at_the_decision(everyone: People, publish, book) -> None:
    group = publish(needed=2)
    seat = book(group, everyone.mentee)

    assert decide(group, MONDAY_NOON - timedelta(minutes=1)) is None
    assert decide(group) is False
    assert decide(group) is None

    assert refunds() == [120000]
    assert asked(notices.BOOKING_CANCELLED) == [f"{seat} mentee"]
    assert any("too few people" in text for text in told(everyone.mentee))
    assert any("fewer than 2 people" in text for text in told(everyone.mentor))
    with database.reading() as db:
        assert db.get(MentorStanding, everyone.mentor) is None
        notice = queries.booking_notice(db, booking_id=seat, public_url="https://x.example")
        page = queries.booking_page(db, booking_id=seat, viewer_id=everyone.mentee, now=MONDAY_NOON)
    assert "fewer than 2 people" in notice.why
    assert page.why_called_off == notice.why
    standing(MONDAY_NOON)


def test_with_enough_people_it_goes_ahead_whoever_leaves_later(everyone: People, publish, book) -> None:
    group = publish(needed=2)
    seats = [book(group, everyone.mentee), book(group, everyone.stranger)]

    assert decide(group) is True
    with database.transaction() as db:
        service.cancel(db, booking_id=seats[0], actor_id=everyone.mentee, shown_minor=60000, now=MONDAY_NOON)
    assert decide(group) is None

    assert group_row(group).status is GroupStatus.OPEN
    assert sorted(asked(notices.GROUP_AHEAD)) == sorted([f"{group} mentor", *(f"{group} {seat}" for seat in seats)])
    assert any("goes ahead with 2 people" in text for text in told(everyone.stranger))
    standing(MONDAY_NOON)


def test_that_it_goes_ahead_is_told_and_mailed_to_each_on_the_clock_they_read(everyone: People, publish, book) -> None:
    group = publish(needed=2)
    seats = [book(group, everyone.mentee), book(group, everyone.stranger)]
    with database.transaction() as db:
        accounts.choose_clock(db, user_id=everyone.mentee, clock_hours=12)

    decide(group)

    (on_12,) = (text for text in told(everyone.mentee) if "goes ahead" in text)
    (on_24,) = (text for text in told(everyone.stranger) if "goes ahead" in text)
    assert (" am in " in on_12 or " pm in " in on_12, " am " in on_24 or " pm " in on_24) == (True, False)
    with database.reading() as db:
        of = [
            queries.group_notice(db, group_session_id=group, seat_id=seat, public_url="https://x.example").mentee
            for seat in seats
        ]
    assert [person.habits.clock_hours for person in of] == [12, 24]


@pytest.mark.parametrize("late", [TUESDAY_NINE, OVER], ids=["begun", "over"])
def test_a_decision_that_comes_once_the_session_began_calls_nothing_off(
    everyone: People, publish, book, late: datetime
) -> None:
    group = publish(needed=2)
    seat = book(group, everyone.mentee)
    if late is OVER:
        with database.transaction() as db:
            service.settle(db, booking_id=seat, now=OVER)

    assert decide(group, late) is None

    assert group_row(group).status is GroupStatus.OPEN
    assert asked(notices.GROUP_CALLED_OFF) == []
    standing(late)


def test_a_hold_is_no_person_at_the_decision(everyone: People, publish, book) -> None:
    group = publish(needed=2)
    book(group, everyone.mentee)
    take(group, everyone.stranger, now=MONDAY_NOON - timedelta(minutes=1))

    assert decide(group) is False

    assert group_row(group).seats_taken == 0
    standing(MONDAY_NOON)


def stay(seat: UUID, person: UUID) -> None:
    with database.transaction() as db:
        ends = TUESDAY_NINE + timedelta(hours=1)
        db.add(Presence(booking_id=seat, user_id=person, joined_at=TUESDAY_NINE, left_at=ends))


def settle(*seats: UUID) -> None:
    for seat in seats:
        with database.transaction() as db:
            service.settle(db, booking_id=seat, now=OVER)


def close() -> int:
    with database.transaction() as db:
        return service.close_groups(db, now=OVER)


def test_each_seat_settles_by_who_came_and_the_mentor_counts_once(everyone: People, publish, book) -> None:
    group = publish()
    came, missed = book(group, everyone.mentee), book(group, everyone.stranger)
    for seat in (came, missed):
        stay(seat, everyone.mentor)
    stay(came, everyone.mentee)

    settle(came)
    assert close() == 0
    settle(missed)
    assert (close(), close()) == (1, 0)

    with database.reading() as db:
        assert db.get_one(Booking, came).status is Status.MET
        assert db.get_one(Booking, missed).status is Status.MENTEE_ABSENT
        assert db.get_one(MentorStanding, everyone.mentor).lately == "a"
    assert refunds() == []
    assert (group_row(group).status, group_row(group).seats_taken) == (GroupStatus.SETTLED, 2)
    standing(OVER)


def test_a_mentor_who_does_not_come_gives_every_seat_back(everyone: People, publish, book) -> None:
    group = publish()
    seats = [book(group, everyone.mentee), book(group, everyone.stranger)]
    stay(seats[0], everyone.mentee)

    settle(*seats)
    close()

    assert refunds() == [120000, 120000]
    with database.reading() as db:
        assert db.get_one(MentorStanding, everyone.mentor).lately == "x"
    standing(OVER)


def test_a_seat_makes_its_mentee_busy(everyone: People, publish, book) -> None:
    group = publish()
    book(group, everyone.mentee)
    with database.transaction() as db:
        other = add_offering(
            db, everyone.mentor, kind=OfferingKind.CV_REVIEW, title="Second look", minutes=30, price_minor=0
        )
        busy = queries.busy_times_of(db, user_id=everyone.mentee, now=SUNDAY)
        mentors = queries.busy_times_of(db, user_id=everyone.mentor, now=SUNDAY)
    assert other is not None
    assert busy == mentors == ((TUESDAY_NINE, TUESDAY_NINE + timedelta(hours=1)),)


def test_feeds_show_the_mentor_one_entry_and_each_seat_its_own(everyone: People, publish, book) -> None:
    group = publish()
    seat = book(group, everyone.mentee)
    book(group, everyone.stranger)

    with database.reading() as db:
        (mentors,) = queries.feed_entries(db, user_id=everyone.mentor, now=SUNDAY)
        (mentees,) = queries.feed_entries(db, user_id=everyone.mentee, now=SUNDAY)
        uids = queries.calendar_uids_of(db, user_id=everyone.mentor, now=SUNDAY)

    assert mentors.uid == group_row(group).calendar_uid
    assert mentors.title == "Portfolio clinic with your group"
    assert (mentees.booking_id, mentees.title) == (seat, "Portfolio clinic with Kabir Deshmukh")
    assert mentors.uid in uids


def test_who_has_a_seat_sees_who_else_comes_and_nobody_else_does(everyone: People, publish, book, crowd) -> None:
    group = publish()
    (holds_only,) = crowd(1)
    seat = book(group, everyone.mentee)
    take(group, holds_only)

    def seen(viewer: UUID | None) -> tuple[AttendeeView, ...]:
        with database.reading() as db:
            return queries.group_page(db, group_session_id=group, viewer_id=viewer, now=SUNDAY).attendees

    assert seen(everyone.mentor) == (AttendeeView("Riya Patil", seat),)
    assert seen(everyone.mentee) == (AttendeeView("Riya Patil", None),)
    assert seen(everyone.stranger) == seen(holds_only) == seen(None) == ()


def test_who_is_busy_then_takes_no_seat_and_none_is_lost(everyone: People, publish) -> None:
    group, other = publish(), publish(at=TUESDAY_NINE + timedelta(days=1))
    with database.transaction() as db:
        db.add(Claim(person_id=everyone.mentee, tick=int(TUESDAY_NINE.timestamp()) // 300, group_session_id=other))

    with pytest.raises(AlreadyBusyThen, match=r"^You already have a group session then\.$"):
        take(group, everyone.mentee)

    assert group_row(group).seats_taken == 0
