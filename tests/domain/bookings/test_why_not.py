"""Why a time is not offered, as its mentor reads it; sessions that lie outside of the hours; on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorhub import database
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings.models import Claim, Status
from mentorhub.domain.bookings.queries import Draft, WhyNotView
from mentorhub.domain.bookings.rules import ticks
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.scheduling import queries as scheduling
from mentorhub.domain.scheduling import service
from mentorhub.domain.scheduling.models import CalendarImport, ImportedBusy
from mentorhub.domain.scheduling.rules import Rule, WeeklyHours
from mentorhub.domain.scheduling.rules.editing import HoursRow, Limits
from tests.people import SUNDAY, TUESDAY, People, add_booking

WEEK = tuple(WeeklyHours(day, 540, 720) for day in range(5))
LIMITS = Limits("Europe/London", 30, 0, 10, 120, 60, 4, None)


def at(clock: str, day: int = 24) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}+00:00").astimezone(UTC)


def why(people: People, start: datetime, **changes: object) -> WhyNotView:
    limits = Limits(**{**vars(LIMITS), **changes})  # type: ignore[arg-type]
    with database.reading() as db:
        return queries.why_not(
            db,
            mentor_id=people.mentor,
            draft=Draft(WEEK, limits),
            offering_id=people.cv_review,
            minutes=30,
            start=start,
            now=SUNDAY,
        )


def block(people: People, start: datetime, end: datetime, reason: str = "") -> None:
    with database.transaction() as db:
        service.block_out(db, actor_id=people.mentor, starts_at=start, ends_at=end, reason=reason, now=SUNDAY)


@pytest.mark.parametrize(
    ("start", "changes", "rule", "words"),
    [
        (at("09:00"), {}, None, "This time is offered."),
        (at("09:00", 28), {}, Rule.OUTSIDE_HOURS, "Outside your hours: no hours on Saturdays."),
        (at("14:00"), {}, Rule.OUTSIDE_HOURS, "Outside your hours: not open at that time."),
        (at("11:45"), {}, Rule.DOES_NOT_FIT, "A session of 30 min does not fit: your hours end before it would."),
        (at("09:00"), {"horizon_days": 1}, Rule.HORIZON, "More than 1 day ahead."),
        (at("09:00", 23), {"min_notice_minutes": 1440}, Rule.NOTICE, "Less than 24 h of notice, or already past."),
        (
            at("09:10"),
            {},
            Rule.OFF_GRID,
            "Not on the grid of starts: one every 30 minutes from each opening.",
        ),
    ],
)
def test_hours_notice_horizon_and_grid_are_told_in_words(
    everyone: People, start: datetime, changes: dict[str, object], rule: Rule | None, words: str
) -> None:
    assert why(everyone, start, **changes) == WhyNotView(rule, words)


def test_an_offering_that_is_asked_for_takes_its_own_notice_in_preview_and_reason(everyone: People) -> None:
    monday, soon = at("09:00", 23), at("09:00", 23) - timedelta(hours=3)
    with database.transaction() as db:
        db.get_one(Offering, everyone.cv_review).needs_approval = True

    def first_time(now: datetime) -> datetime:
        with database.reading() as db:
            return queries.times_as_edited(
                db,
                mentor_id=everyone.mentor,
                draft=Draft(WEEK, LIMITS),
                offering_id=everyone.cv_review,
                minutes=30,
                since=monday,
                until=monday + timedelta(days=1),
                now=now,
            ).free[0]

    with database.reading() as db:
        told = queries.why_not(
            db,
            mentor_id=everyone.mentor,
            draft=Draft(WEEK, LIMITS),
            offering_id=everyone.cv_review,
            minutes=30,
            start=monday,
            now=soon,
        )
    assert told == WhyNotView(Rule.NOTICE, "Less than 6 h of notice, or already past.")
    assert first_time(SUNDAY) == monday
    assert first_time(monday - timedelta(hours=5)) == monday + timedelta(hours=1)


def test_a_session_its_break_and_the_caps_are_named(everyone: People) -> None:
    with database.transaction() as db:
        add_booking(db, everyone, starts_at=at("10:00"))

    taken, beside, before = (why(everyone, at(clock)) for clock in ("10:15", "10:35", "09:45"))

    assert taken == WhyNotView(Rule.BOOKING, "Taken by CV review with Riya at 10:00.")
    assert beside == WhyNotView(Rule.BOOKING_BUFFER, "In the break around CV review with Riya at 10:00.")
    assert before.words == "A session of 30 min does not fit: it would run into CV review with Riya at 10:00."
    assert why(everyone, at("09:00"), max_per_day=1).words == "The day limit of 1 is reached."
    assert why(everyone, at("09:00", 26), max_per_week=1).words == "The week limit of 1 is reached."


def test_a_blocked_time_is_named_with_its_reason_and_an_import_as_such(everyone: People) -> None:
    block(everyone, at("09:00"), at("09:30"), "Dentist")
    with database.transaction() as db:
        calendar = CalendarImport(mentor_id=everyone.mentor, address="https://calendar.example/a", created_at=SUNDAY)
        db.add(calendar)
        db.flush()
        db.add(
            ImportedBusy(import_id=calendar.id, mentor_id=everyone.mentor, starts_at=at("11:00"), ends_at=at("12:00"))
        )

    assert why(everyone, at("09:00")).words == (
        "Taken by the time you blocked out (Dentist), Tue 24 Nov, 09:00 to 09:30."
    )
    assert why(everyone, at("11:00")).words == "Taken by your imported calendar, Tue 24 Nov, 11:00 to 12:00."


def test_a_claim_that_no_booking_explains_is_named_too(everyone: People) -> None:
    with database.transaction() as db:
        left = add_booking(db, everyone, status=Status.CANCELLED)
        db.add_all(Claim(person_id=everyone.mentor, tick=tick, booking_id=left) for tick in ticks(TUESDAY, at("09:30")))

    assert why(everyone, at("09:00")).rule is Rule.CLAIMED


def test_a_start_is_offered_exactly_when_nothing_is_told_against_it(everyone: People) -> None:
    with database.transaction() as db:
        add_booking(db, everyone, starts_at=at("10:00"))
        add_booking(db, everyone, starts_at=at("09:00", 26))
    block(everyone, at("11:00", 25), at("11:30", 25))
    limits = Limits(**{**vars(LIMITS), "max_per_week": 3})
    with database.reading() as db:
        times = queries.times_as_edited(
            db,
            mentor_id=everyone.mentor,
            draft=Draft(WEEK, limits),
            offering_id=everyone.cv_review,
            minutes=30,
            since=at("00:00"),
            until=at("00:00", 27),
            now=SUNDAY,
        )
        told = {
            start
            for start in (at("00:00") + timedelta(minutes=10 * step) for step in range(6 * 72))
            if queries.why_not(
                db,
                mentor_id=everyone.mentor,
                draft=Draft(WEEK, limits),
                offering_id=everyone.cv_review,
                minutes=30,
                start=start,
                now=SUNDAY,
            ).rule
            is None
        }

    assert told == set(times.free)
    assert told


def outside(people: People) -> list[tuple[datetime, str]]:
    with database.reading() as db:
        found = queries.sessions_outside_hours(db, mentor_id=people.mentor, now=SUNDAY)
    return [(session.starts_at, session.why) for session in found]


def test_blocked_time_a_day_off_and_shorter_hours_list_the_sessions_they_hit(everyone: People) -> None:
    with database.transaction() as db:
        for day in (24, 25, 26):
            add_booking(db, everyone, starts_at=at("11:00", day))
    untouched = outside(everyone)

    block(everyone, at("11:15"), at("11:20"))
    with database.transaction() as db:
        day_off = at("00:00", 25).date()
        service.change_days(db, actor_id=everyone.mentor, first=day_off, last=day_off, spans=(), now=SUNDAY)
    after_two = outside(everyone)
    with database.transaction() as db:
        service.replace_hours(db, actor_id=everyone.mentor, rows=[HoursRow(day, "09:00", "11:15") for day in range(5)])

    assert untouched == []
    assert after_two == [(at("11:00"), "blocked"), (at("11:00", 25), "closed")]
    assert outside(everyone)[2:] == [(at("11:00", 26), "closed")]


def test_a_block_keeps_its_time_free_until_it_is_taken_away(everyone: People) -> None:
    block(everyone, TUESDAY, TUESDAY + timedelta(hours=1))
    blocked = why(everyone, TUESDAY).rule
    with database.transaction() as db:
        (found,) = scheduling.schedule_of(db, mentor_id=everyone.mentor, now=SUNDAY).blocks
        service.open_again(db, actor_id=everyone.mentor, block_id=found.block_id)

    assert (blocked, why(everyone, TUESDAY).rule) == (Rule.BUSY, None)
