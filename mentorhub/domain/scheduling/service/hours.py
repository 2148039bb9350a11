"""Verbs of a mentor's time: weekly hours, single days and limits. Each acts on the actor's own time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, delete, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.catalog.errors import NotAMentor
from mentorhub.domain.catalog.models import MentorProfile
from mentorhub.domain.common import topics
from mentorhub.domain.scheduling.models import AvailabilityRule, DateOverride, SchedulePreferences
from mentorhub.domain.scheduling.rules.editing import (
    HoursRow,
    Limits,
    checked_days,
    checked_limits,
    checked_week,
)


def replace_hours(db: Session, *, actor_id: UUID, rows: Sequence[HoursRow]) -> None:
    """Open these hours every week in place of the ones before; hours of single offerings stay.

    Overlapping and touching rows are joined. Raises FieldError ("row-" and the place of the row), NotAMentor.
    """
    week = checked_week(rows)
    _own_preferences(db, actor_id)
    db.exec(
        delete(AvailabilityRule).where(
            col(AvailabilityRule.mentor_id) == actor_id, col(AvailabilityRule.offering_id).is_(None)
        )
    )
    db.add_all(
        AvailabilityRule(
            mentor_id=actor_id, weekday=hours.weekday, start_minute=hours.start_minute, end_minute=hours.end_minute
        )
        for hours in week
    )
    topics.announce(db, topics.grid_of(actor_id))


def set_limits(db: Session, *, actor_id: UUID, limits: Limits) -> None:
    """Set zone, step, breaks, notice, horizon and caps; raises FieldError named for the limit, NotAMentor.

    Booked sessions keep their moment and their price, whatever changes.
    """
    checked = checked_limits(limits)
    row = _own_preferences(db, actor_id)
    for name, value in vars(checked).items():
        setattr(row, name, value)
    topics.announce(db, topics.grid_of(actor_id))


def save_schedule(db: Session, *, actor_id: UUID, rows: Sequence[HoursRow], limits: Limits) -> None:
    """Weekly hours and limits at once, both or neither; raises what `replace_hours` and `set_limits` raise."""
    replace_hours(db, actor_id=actor_id, rows=rows)
    set_limits(db, actor_id=actor_id, limits=limits)


def change_days(
    db: Session,
    *,
    actor_id: UUID,
    first: date,
    last: date,
    spans: Iterable[tuple[str, str]],
    now: datetime,
) -> None:
    """Open other hours from `first` to `last` than every week, or none at all; replaces earlier changes there.

    Booked sessions stay. Raises FieldError on "first", "last", "start" or "end", NotAMentor.
    """
    row = _own_preferences(db, actor_id)
    today = now.astimezone(ZoneInfo(row.time_zone)).date()
    days, minutes = checked_days(first, last, spans, today=today)
    _forget_days(db, actor_id, first, last)
    for day in days:
        if not minutes:
            db.add(DateOverride(mentor_id=actor_id, day=day))
        db.add_all(
            DateOverride(mentor_id=actor_id, day=day, start_minute=opens, end_minute=closes)
            for opens, closes in minutes
        )
    topics.announce(db, topics.grid_of(actor_id))


def restore_days(db: Session, *, actor_id: UUID, first: date, last: date) -> None:
    """Go back to the weekly hours from `first` to `last`; raises NotAMentor."""
    _own_preferences(db, actor_id)
    _forget_days(db, actor_id, first, last)
    topics.announce(db, topics.grid_of(actor_id))


def _forget_days(db: Session, actor_id: UUID, first: date, last: date) -> None:
    within = col(DateOverride.day).between(first, last)
    db.exec(delete(DateOverride).where(col(DateOverride.mentor_id) == actor_id, within))


def _own_preferences(db: Session, actor_id: UUID) -> SchedulePreferences:
    """The actor's preferences, made on the first save; their row is locked, so two tabs never mix."""
    user = db.exec(select(User).where(User.id == actor_id).with_for_update()).first()
    if user is None or db.get(MentorProfile, actor_id) is None:
        raise NotAMentor
    row = db.get(SchedulePreferences, actor_id)
    if row is None:
        row = SchedulePreferences(mentor_id=actor_id, time_zone=user.time_zone)
        db.add(row)
        db.flush()
    return row
