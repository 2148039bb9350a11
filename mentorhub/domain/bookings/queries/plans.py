"""What a mentor set down about their time: limits, weekly hours and single days, read as text and understood once.

The same text always means the same plan, so what was understood is kept by its text: it cannot be out of date.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, ScalarSelect, Text, bindparam, cast, func, select
from sqlmodel import Session, col

from mentorhub.domain.scheduling.models import AvailabilityRule, DateOverride, SchedulePreferences
from mentorhub.domain.scheduling.rules import DayHours, WeeklyHours, to_day
from mentorhub.domain.scheduling.rules.editing import Limits

Whose = Callable[[Any], Any]
"""Narrows a statement to the rows of some people, by the column that names the person."""
_A_DAY_OR_TWO = timedelta(days=3)
_LIMITS = (
    "time_zone", "slot_step_minutes", "buffer_before_minutes", "buffer_after_minutes", "min_notice_minutes",
    "horizon_days", "max_per_day", "max_per_week",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """How a mentor's time is offered: limits, weekly hours by offering (`None`: the general ones), single days."""

    limits: Limits
    weekly: Mapping[UUID | None, tuple[WeeklyHours, ...]] = field(default_factory=dict)
    days: tuple[DayHours, ...] = ()

    def hours_of(self, offering_id: UUID | None) -> tuple[WeeklyHours, ...]:
        """The weekly hours of an offering, or the general ones where it has none of its own."""
        return self.weekly.get(offering_id) or self.weekly.get(None, ())


@lru_cache(maxsize=4096)
def plan_of(limits: str, weekly: str | None, days: str | None) -> Plan:
    """Understand the three texts that `columns` selects."""
    hours: dict[UUID | None, list[WeeklyHours]] = defaultdict(list)
    for offering, *minutes in listed(weekly):
        hours[UUID(offering) if offering else None].append(WeeklyHours(*minutes))
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for day, opens, closes in listed(days):
        of_day = spans[to_day(date.fromisoformat(day))]
        if opens is not None and closes is not None:
            of_day.append((opens, closes))
    return Plan(
        limits=Limits(*json.loads(limits)),
        weekly={offering: tuple(rules) for offering, rules in hours.items()},
        days=tuple(DayHours(day, tuple(minutes)) for day, minutes in sorted(spans.items())),
    )


def columns(dialect: str, whose: Whose) -> tuple[ScalarSelect[Any], ScalarSelect[Any], ScalarSelect[Any]]:
    """Limits, weekly hours and the single days from `first_day` to `last_day` of one person, as texts."""
    limits = select(row_text(dialect, *(getattr(SchedulePreferences, name) for name in _LIMITS)))
    rule, day = AvailabilityRule, DateOverride
    weekly = select(rows_text(dialect, rule.offering_id, rule.weekday, rule.start_minute, rule.end_minute))
    days = select(rows_text(dialect, day.day, day.start_minute, day.end_minute)).where(
        col(day.day) >= bindparam("first_day", type_=Date), col(day.day) <= bindparam("last_day", type_=Date)
    )
    return (
        limits.where(whose(SchedulePreferences.mentor_id)).scalar_subquery(),
        weekly.where(whose(rule.mentor_id)).scalar_subquery(),
        days.where(whose(day.mentor_id)).scalar_subquery(),
    )


def days_about(since: datetime, until: datetime) -> dict[str, date]:
    """The parameters of `columns`: the dates that a span of time can touch on any clock, and their neighbours."""
    return {"first_day": (since - _A_DAY_OR_TWO).date(), "last_day": (until + _A_DAY_OR_TWO).date()}


def plans_of(db: Session, people: Sequence[UUID], *, since: datetime, until: datetime) -> dict[UUID, Plan]:
    """The plans of those who have one, good for `[since, until)`."""
    found = db.execute(_PLANS[db.get_bind().dialect.name], {"people": people, **days_about(since, until)})
    return {mentor_id: plan_of(limits, weekly, days) for mentor_id, limits, weekly, days in found}


def row_text(dialect: str, *of: Any) -> Any:
    """The columns of a row as the text of a JSON list."""
    return cast(_as_list(dialect, *of), Text)


def rows_text(dialect: str, *of: Any) -> Any:
    """The columns of all rows as the text of a JSON list of lists; maybe null when there is no row."""
    together = func.json_agg if dialect == "postgresql" else func.json_group_array
    return cast(together(_as_list(dialect, *of)), Text)


def listed(text: str | None) -> list[list[Any]]:
    """The rows in a text of `rows_text`."""
    return json.loads(text) if text else []


def _as_list(dialect: str, *of: Any) -> Any:
    return (func.json_build_array if dialect == "postgresql" else func.json_array)(*of)


_PLANS = {
    dialect: select(
        col(SchedulePreferences.mentor_id),
        row_text(dialect, *(getattr(SchedulePreferences, name) for name in _LIMITS)),
        *columns(dialect, lambda person: person == SchedulePreferences.mentor_id)[1:],
    ).where(col(SchedulePreferences.mentor_id).in_(bindparam("people", expanding=True)))
    for dialect in ("sqlite", "postgresql")
}
