"""What a week would look like with hours that are not saved yet: the very answer a mentee would get."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.bookings.queries.free_time import MentorTime, TimesView, load_time
from mentorhub.domain.scheduling.models import AvailabilityRule, SchedulePreferences
from mentorhub.domain.scheduling.rules import WeeklyHours, compute_slots
from mentorhub.domain.scheduling.rules.editing import Limits


def times_as_edited(
    db: Session,
    *,
    mentor_id: UUID,
    weekly: Sequence[WeeklyHours],
    limits: Limits,
    minutes: int,
    since: datetime,
    until: datetime,
    now: datetime,
) -> TimesView:
    """The starts of a session of `minutes` in `[since, until)` if these hours and limits were saved.

    Single days, busy time and sessions are those of the database; nothing is written.
    """
    preferences = SchedulePreferences(mentor_id=mentor_id, **vars(limits))
    rules = [
        AvailabilityRule(
            mentor_id=mentor_id, weekday=hours.weekday, start_minute=hours.start_minute, end_minute=hours.end_minute
        )
        for hours in weekly
    ]
    known = load_time(db, [mentor_id], now=now).get(mentor_id) or MentorTime(preferences)
    time = replace(known, preferences=preferences, rules=rules)
    request = time.request(offering_id=None, minutes=minutes, since=since, until=until, now=now)
    free = time.starts(request)
    open_otherwise = compute_slots(replace(request, bookings=(), max_per_day=None))
    booked = tuple(sorted(set(open_otherwise) - set(free)))
    return TimesView(tuple(free), booked, limits.time_zone, now + timedelta(days=limits.horizon_days))
