"""Tables of a mentor's time: preferences, availability rules, date overrides and busy blocks."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from mentorhub.database.columns import UtcDateTime
from mentorhub.domain.common.ids import new_id


class SchedulePreferences(SQLModel, table=True):
    """How a mentor's time is offered; minutes and days as in SCHEDULING.md part A."""

    __tablename__ = "schedule_preferences"

    mentor_id: UUID = Field(primary_key=True, foreign_key="user.id")
    time_zone: str = Field(max_length=64)
    slot_step_minutes: int = 30
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 5
    min_notice_minutes: int = 120
    horizon_days: int = 60
    max_per_day: int | None = 4
    max_per_week: int | None = None


class AvailabilityRule(SQLModel, table=True):
    """Weekly open hours on the mentor's wall clock, in minutes after midnight; 1440 is the day's end.

    With an offering, the rule replaces the general weekly rules for that offering.
    """

    __tablename__ = "availability_rule"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="ck_availability_rule_weekday"),
        CheckConstraint(
            "start_minute >= 0 AND start_minute < end_minute AND end_minute <= 1440",
            name="ck_availability_rule_span",
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mentor_id: UUID = Field(foreign_key="user.id", index=True)
    offering_id: UUID | None = Field(default=None, foreign_key="offering.id")
    weekday: int
    start_minute: int
    end_minute: int


class DateOverride(SQLModel, table=True):
    """Hours of one local date instead of the weekly rules; without a span the date is a day off."""

    __tablename__ = "date_override"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mentor_id: UUID = Field(foreign_key="user.id", index=True)
    day: date
    start_minute: int | None = None
    end_minute: int | None = None


class BusyBlock(SQLModel, table=True):
    """Time a mentor is not free, whatever the rules say."""

    __tablename__ = "busy_block"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mentor_id: UUID = Field(foreign_key="user.id")
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=120)


Index("ix_busy_block_mentor_ends", BusyBlock.__table__.c.mentor_id, BusyBlock.__table__.c.ends_at)  # type: ignore[attr-defined]
