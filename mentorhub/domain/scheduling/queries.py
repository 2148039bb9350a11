"""Reads of a mentor's time as the hours form shows it; free time itself is read by `bookings.queries`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.scheduling.models import AvailabilityRule, DateOverride, SchedulePreferences
from mentorhub.domain.scheduling.rules import WeeklyHours
from mentorhub.domain.scheduling.rules.editing import Limits
from mentorhub.domain.scheduling.rules.request import Span


@dataclass(frozen=True)
class ChangedDaysView:
    """Dates in a row with the same hours instead of the weekly ones; no hours are days off."""

    first: date
    last: date
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class ScheduleView:
    """A mentor's limits, general weekly hours, and single days from today on; `is_new` before the first save."""

    limits: Limits
    weekly: tuple[WeeklyHours, ...]
    days: tuple[ChangedDaysView, ...]
    is_new: bool


def schedule_of(db: Session, *, mentor_id: UUID, now: datetime) -> ScheduleView:
    """What the hours form starts from; raises NotFound for an unknown person."""
    row = db.get(SchedulePreferences, mentor_id)
    limits = limits_of(row) if row is not None else Limits(time_zone=_zone_of(db, mentor_id))
    rules = db.exec(
        select(AvailabilityRule)
        .where(AvailabilityRule.mentor_id == mentor_id, col(AvailabilityRule.offering_id).is_(None))
        .order_by(col(AvailabilityRule.weekday), col(AvailabilityRule.start_minute))
    )
    today = now.astimezone(ZoneInfo(limits.time_zone)).date()
    overrides = db.exec(
        select(DateOverride)
        .where(DateOverride.mentor_id == mentor_id, DateOverride.day >= today)
        .order_by(col(DateOverride.day), col(DateOverride.start_minute))
    )
    return ScheduleView(
        limits=limits,
        weekly=tuple(WeeklyHours(rule.weekday, rule.start_minute, rule.end_minute) for rule in rules),
        days=tuple(_in_rows(_by_day(overrides))),
        is_new=row is None,
    )


def limits_of(row: SchedulePreferences) -> Limits:
    """The limits a row of preferences holds."""
    return Limits(
        time_zone=row.time_zone,
        slot_step_minutes=row.slot_step_minutes,
        buffer_before_minutes=row.buffer_before_minutes,
        buffer_after_minutes=row.buffer_after_minutes,
        min_notice_minutes=row.min_notice_minutes,
        horizon_days=row.horizon_days,
        max_per_day=row.max_per_day,
        max_per_week=row.max_per_week,
    )


def _zone_of(db: Session, user_id: UUID) -> str:
    user = db.get(User, user_id)
    if user is None:
        raise NotFound
    return user.time_zone


def _by_day(overrides: Iterable[DateOverride]) -> Iterator[tuple[date, tuple[Span, ...]]]:
    for day, rows in groupby(overrides, key=lambda row: row.day):
        spans = ((row.start_minute, row.end_minute) for row in rows)
        yield day, tuple((opens, closes) for opens, closes in spans if opens is not None and closes is not None)


def _in_rows(days: Iterable[tuple[date, tuple[Span, ...]]]) -> Iterator[ChangedDaysView]:
    """Days that follow each other with the same hours become one."""
    current: ChangedDaysView | None = None
    for day, spans in days:
        if current is not None and current.last + timedelta(days=1) == day and current.spans == spans:
            current = ChangedDaysView(current.first, day, spans)
            continue
        if current is not None:
            yield current
        current = ChangedDaysView(day, day, spans)
    if current is not None:
        yield current
