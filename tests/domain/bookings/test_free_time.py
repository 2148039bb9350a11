"""The times a mentor offers, as the database knows them: the window's last day, full days and full weeks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from mentorhub import database
from mentorhub.domain.bookings.models import Booking, Claim, Status
from mentorhub.domain.bookings.queries import Draft, TimesView, times_as_edited, times_of, times_to_move
from mentorhub.domain.bookings.queries.series import DateStanding, plan_series
from mentorhub.domain.scheduling.models import SchedulePreferences
from mentorhub.domain.scheduling.rules import WeeklyHours
from mentorhub.domain.scheduling.rules.editing import Limits
from mentorhub.domain.scheduling.rules.series import Rhythm
from tests.domain.bookings.conftest import TUESDAY_NINE
from tests.people import SUNDAY, People, add_booking

SUNDAY_NIGHT = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)
"""23:30 of Sunday 29 November in Los Angeles, where the last of seven days ahead is Sunday 6 December."""
THAT_SUNDAY_IS_OVER = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
LATE = datetime(2026, 12, 7, 7, 45, tzinfo=UTC)
"""A quarter to midnight of that Sunday there: more than seven times twenty-four hours ahead."""


def live_in(db: Session, people: People, zone: str, **limits: int | None) -> None:
    wishes = db.get_one(SchedulePreferences, people.mentor)
    wishes.time_zone, wishes.min_notice_minutes = zone, 0
    for name, value in limits.items():
        setattr(wishes, name, value)


def offered(db: Session, people: People, *, since: datetime, until: datetime, now: datetime) -> TimesView | None:
    who = {"mentor_id": people.mentor, "offering_id": people.cv_review, "viewer_id": people.mentee}
    return times_of(db, since=since, until=until, now=now, **who)


def shown_to_the_mentee(db: Session, people: People) -> TimesView | None:
    return offered(db, people, since=SUNDAY_NIGHT, until=SUNDAY_NIGHT + timedelta(days=14), now=SUNDAY_NIGHT)


def shown_to_move(db: Session, people: People) -> TimesView | None:
    span = {"since": SUNDAY_NIGHT, "until": SUNDAY_NIGHT + timedelta(days=14), "now": SUNDAY_NIGHT}
    booking_id = add_booking(db, people, starts_at=SUNDAY_NIGHT + timedelta(days=2))
    return times_to_move(db, booking_id=booking_id, viewer_id=people.mentee, **span)


def shown_in_the_preview(db: Session, people: People) -> TimesView | None:
    draft = Draft((WeeklyHours(6, 1320, 1440),), Limits("America/Los_Angeles", min_notice_minutes=0, horizon_days=7))
    span = {"since": SUNDAY_NIGHT, "until": SUNDAY_NIGHT + timedelta(days=14), "now": SUNDAY_NIGHT}
    return times_as_edited(db, mentor_id=people.mentor, draft=draft, offering_id=people.cv_review, minutes=30, **span)


@pytest.mark.parametrize("shown", [shown_to_the_mentee, shown_to_move, shown_in_the_preview])
def test_the_last_day_one_can_book_counts_to_its_end_on_the_mentors_clock(
    everyone: People, shown: Callable[[Session, People], TimesView | None]
) -> None:
    with database.transaction() as db:
        live_in(db, everyone, "America/Los_Angeles", horizon_days=7)

        times = shown(db, everyone)

    assert times is not None
    assert times.last_day_ends == THAT_SUNDAY_IS_OVER


@pytest.mark.parametrize(
    ("first", "standing"), [(LATE, DateStanding.NOT_OPEN), (THAT_SUNDAY_IS_OVER, DateStanding.TOO_FAR)]
)
def test_a_closed_hour_of_the_last_day_is_not_called_too_far_ahead(
    everyone: People, first: datetime, standing: DateStanding
) -> None:
    with database.transaction() as db:
        live_in(db, everyone, "America/Los_Angeles", horizon_days=7)
    asked = {"offering_id": everyone.cv_review, "viewer_id": everyone.mentee, "rhythm": Rhythm.WEEKLY, "count": 2}

    with database.reading() as db:
        seen = plan_series(db, first=first, now=SUNDAY_NIGHT, **asked)

    assert seen.dates[0].standing is standing


def test_a_session_counts_into_the_week_it_starts_in_on_the_mentors_clock(everyone: People) -> None:
    two_on_monday_in_kolkata = datetime(2026, 11, 29, 20, 30, tzinfo=UTC)
    with database.transaction() as db:
        live_in(db, everyone, "Asia/Kolkata", max_per_week=1)
        add_booking(db, everyone, mentee=everyone.stranger, starts_at=two_on_monday_in_kolkata)

    with database.reading() as db:
        times = offered(db, everyone, since=SUNDAY, until=SUNDAY + timedelta(days=15), now=SUNDAY)

    assert times is not None
    assert {f"{start:%d %b}" for start in times.free} == {"23 Nov", "24 Nov", "25 Nov", "26 Nov", "27 Nov", "07 Dec"}


@pytest.mark.parametrize("cap", ["max_per_day", "max_per_week"])
def test_what_a_full_day_or_week_closes_is_told_from_what_a_session_takes(everyone: People, cap: str) -> None:
    with database.transaction() as db:
        live_in(db, everyone, "Europe/London", **{cap: 1})
        add_booking(db, everyone, mentee=everyone.stranger, starts_at=TUESDAY_NINE)

    with database.reading() as db:
        times = offered(db, everyone, since=SUNDAY, until=SUNDAY + timedelta(days=7), now=SUNDAY)

    assert times is not None
    assert TUESDAY_NINE in set(times.booked) - set(times.full)
    closed = {start.date() for start in times.full}
    assert (TUESDAY_NINE.date() in closed, len(closed)) == (True, 1 if cap == "max_per_day" else 5)
    assert set(times.full) < set(times.booked)


@pytest.mark.parametrize("cap", ["max_per_day", "max_per_week"])
def test_a_date_of_a_series_on_a_full_day_is_not_called_somebodys(everyone: People, cap: str) -> None:
    with database.transaction() as db:
        live_in(db, everyone, "Europe/London", **{cap: 1})
        add_booking(db, everyone, mentee=everyone.stranger, starts_at=TUESDAY_NINE)
    asked = {"offering_id": everyone.cv_review, "viewer_id": everyone.mentee, "rhythm": Rhythm.WEEKLY, "count": 2}

    with database.reading() as db:
        seen = plan_series(db, first=TUESDAY_NINE + timedelta(hours=2), now=SUNDAY, **asked)

    assert seen.dates[0].standing is DateStanding.FULL


@pytest.mark.parametrize("cap", ["max_per_day", "max_per_week"])
@pytest.mark.parametrize("status", Status)
def test_a_session_whose_time_was_kept_to_its_end_counts_for_the_caps_however_it_ended(
    everyone: People, status: Status, cap: str
) -> None:
    """As a group session does, whoever came: a cap is about the time a mentor gives (SCHEDULING.md A)."""
    is_full = status not in (Status.EXPIRED, Status.DECLINED, Status.CANCELLED)
    with database.transaction() as db:
        live_in(db, everyone, "Europe/London", **{cap: 1})
        booking_id = add_booking(db, everyone, mentee=everyone.stranger, status=status, starts_at=TUESDAY_NINE)
        if status in (Status.HELD, Status.REQUESTED):
            later = TUESDAY_NINE + timedelta(hours=2)
            db.get_one(Booking, booking_id).hold_expires_at = later if status is Status.HELD else None
            db.add(Claim(person_id=everyone.mentor, tick=1, booking_id=booking_id, until=later))
    an_hour_later = TUESDAY_NINE + timedelta(hours=1)

    with database.reading() as db:
        times = offered(db, everyone, since=SUNDAY, until=SUNDAY + timedelta(days=4), now=an_hour_later)

    assert times is not None
    assert any(start.date() == TUESDAY_NINE.date() for start in times.free) is not is_full
