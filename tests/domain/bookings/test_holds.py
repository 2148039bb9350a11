"""Holding a time: one winner, one hold a mentee, nothing overlaps, nothing outlives its deadline."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.errors import (
    AlreadyBusyThen,
    AlreadyMetForIntro,
    CheckoutInProgress,
    HeldTooLong,
    HeldTooOften,
    IntrosFull,
    MentorNotOpen,
    OwnOffering,
    SlotNotOffered,
    SlotTaken,
)
from mentorhub.domain.bookings.models import Booking, Claim, Status
from mentorhub.domain.catalog.models import MentorProfile, Offering, OfferingKind
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.scheduling.models import BusyBlock, SchedulePreferences
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.people import SUNDAY, People, add_mentor, add_offering, add_person


def test_a_hold_keeps_the_time_for_ten_minutes_at_the_price_of_that_moment(everyone: People) -> None:
    booking = hold(everyone)

    assert booking.status is Status.HELD
    assert booking.hold_expires_at == SUNDAY + timedelta(minutes=10)
    assert (booking.price_minor, booking.fee_minor, booking.card_minor) == (120000, 12000, 2800)
    assert (booking.mentor_zone, booking.mentee_zone) == ("Europe/London", "Asia/Kolkata")


def test_a_held_time_is_gone_for_others_and_still_free_for_its_holder(everyone: People) -> None:
    hold(everyone)

    assert TUESDAY_NINE not in _free(everyone, viewer=everyone.stranger)
    assert TUESDAY_NINE in _free(everyone, viewer=everyone.mentee)


def test_the_second_person_is_told_and_shown_the_three_nearest_times(everyone: People) -> None:
    hold(everyone)

    with pytest.raises(SlotTaken) as refusal:
        hold(everyone, mentee=everyone.stranger)

    assert str(refusal.value) == "That time is not offered any more. Please choose another."
    assert [f"{start:%a %H:%M}" for start in refusal.value.alternatives] == ["Tue 09:30", "Tue 10:00", "Tue 10:30"]


def test_no_time_is_named_at_which_whoever_asks_has_something_agreed(everyone: People) -> None:
    hold(everyone)
    with database.transaction() as db:
        other = add_mentor(db, name="Ada Okoro", email="ada@example.org", zone="Europe/London")
        talk = add_offering(db, other, kind=OfferingKind.CAREER_TALK, title="Talk", minutes=30, price_minor=0)
        wish = service.Wish(offering_id=talk, starts_at=TUESDAY_NINE + timedelta(minutes=30))
        agreed = service.place_hold(db, mentee_id=everyone.stranger, wish=wish, now=SUNDAY)
        agreed.status, agreed.hold_expires_at = Status.CONFIRMED, None

    with pytest.raises(SlotTaken) as refusal:
        hold(everyone, mentee=everyone.stranger)

    assert [f"{start:%a %H:%M}" for start in refusal.value.alternatives] == ["Tue 10:00", "Tue 10:30", "Tue 11:00"]


def test_of_twenty_at_once_exactly_one_wins(everyone: People) -> None:
    with database.transaction() as db:
        crowd = [add_person(db, name=f"P {n}", email=f"p{n}@example.org", zone="UTC") for n in range(20)]
    answers: list[str] = []
    gate = threading.Barrier(20)

    def attempt(mentee: UUID) -> None:
        gate.wait()
        try:
            hold(everyone, mentee=mentee)
            answers.append("won")
        except SlotTaken as refusal:
            answers.append("taken" if len(refusal.alternatives) == 3 else "taken without alternatives")

    threads = [threading.Thread(target=attempt, args=(mentee,)) for mentee in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["taken"] * 19 + ["won"]
    with database.reading() as db:
        assert len(db.exec(select(Booking).where(Booking.status == Status.HELD)).all()) == 1


def test_the_daily_cap_holds_when_many_book_different_times_at_once(everyone: People) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).max_per_day = 1
        crowd = [add_person(db, name=f"P {n}", email=f"p{n}@example.org", zone="UTC") for n in range(6)]
    answers: list[str] = []

    def attempt(number: int) -> None:
        try:
            hold(everyone, mentee=crowd[number], at=TUESDAY_NINE + timedelta(minutes=30 * number))
            answers.append("won")
        except DomainError:
            answers.append("refused")

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["refused"] * 5 + ["won"]


def test_touching_times_both_hold(everyone: People) -> None:
    hold(everyone)

    later = hold(everyone, mentee=everyone.stranger, at=TUESDAY_NINE + timedelta(minutes=30))

    assert later.status is Status.HELD


def test_choosing_another_time_moves_the_hold(everyone: People) -> None:
    first = hold(everyone)

    second = hold(everyone, at=TUESDAY_NINE + timedelta(minutes=30))

    assert _status(first) is Status.EXPIRED
    assert _status(second) is Status.HELD
    assert TUESDAY_NINE in _free(everyone, viewer=everyone.stranger)


@pytest.mark.parametrize("later", [0, 30], ids=["the same", "one that overlaps"])
def test_ones_own_hold_does_not_stand_in_the_way_of_ones_next_choice(everyone: People, later: int) -> None:
    first = hold(everyone)

    second = hold(everyone, at=TUESDAY_NINE + timedelta(minutes=later), now=SUNDAY + timedelta(minutes=1))

    assert (_status(first), _status(second)) == (Status.EXPIRED, Status.HELD)


def test_a_move_that_fails_leaves_the_first_hold_in_place(everyone: People) -> None:
    first = hold(everyone)
    hold(everyone, mentee=everyone.stranger, at=TUESDAY_NINE + timedelta(minutes=30))

    with pytest.raises(SlotTaken):
        hold(everyone, at=TUESDAY_NINE + timedelta(minutes=30))

    assert _status(first) is Status.HELD


def test_a_hold_that_ran_out_blocks_nobody_without_any_job_having_run(everyone: People) -> None:
    first = hold(everyone)
    eleven_minutes_on = SUNDAY + timedelta(minutes=11)

    second = hold(everyone, mentee=everyone.stranger, now=eleven_minutes_on)

    assert (_status(first), _status(second)) == (Status.EXPIRED, Status.HELD)


def test_a_mentee_cannot_be_in_two_places_at_once(everyone: People) -> None:
    with database.transaction() as db:
        other = add_mentor(db, name="Ada Okoro", email="ada@example.org", zone="Europe/London")
        talk = add_offering(db, other, kind=OfferingKind.CAREER_TALK, title="Talk", minutes=30, price_minor=0)
    confirmed = hold(everyone)
    with database.transaction() as db:
        db.get_one(Booking, confirmed.id).status = Status.CONFIRMED
        db.get_one(Booking, confirmed.id).hold_expires_at = None
        for claim in db.exec(select(Claim)):
            claim.until = None

    with pytest.raises(AlreadyBusyThen, match=r"^You already have Kabir then\.$"), database.transaction() as db:
        wish = service.Wish(offering_id=talk, starts_at=TUESDAY_NINE)
        service.place_hold(db, mentee_id=everyone.mentee, wish=wish, now=SUNDAY)


def test_a_mentor_who_books_somebody_else_at_that_hour_reads_which_mentee_they_have_then(everyone: People) -> None:
    with database.transaction() as db:
        other = add_mentor(db, name="Ada Okoro", email="ada@example.org", zone="Europe/London")
        talk = add_offering(db, other, kind=OfferingKind.CAREER_TALK, title="Talk", minutes=30, price_minor=0)
    hold(everyone)

    with pytest.raises(AlreadyBusyThen, match=r"^You already have Riya then\.$"), database.transaction() as db:
        wish = service.Wish(offering_id=talk, starts_at=TUESDAY_NINE)
        service.place_hold(db, mentee_id=everyone.mentor, wish=wish, now=SUNDAY)


def test_an_intro_call_is_once_a_pair_but_a_lapsed_hold_does_not_use_it_up(everyone: People) -> None:
    def ask(now: datetime, at: datetime) -> Booking:
        return hold(everyone, offering=everyone.intro, at=at, now=now)

    ask(SUNDAY, TUESDAY_NINE)
    again = ask(SUNDAY + timedelta(minutes=20), TUESDAY_NINE)
    with database.transaction() as db:
        service.confirm_free(db, booking_id=again.id, mentee_id=everyone.mentee, now=SUNDAY + timedelta(minutes=21))

    with pytest.raises(AlreadyMetForIntro):
        ask(SUNDAY + timedelta(minutes=30), TUESDAY_NINE + timedelta(days=1))


@pytest.mark.parametrize("ended", [Status.MENTOR_ABSENT, Status.DECLINED, Status.CANCELLED, Status.EXPIRED])
def test_an_intro_call_that_came_to_nothing_does_not_use_it_up(everyone: People, ended: Status) -> None:
    again = _second_intro(everyone, after=ended)

    assert again.status is Status.HELD


@pytest.mark.parametrize("ended", [Status.MET, Status.SHORT, Status.MENTEE_ABSENT, Status.NOBODY])
def test_an_intro_call_that_was_given_is_the_only_one_for_life_also_when_the_mentee_missed_it(
    everyone: People, ended: Status
) -> None:
    with pytest.raises(AlreadyMetForIntro):
        _second_intro(everyone, after=ended)


def _second_intro(people: People, *, after: Status) -> Booking:
    """Ask for a second intro call once the first ended so."""
    first = hold(people, offering=people.intro)
    with database.transaction() as db:
        service.confirm_free(db, booking_id=first.id, mentee_id=people.mentee, now=SUNDAY)
        db.get_one(Booking, first.id).status = after
    return hold(people, offering=people.intro, at=TUESDAY_NINE + timedelta(days=7), now=first.ends_at)


def test_a_mentor_gives_no_more_intro_calls_a_week_than_they_want_and_one_given_back_does_not_count(
    everyone: People,
) -> None:
    def ask(who: UUID, at: datetime) -> Booking:
        return hold(everyone, offering=everyone.intro, mentee=who, at=at)

    with database.transaction() as db:
        db.get_one(MentorProfile, everyone.mentor).max_intros_per_week = 1
    first = ask(everyone.mentee, TUESDAY_NINE)
    with pytest.raises(IntrosFull):
        ask(everyone.stranger, TUESDAY_NINE + timedelta(days=1))
    ask(everyone.stranger, TUESDAY_NINE + timedelta(days=7))
    with database.transaction() as db:
        service.give_back(db, booking_id=first.id, mentee_id=everyone.mentee, now=SUNDAY)
    ask(everyone.stranger, TUESDAY_NINE + timedelta(days=1))


def test_the_week_of_the_intro_calls_begins_on_monday_of_the_mentors_clock(everyone: People) -> None:
    monday_nine = datetime(2026, 11, 30, 9, 0, tzinfo=ZoneInfo("Pacific/Auckland")).astimezone(UTC)
    with database.transaction() as db:
        db.get_one(MentorProfile, everyone.mentor).max_intros_per_week = 1
        db.get_one(SchedulePreferences, everyone.mentor).time_zone = "Pacific/Auckland"
        third = add_person(db, name="Ada Okoro", email="ada@example.org", zone="UTC")

    def ask(who: UUID, at: datetime) -> Booking:
        return hold(everyone, offering=everyone.intro, mentee=who, at=at)

    assert f"{monday_nine:%A}" == "Sunday"
    ask(everyone.mentee, monday_nine - timedelta(days=3))
    ask(everyone.stranger, monday_nine)
    with pytest.raises(IntrosFull):
        ask(third, monday_nine + timedelta(days=1))


def test_a_start_that_was_shown_a_moment_ago_is_accepted_when_it_still_fits(everyone: People) -> None:
    off_the_grid = TUESDAY_NINE + timedelta(minutes=5)

    with pytest.raises(SlotNotOffered):
        hold(everyone, at=off_the_grid)
    with database.transaction() as db:
        wish = service.Wish(everyone.cv_review, off_the_grid, offered=frozenset({off_the_grid}))
        booking = service.place_hold(db, mentee_id=everyone.mentee, wish=wish, now=SUNDAY)

    assert booking.starts_at == off_the_grid


@pytest.mark.parametrize(
    "closed_by", [{"min_notice_minutes": 60 * 24 * 7}, {"horizon_days": 1}, {"max_per_day": 0}], ids=str
)
def test_a_shown_start_the_mentor_has_closed_since_is_not_said_to_be_taken_by_somebody(
    everyone: People, closed_by: dict[str, int]
) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).sqlmodel_update(closed_by)

    with database.transaction() as db, pytest.raises(SlotNotOffered):
        wish = service.Wish(everyone.cv_review, TUESDAY_NINE, offered=frozenset({TUESDAY_NINE}))
        service.place_hold(db, mentee_id=everyone.mentee, wish=wish, now=SUNDAY)


@pytest.mark.parametrize("cap", ["max_per_day", "max_per_week"])
def test_a_shown_start_on_a_day_or_in_a_week_that_is_full_now_is_not_said_to_be_taken(
    everyone: People, cap: str
) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).sqlmodel_update({cap: 1})
    hold(everyone, mentee=everyone.stranger, at=TUESDAY_NINE + timedelta(hours=2))

    with database.transaction() as db, pytest.raises(SlotNotOffered):
        wish = service.Wish(everyone.cv_review, TUESDAY_NINE, offered=frozenset({TUESDAY_NINE}))
        service.place_hold(db, mentee_id=everyone.mentee, wish=wish, now=SUNDAY)


@pytest.mark.parametrize("taken", [TUESDAY_NINE, TUESDAY_NINE + timedelta(minutes=30)], ids=["it", "its second half"])
def test_a_shown_start_that_somebody_took_a_part_of_is_said_to_be_taken(everyone: People, taken: datetime) -> None:
    hold(everyone, mentee=everyone.stranger, at=taken)
    with database.transaction() as db:
        db.get_one(Offering, everyone.cv_review).minutes = 60

    with database.transaction() as db, pytest.raises(SlotTaken, match=r"^Someone has just taken that time\."):
        wish = service.Wish(everyone.cv_review, TUESDAY_NINE, offered=frozenset({TUESDAY_NINE}))
        service.place_hold(db, mentee_id=everyone.mentee, wish=wish, now=SUNDAY)


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 24, 9, 2, tzinfo=UTC),
        datetime(2026, 11, 24, 13, 0, tzinfo=UTC),
        datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
        datetime(2027, 11, 23, 9, 0, tzinfo=UTC),
    ],
    ids=["off the five minutes", "outside hours", "in the past", "beyond the horizon"],
)
def test_a_start_nobody_offers_is_refused_and_changes_nothing(everyone: People, at: datetime) -> None:
    with pytest.raises(SlotNotOffered):
        hold(everyone, at=at)

    with database.reading() as db:
        assert db.exec(select(Booking)).all() == []
        assert db.exec(select(Claim)).all() == []


def test_a_mentor_cannot_book_themselves(everyone: People) -> None:
    with pytest.raises(OwnOffering):
        hold(everyone, mentee=everyone.mentor)


def test_a_mentor_who_closed_takes_no_holds(everyone: People) -> None:
    with database.transaction() as db:
        db.get_one(MentorProfile, everyone.mentor).is_open = False

    with pytest.raises(MentorNotOpen):
        hold(everyone)


def test_only_the_holder_gives_a_time_back(everyone: People) -> None:
    booking = hold(everyone)

    with pytest.raises(NotFound), database.transaction() as db:
        service.give_back(db, booking_id=booking.id, mentee_id=everyone.stranger, now=SUNDAY)
    assert _status(booking) is Status.HELD
    with database.transaction() as db:
        service.give_back(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)

    assert _status(booking) is Status.EXPIRED
    with database.reading() as db:
        assert db.exec(select(Claim)).all() == []


def test_a_time_that_is_being_paid_for_can_neither_move_nor_go_back(everyone: People, start_paying) -> None:
    booking = hold(everyone)
    start_paying(booking)

    with pytest.raises(CheckoutInProgress):
        hold(everyone, at=TUESDAY_NINE + timedelta(minutes=30))
    with pytest.raises(CheckoutInProgress), database.transaction() as db:
        service.give_back(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)

    assert _status(booking) is Status.HELD


def test_nobody_keeps_a_time_for_ever_by_holding_it_again_and_again(everyone: People) -> None:
    first = SUNDAY - timedelta(days=2)
    for turn in range(5):
        hold(everyone, now=first + turn * timedelta(minutes=9))

    with pytest.raises(HeldTooOften):
        hold(everyone, now=first + timedelta(minutes=46))
    hold(everyone, at=TUESDAY_NINE + timedelta(hours=1), now=first + timedelta(minutes=47))
    hold(everyone, now=first + timedelta(hours=25))


def test_nobody_keeps_a_time_for_ever_by_opening_one_checkout_after_the_other(everyone: People, start_paying) -> None:
    booking = hold(everyone)
    start_paying(booking, now=SUNDAY + timedelta(minutes=9))
    start_paying(booking, now=SUNDAY + timedelta(minutes=42), number="2")

    with pytest.raises(HeldTooLong):
        start_paying(booking, now=SUNDAY + timedelta(minutes=75), number="3")


def _free(people: People, *, viewer: UUID) -> list[datetime]:
    with database.reading() as db:
        return queries.free_starts(
            db,
            mentor_id=people.mentor,
            offering_id=people.cv_review,
            since=SUNDAY,
            until=SUNDAY + timedelta(days=7),
            viewer_id=viewer,
            now=SUNDAY,
        )


def _status(booking: Booking) -> Status:
    with database.reading() as db:
        return db.get_one(Booking, booking.id).status


def test_an_event_beside_the_time_keeps_its_break_and_moves_the_grid(everyone: People) -> None:
    def at(clock: str) -> datetime:
        return datetime.fromisoformat(f"2026-11-24T{clock}+00:00")

    with database.transaction() as db:
        wants = db.get_one(SchedulePreferences, everyone.mentor)
        wants.buffer_before_minutes, wants.slot_step_minutes = 10, 45
        db.add(BusyBlock(mentor_id=everyone.mentor, starts_at=at("08:30"), ends_at=at("09:40")))

    for refused in ("09:45", "10:30"):
        with pytest.raises(SlotNotOffered):
            hold(everyone, at=at(refused))

    assert hold(everyone, at=at("10:00")).starts_at == at("10:00")


def test_a_hold_just_placed_is_the_row_the_database_keeps_and_can_be_changed_like_it(everyone: People) -> None:
    with database.transaction() as db:
        wish = service.Wish(offering_id=everyone.cv_review, starts_at=TUESDAY_NINE)
        placed = service.place_hold(db, mentee_id=everyone.mentee, wish=wish, now=SUNDAY)
        assert db.get(Booking, placed.id) is placed
        placed.title = "CV review, second look"

    with database.reading() as db:
        assert db.get_one(Booking, placed.id).model_dump() == placed.model_dump()
        assert db.get_one(Booking, placed.id).title == "CV review, second look"
