"""A series before it is held: every date is looked at, and what stands in its way is named."""

from datetime import timedelta

import pytest

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.queries.series import DateStanding, SeriesView, plan_series
from mentorhub.domain.catalog.models import Offering, OfferingKind
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.money import Money
from mentorhub.domain.scheduling.models import DateOverride
from mentorhub.domain.scheduling.rules.series import Rhythm
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.people import SUNDAY, People, add_mentor, add_offering

WEEK = timedelta(weeks=1)


def plan(everyone: People, *, rhythm: Rhythm = Rhythm.WEEKLY, count: int = 4) -> SeriesView:
    with database.reading() as db:
        return plan_series(
            db,
            offering_id=everyone.cv_review,
            viewer_id=everyone.mentee,
            first=TUESDAY_NINE,
            rhythm=rhythm,
            count=count,
            now=SUNDAY,
        )


def test_every_date_of_a_free_series_is_free(everyone: People) -> None:
    seen = plan(everyone)

    assert [date.starts_at for date in seen.dates] == [TUESDAY_NINE + number * WEEK for number in range(4)]
    assert {date.standing for date in seen.dates} == {DateStanding.FREE}
    assert (seen.words, seen.price) == ("every week on Tuesday", Money(120000, "INR"))


def test_a_date_somebody_took_says_so_and_shows_what_is_near(everyone: People) -> None:
    hold(everyone, mentee=everyone.stranger, at=TUESDAY_NINE + WEEK)

    second = plan(everyone).dates[1]

    assert second.standing is DateStanding.TAKEN
    assert [f"{start:%a %H:%M}" for start in second.near] == ["Tue 09:30", "Tue 10:00", "Tue 10:30"]


def test_a_day_off_and_a_date_beyond_the_horizon_are_told_apart(everyone: People) -> None:
    with database.transaction() as db:
        db.add(DateOverride(mentor_id=everyone.mentor, day=(TUESDAY_NINE + WEEK).date()))

    seen = plan(everyone, count=12)

    assert seen.dates[1].standing is DateStanding.NOT_OPEN
    assert [f"{start:%a %d %H:%M}" for start in seen.dates[1].near] == ["Mon 30 10:30", "Mon 30 11:00", "Mon 30 11:30"]
    assert [date.standing for date in seen.dates[9:]] == [DateStanding.TOO_FAR] * 3
    assert not seen.dates[-1].near


def test_a_time_at_which_one_meets_somebody_else_is_named_and_never_offered_as_near(everyone: People) -> None:
    with database.transaction() as db:
        ana = add_mentor(db, name="Ana Lima", email="ana@example.org", zone="Europe/London")
        talk = add_offering(db, ana, kind=OfferingKind.CAREER_TALK, title="Talk", minutes=60, price_minor=0)
    held = hold(everyone, offering=talk, at=TUESDAY_NINE + WEEK)
    with database.transaction() as db:
        service.confirm_free(db, booking_id=held.id, mentee_id=everyone.mentee, now=SUNDAY)

    second = plan(everyone).dates[1]

    assert second.standing is DateStanding.YOU_ARE_BUSY
    assert [f"{start:%a %H:%M}" for start in second.near] == ["Tue 10:00", "Tue 10:30", "Tue 11:00"]


def test_ones_own_hold_does_not_stand_in_the_way_since_it_would_move(everyone: People) -> None:
    hold(everyone, at=TUESDAY_NINE + WEEK)

    assert plan(everyone).dates[1].standing is DateStanding.FREE


def test_near_times_are_never_dates_of_the_series_itself(everyone: People) -> None:
    with database.transaction() as db:
        db.add(DateOverride(mentor_id=everyone.mentor, day=(TUESDAY_NINE + 2 * WEEK).date()))

    seen = plan(everyone)

    planned = {date.starts_at for date in seen.dates}
    assert not planned & set(seen.dates[2].near)


def test_an_offering_nobody_sells_any_more_has_no_series(everyone: People) -> None:
    with database.transaction() as db:
        db.get_one(Offering, everyone.cv_review).is_active = False

    with pytest.raises(NotFound):
        plan(everyone)
