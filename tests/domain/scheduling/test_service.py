"""Hours, single days and limits as a mentor sets them, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.domain.bookings.queries import free_starts
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.catalog.errors import NotAMentor
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.scheduling import queries, service
from mentorhub.domain.scheduling.models import AvailabilityRule, DateOverride, SchedulePreferences
from mentorhub.domain.scheduling.queries import ChangedDaysView, ScheduleView
from mentorhub.domain.scheduling.rules import WeeklyHours
from mentorhub.domain.scheduling.rules.editing import HoursRow, Limits
from tests.people import SUNDAY, People, add_mentor, add_person

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
LONDON = Limits(time_zone="Europe/London")


class Heard:
    """Topics published since the test began."""

    def __init__(self) -> None:
        self.topics: list[str] = []


@pytest.fixture
def heard() -> Iterator[Heard]:
    ear = Heard()
    database.publish_after_commit(ear.topics.append)
    yield ear
    database.publish_after_commit(None)


def schedule(mentor_id: UUID) -> ScheduleView:
    with database.reading() as db:
        return queries.schedule_of(db, mentor_id=mentor_id, now=SUNDAY)


def open_hours(mentor_id: UUID, *rows: HoursRow) -> None:
    with database.transaction() as db:
        service.replace_hours(db, actor_id=mentor_id, rows=rows)


def change(mentor_id: UUID, first: date, last: date, *spans: tuple[str, str]) -> None:
    with database.transaction() as db:
        service.change_days(db, actor_id=mentor_id, first=first, last=last, spans=spans, now=SUNDAY)


def starts_on(everyone: People, day: date) -> list[str]:
    since = datetime(day.year, day.month, day.day, tzinfo=UTC)
    with database.reading() as db:
        found = free_starts(
            db,
            mentor_id=everyone.mentor,
            offering_id=everyone.cv_review,
            since=since,
            until=since + timedelta(days=1),
            viewer_id=None,
            now=SUNDAY,
        )
    return [f"{start:%H:%M}" for start in found]


def test_new_weekly_hours_take_the_place_of_all_the_old_ones(everyone: People) -> None:
    open_hours(everyone.mentor, HoursRow(1, "10:00", "11:00"))

    assert schedule(everyone.mentor).weekly == (WeeklyHours(1, 600, 660),)
    assert starts_on(everyone, TUESDAY) == ["10:00", "10:30"]
    assert starts_on(everyone, WEDNESDAY) == []


def test_overlapping_and_touching_hours_of_a_day_become_one(everyone: People) -> None:
    rows = [HoursRow(1, "09:00", "12:00"), HoursRow(1, "11:00", "13:00"), HoursRow(1, "13:00", "13:30")]

    open_hours(everyone.mentor, *rows)

    assert schedule(everyone.mentor).weekly == (WeeklyHours(1, 540, 810),)


def test_hours_may_end_at_midnight_written_either_way(everyone: People) -> None:
    open_hours(everyone.mentor, HoursRow(1, "22:00", "24:00"), HoursRow(3, "23:00", "00:00"))

    assert schedule(everyone.mentor).weekly == (WeeklyHours(1, 1320, 1440), WeeklyHours(3, 1380, 1440))
    assert starts_on(everyone, TUESDAY) == ["22:00", "22:30", "23:00", "23:30"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (HoursRow(5, "12:00", "11:00"), "The end is before the start."),
        (HoursRow(5, "12:00", "12:00"), "The end is the same as the start."),
        (HoursRow(5, "09:02", "11:00"), "Times come in steps of 5 minutes."),
        (HoursRow(5, "09:00", "11:01"), "Times come in steps of 5 minutes."),
        (HoursRow(5, "", "11:00"), "Please enter a time such as 09:30."),
        (HoursRow(5, "noon", "13:00"), "Please enter a time such as 09:30."),
        (HoursRow(5, "09:00", "25:00"), "Please enter a time such as 09:30."),
        (HoursRow(5, "09:60", "11:00"), "Please enter a time such as 09:30."),
        (HoursRow(7, "09:00", "11:00"), "That is no day of the week."),
    ],
)
def test_a_row_that_makes_no_sense_is_named_and_nothing_is_saved(
    everyone: People, row: HoursRow, sentence: str
) -> None:
    before = schedule(everyone.mentor)

    with pytest.raises(FieldError) as refused:
        open_hours(everyone.mentor, HoursRow(1, "09:00", "10:00"), row)

    assert (refused.value.field, str(refused.value)) == ("row-1", sentence)
    assert schedule(everyone.mentor) == before


def test_a_day_takes_eight_spans_and_not_nine(everyone: People) -> None:
    eight = [HoursRow(1, f"{hour}:00", f"{hour}:30") for hour in range(8, 16)]

    open_hours(everyone.mentor, *eight)
    with pytest.raises(FieldError, match="room for 8 spans"):
        open_hours(everyone.mentor, *eight, HoursRow(1, "17:00", "17:30"))

    assert len(schedule(everyone.mentor).weekly) == 8


def test_no_hours_at_all_close_the_week(everyone: People) -> None:
    open_hours(everyone.mentor)

    assert schedule(everyone.mentor).weekly == ()
    assert starts_on(everyone, TUESDAY) == []


def test_hours_of_a_single_offering_outlive_new_general_hours(everyone: People) -> None:
    with database.transaction() as db:
        db.add(
            AvailabilityRule(
                mentor_id=everyone.mentor,
                offering_id=everyone.cv_review,
                weekday=1,
                start_minute=1080,
                end_minute=1140,
            )
        )

    open_hours(everyone.mentor, HoursRow(1, "10:00", "11:00"))

    assert schedule(everyone.mentor).weekly == (WeeklyHours(1, 600, 660),)
    assert starts_on(everyone, TUESDAY) == ["18:00", "18:30"]


def test_every_change_tells_those_who_look_at_the_times(everyone: People, heard: Heard) -> None:
    open_hours(everyone.mentor, HoursRow(1, "10:00", "11:00"))
    change(everyone.mentor, TUESDAY, TUESDAY)
    with database.transaction() as db:
        service.restore_days(db, actor_id=everyone.mentor, first=TUESDAY, last=TUESDAY)
    with database.transaction() as db:
        service.set_limits(db, actor_id=everyone.mentor, limits=LONDON)

    assert heard.topics == [topics.grid_of(everyone.mentor)] * 4


def test_a_refused_change_tells_nobody(everyone: People, heard: Heard) -> None:
    with pytest.raises(FieldError):
        open_hours(everyone.mentor, HoursRow(1, "12:00", "11:00"))

    assert heard.topics == []


def test_a_day_off_closes_that_date_only(everyone: People) -> None:
    change(everyone.mentor, TUESDAY, TUESDAY)

    assert starts_on(everyone, TUESDAY) == []
    assert starts_on(everyone, WEDNESDAY) != []
    assert schedule(everyone.mentor).days == (ChangedDaysView(TUESDAY, TUESDAY, ()),)


def test_other_hours_of_a_date_replace_its_weekly_ones_until_they_are_taken_back(everyone: People) -> None:
    usual = starts_on(everyone, TUESDAY)

    change(everyone.mentor, TUESDAY, TUESDAY, ("16:00", "17:00"), ("16:30", "17:30"))
    moved = starts_on(everyone, TUESDAY)
    with database.transaction() as db:
        service.restore_days(db, actor_id=everyone.mentor, first=TUESDAY, last=TUESDAY)

    assert moved == ["16:00", "16:30", "17:00"]
    assert starts_on(everyone, TUESDAY) == usual
    assert schedule(everyone.mentor).days == ()


def test_days_in_a_row_read_as_one_line_and_a_second_change_splits_it(everyone: People) -> None:
    change(everyone.mentor, date(2026, 12, 24), date(2027, 1, 2))
    change(everyone.mentor, date(2026, 12, 28), date(2026, 12, 28), ("10:00", "12:00"))

    assert schedule(everyone.mentor).days == (
        ChangedDaysView(date(2026, 12, 24), date(2026, 12, 27), ()),
        ChangedDaysView(date(2026, 12, 28), date(2026, 12, 28), ((600, 720),)),
        ChangedDaysView(date(2026, 12, 29), date(2027, 1, 2), ()),
    )


def test_days_that_have_passed_on_the_mentors_clock_are_not_shown(everyone: People) -> None:
    with database.transaction() as db:
        db.add(DateOverride(mentor_id=everyone.mentor, day=SUNDAY.date() - timedelta(days=1)))
        db.add(DateOverride(mentor_id=everyone.mentor, day=SUNDAY.date()))

    assert [view.first for view in schedule(everyone.mentor).days] == [SUNDAY.date()]


@pytest.mark.parametrize(
    ("first", "last", "spans", "field"),
    [
        (date(2026, 11, 21), TUESDAY, (), "first"),
        (TUESDAY, date(2026, 11, 23), (), "last"),
        (TUESDAY, TUESDAY + timedelta(days=92), (), "last"),
        (date(2028, 12, 1), date(2028, 12, 1), (), "last"),
        (TUESDAY, TUESDAY, (("12:00", "11:00"),), "end"),
        (TUESDAY, TUESDAY, (("12:01", "13:00"),), "start"),
    ],
)
def test_a_change_of_days_that_makes_no_sense_is_refused_beside_its_field(
    everyone: People, first: date, last: date, spans: tuple[tuple[str, str], ...], field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        change(everyone.mentor, first, last, *spans)

    assert refused.value.field == field
    assert schedule(everyone.mentor).days == ()


def test_limits_are_kept_as_they_were_set(everyone: People) -> None:
    wanted = Limits("Asia/Kolkata", 15, 10, 20, 1440, 30, None, 8)

    with database.transaction() as db:
        service.set_limits(db, actor_id=everyone.mentor, limits=wanted)

    assert schedule(everyone.mentor).limits == wanted


def test_hours_stay_on_the_mentors_clock_when_the_zone_changes(everyone: People) -> None:
    with database.transaction() as db:
        service.set_limits(db, actor_id=everyone.mentor, limits=Limits("Asia/Kolkata", max_per_day=None))

    assert starts_on(everyone, TUESDAY)[0] == "03:30"


@pytest.mark.parametrize(
    "limits",
    [
        replace(LONDON, time_zone="Europe/Pune"),
        replace(LONDON, time_zone=""),
        replace(LONDON, slot_step_minutes=7),
        replace(LONDON, slot_step_minutes=0),
        replace(LONDON, buffer_before_minutes=-5),
        replace(LONDON, buffer_before_minutes=7),
        replace(LONDON, buffer_after_minutes=125),
        replace(LONDON, min_notice_minutes=14 * 1440 + 5),
        replace(LONDON, min_notice_minutes=61),
        replace(LONDON, horizon_days=0),
        replace(LONDON, horizon_days=366),
        replace(LONDON, max_per_day=0),
        replace(LONDON, max_per_day=21),
        replace(LONDON, max_per_week=0),
        replace(LONDON, max_per_week=61),
    ],
)
def test_a_limit_out_of_bounds_is_refused_under_its_own_name(everyone: People, limits: Limits) -> None:
    before = schedule(everyone.mentor)
    changed = next(name for name, value in vars(limits).items() if value != getattr(LONDON, name))

    with database.transaction() as db, pytest.raises(FieldError) as refused:
        service.set_limits(db, actor_id=everyone.mentor, limits=limits)

    assert refused.value.field == changed
    assert schedule(everyone.mentor) == before


@pytest.mark.parametrize(
    "limits",
    [
        replace(LONDON, buffer_before_minutes=120, buffer_after_minutes=0, min_notice_minutes=14 * 1440),
        replace(LONDON, horizon_days=1, max_per_day=1, max_per_week=60),
        replace(LONDON, horizon_days=365, max_per_day=20, max_per_week=1, min_notice_minutes=0),
    ],
)
def test_limits_at_their_very_bounds_are_taken(everyone: People, limits: Limits) -> None:
    with database.transaction() as db:
        service.set_limits(db, actor_id=everyone.mentor, limits=limits)

    assert schedule(everyone.mentor).limits == limits


def test_hours_and_limits_are_saved_together_or_not_at_all(everyone: People) -> None:
    before = schedule(everyone.mentor)
    rows = [HoursRow(6, "10:00", "12:00")]

    with pytest.raises(FieldError), database.transaction() as db:
        service.save_schedule(db, actor_id=everyone.mentor, rows=rows, limits=replace(LONDON, horizon_days=0))
    unchanged = schedule(everyone.mentor)
    with database.transaction() as db:
        service.save_schedule(db, actor_id=everyone.mentor, rows=rows, limits=replace(LONDON, horizon_days=9))

    assert unchanged == before
    assert schedule(everyone.mentor).weekly == (WeeklyHours(6, 600, 720),)
    assert schedule(everyone.mentor).limits.horizon_days == 9


def test_a_new_mentor_starts_with_the_usual_limits_in_the_zone_of_their_account(everyone: People) -> None:
    with database.transaction() as db:
        catalog.become_mentor(db, user_id=everyone.mentee, now=SUNDAY)

    before = schedule(everyone.mentee)
    open_hours(everyone.mentee, HoursRow(0, "18:00", "20:00"))

    assert (before.is_new, before.limits) == (True, Limits("Asia/Kolkata"))
    after = schedule(everyone.mentee)
    assert (after.is_new, after.limits, after.weekly) == (False, before.limits, (WeeklyHours(0, 1080, 1200),))


def test_somebody_without_a_mentor_profile_has_no_hours_to_set(everyone: People) -> None:
    for stranger in (everyone.stranger, uuid4()):
        with pytest.raises(NotAMentor):
            open_hours(stranger, HoursRow(1, "09:00", "10:00"))
        with pytest.raises(NotAMentor):
            change(stranger, TUESDAY, TUESDAY)
        with database.transaction() as db, pytest.raises(NotAMentor):
            service.restore_days(db, actor_id=stranger, first=TUESDAY, last=TUESDAY)
        with database.transaction() as db, pytest.raises(NotAMentor):
            service.set_limits(db, actor_id=stranger, limits=LONDON)
    with database.reading() as db:
        assert db.get(SchedulePreferences, everyone.stranger) is None


def test_one_mentors_changes_leave_another_mentors_time_alone(everyone: People) -> None:
    with database.transaction() as db:
        other = add_mentor(db, name="Wei Zhang", email="wei@example.org", zone="Asia/Singapore")
        db.add(DateOverride(mentor_id=other, day=TUESDAY))
    before = schedule(other)

    open_hours(everyone.mentor)
    with database.transaction() as db:
        service.restore_days(db, actor_id=everyone.mentor, first=TUESDAY, last=TUESDAY)
        service.set_limits(db, actor_id=everyone.mentor, limits=replace(LONDON, horizon_days=9))

    assert schedule(other) == before


def test_the_hours_of_nobody_are_not_found(db: Session) -> None:
    add_person(db, name="Riya Patil", email="riya@example.org", zone="Asia/Kolkata")

    with pytest.raises(NotFound):
        queries.schedule_of(db, mentor_id=uuid4(), now=SUNDAY)

    assert db.exec(select(SchedulePreferences)).all() == []
