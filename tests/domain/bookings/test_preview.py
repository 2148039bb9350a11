"""Hours that are not saved yet give the very times a mentee would get once they were."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentorhub import database
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings.queries import Draft, TimesView
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.scheduling import queries as scheduling
from mentorhub.domain.scheduling import service
from mentorhub.domain.scheduling.rules import WeeklyHours
from mentorhub.domain.scheduling.rules.editing import HoursRow, Limits
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.people import SUNDAY, People

UNTIL = SUNDAY + timedelta(days=7)
EVENING = (WeeklyHours(1, 1080, 1200), WeeklyHours(5, 600, 780))
LIMITS = Limits("Europe/London", 15, 5, 10, 60, 30, 3, 4)


def edited(people: People, weekly: tuple[WeeklyHours, ...], limits: Limits, *, minutes: int = 30) -> TimesView:
    with database.reading() as db:
        return queries.times_as_edited(
            db,
            mentor_id=people.mentor,
            draft=Draft(weekly, limits),
            offering_id=people.cv_review,
            minutes=minutes,
            since=SUNDAY,
            until=UNTIL,
            now=SUNDAY,
        )


def offered(people: People) -> TimesView | None:
    with database.reading() as db:
        return queries.times_of(
            db,
            mentor_id=people.mentor,
            offering_id=people.cv_review,
            since=SUNDAY,
            until=UNTIL,
            viewer_id=None,
            now=SUNDAY,
        )


def test_what_is_shown_before_saving_is_what_is_offered_after_it(everyone: People) -> None:
    hold(everyone)
    promised = edited(everyone, EVENING, LIMITS)

    with database.transaction() as db:
        rows = [HoursRow(1, "18:00", "20:00"), HoursRow(5, "10:00", "13:00")]
        service.save_schedule(db, actor_id=everyone.mentor, rows=rows, limits=LIMITS)

    assert promised == offered(everyone)
    assert promised.free


@pytest.mark.parametrize(("minutes", "step", "apart"), [(30, None, 30), (60, None, 30), (45, None, 15), (45, 30, 30)])
def test_starts_lie_apart_as_suits_the_length_unless_the_mentor_named_a_step(
    everyone: People, minutes: int, step: int | None, apart: int
) -> None:
    limits = Limits("Europe/London", slot_step_minutes=step)

    free = edited(everyone, (WeeklyHours(1, 540, 720),), limits, minutes=minutes).free

    assert free[:3] == tuple(TUESDAY_NINE + timedelta(minutes=apart * number) for number in range(3))
    assert free[-1] == TUESDAY_NINE + timedelta(minutes=(180 - minutes) // apart * apart)


def test_looking_at_a_draft_changes_nothing(everyone: People) -> None:
    before = offered(everyone)

    edited(everyone, EVENING, LIMITS)

    assert offered(everyone) == before


def test_a_booked_time_shows_as_taken_in_the_draft(everyone: People) -> None:
    hold(everyone)

    times = edited(everyone, (WeeklyHours(1, 540, 720),), replace(LIMITS, slot_step_minutes=30))

    assert TUESDAY_NINE in times.booked
    assert TUESDAY_NINE not in times.free


@pytest.mark.parametrize("weekly", [(), (WeeklyHours(1, 540, 600),)])
def test_a_mentor_who_never_saved_hours_can_look_at_a_draft(everyone: People, weekly: tuple[WeeklyHours, ...]) -> None:
    with database.transaction() as db:
        catalog.become_mentor(db, user_id=everyone.stranger, now=SUNDAY)
    with database.reading() as db:
        fresh = scheduling.schedule_of(db, mentor_id=everyone.stranger, now=SUNDAY)

    times = edited(replace(everyone, mentor=everyone.stranger), weekly, fresh.limits)

    assert len(times.free) == len(weekly) * 2
