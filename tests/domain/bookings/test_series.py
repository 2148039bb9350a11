"""A series: held all or none, as one hold, each date counted for the others."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.errors import (
    BadSeries,
    NoSeriesHere,
    OwnOffering,
    SeriesConflicts,
    SlotTaken,
)
from mentorhub.domain.bookings.models import Booking, Claim, Intake, Status
from mentorhub.domain.catalog.models import Offering, OfferingKind
from mentorhub.domain.scheduling.models import SchedulePreferences
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.domain.bookings.series import MINUTE, THREE, WEEK, hold_series, stands, statuses
from tests.people import SUNDAY, People, add_mentor, add_offering, add_person


def test_all_of_a_series_is_held_together_and_costs_one_card_fee(everyone: People) -> None:
    series = hold_series(everyone)

    assert [booking.starts_at for booking in series] == list(THREE)
    assert len({booking.series_id for booking in series}) == 1
    assert series[0].series_id is not None
    assert [booking.fee_minor for booking in series] == [12000] * 3
    assert [booking.card_minor for booking in series] == [2533, 2533, 2534]
    assert {booking.hold_expires_at for booking in series} == {SUNDAY + 10 * MINUTE}
    stands()


def test_one_date_that_is_taken_lets_none_be_held_and_every_conflict_is_named_with_what_is_near(
    everyone: People,
) -> None:
    hold(everyone, mentee=everyone.stranger, at=THREE[1])
    earlier = hold(everyone, at=TUESDAY_NINE + timedelta(days=1))
    never = TUESDAY_NINE + timedelta(days=4)

    with pytest.raises(SeriesConflicts) as refusal:
        hold_series(everyone, *THREE, never)

    assert [conflict.starts_at for conflict in refusal.value.conflicts] == [never, THREE[1]]
    near = refusal.value.conflicts[1].near
    assert [f"{start:%a %d %H:%M}" for start in near] == ["Tue 01 09:30", "Tue 01 10:00", "Tue 01 10:30"]
    with database.reading() as db:
        assert db.get_one(Booking, earlier.id).status is Status.HELD
        assert {claim.booking_id for claim in db.exec(select(Claim))} > {earlier.id}
    assert len(statuses()) == 2
    stands()


def test_a_date_the_mentee_has_a_session_on_is_a_conflict_too(everyone: People) -> None:
    with database.transaction() as db:
        other = add_mentor(db, name="Elena Rossi", email="elena@example.org", zone="Europe/London")
        talk = add_offering(db, other, kind=OfferingKind.CAREER_TALK, title="Talk", minutes=30, price_minor=0)
    elsewhere = hold(everyone, offering=talk, at=THREE[2])
    with database.transaction() as db:
        service.confirm_free(db, booking_id=elsewhere.id, mentee_id=everyone.mentee, now=SUNDAY)

    with pytest.raises(SeriesConflicts) as refusal:
        hold_series(everyone)

    assert [(one.starts_at, one.reason) for one in refusal.value.conflicts] == [
        (THREE[2], "You already have Elena then.")
    ]


def test_the_sessions_of_a_series_count_for_the_caps_of_each_other(everyone: People) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).max_per_week = 2
    days = [TUESDAY_NINE + timedelta(days=day) for day in range(3)]

    with pytest.raises(SeriesConflicts) as refusal:
        hold_series(everyone, *days)

    assert [conflict.starts_at for conflict in refusal.value.conflicts] == [days[2]]
    assert len(hold_series(everyone, *days[:2])) == 2


@pytest.mark.parametrize("count", [1, 13])
def test_a_series_has_two_to_twelve_different_times(everyone: People, count: int) -> None:
    with pytest.raises(BadSeries):
        hold_series(everyone, *(TUESDAY_NINE + number * WEEK for number in range(count)))
    with pytest.raises(BadSeries):
        hold_series(everyone, TUESDAY_NINE, TUESDAY_NINE)


def test_what_the_mentor_answers_first_and_intro_calls_do_not_repeat(everyone: People) -> None:
    with pytest.raises(NoSeriesHere):
        hold_series(everyone, offering=everyone.intro)
    with pytest.raises(OwnOffering):
        hold_series(everyone, mentee=everyone.mentor)
    with database.transaction() as db:
        db.get_one(Offering, everyone.cv_review).needs_approval = True
    with pytest.raises(NoSeriesHere):
        hold_series(everyone)


def test_a_series_is_one_hold_which_ends_and_is_given_back_as_one(everyone: People) -> None:
    series = hold_series(everyone)
    hold(everyone, at=TUESDAY_NINE + timedelta(days=1))
    assert statuses().count(Status.EXPIRED) == 3

    series = hold_series(everyone)
    with database.transaction() as db:
        service.give_back(db, booking_id=series[1].id, mentee_id=everyone.mentee, now=SUNDAY)
    assert Status.HELD not in statuses()

    hold_series(everyone)
    with database.transaction() as db:
        service.expire_all_lapsed(db, now=SUNDAY + 10 * MINUTE)
    assert Status.HELD not in statuses()
    stands()


def test_the_intake_is_asked_once_for_all_of_a_series(everyone: People) -> None:
    series = hold_series(everyone)

    with database.transaction() as db:
        service.write_intake(
            db, booking_id=series[0].id, mentee_id=everyone.mentee, intake=service.IntakeForm(goal="A job"), now=SUNDAY
        )

    with database.reading() as db:
        assert {(intake.booking_id, intake.goal) for intake in db.exec(select(Intake))} == {
            (booking.id, "A job") for booking in series
        }


def test_of_two_people_who_want_a_series_with_one_date_in_common_one_gets_theirs(everyone: People) -> None:
    hold_series(everyone)
    other = [TUESDAY_NINE + timedelta(days=1), THREE[2]]

    with pytest.raises(SeriesConflicts):
        hold_series(everyone, *other, mentee=everyone.stranger)
    with pytest.raises(SlotTaken):
        hold(everyone, mentee=everyone.stranger, at=THREE[1])
    stands()


def test_of_eight_at_once_whose_series_share_one_date_exactly_one_has_all_of_theirs(everyone: People) -> None:
    with database.transaction() as db:
        rivals = [
            add_person(db, name=f"Rival {number}", email=f"rival{number}@example.org", zone="Asia/Kolkata")
            for number in range(8)
        ]
    gate, refused = threading.Barrier(8), Counter[str]()

    def want(number: int) -> None:
        own = TUESDAY_NINE + timedelta(days=1, minutes=30 * (number % 5))
        gate.wait()
        try:
            hold_series(everyone, own, THREE[2], mentee=rivals[number])
        except SeriesConflicts:
            refused["conflict"] += 1

    threads = [threading.Thread(target=want, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == {"conflict": 7}
    assert statuses() == [Status.HELD] * 2
    stands()
