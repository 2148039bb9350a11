"""Tables of a mentor's time: preferences, availability rules, date overrides, busy blocks, calendars."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from mentorhub.database.columns import EnumText, UtcDateTime
from mentorhub.domain.common.ids import new_id

CALENDAR_IS_DOWN_AFTER = timedelta(hours=1)
"""For how long a calendar elsewhere may fail before its mentor is told."""


class SchedulePreferences(SQLModel, table=True):
    """How a mentor's time is offered; minutes and days as in SCHEDULING.md part A."""

    __tablename__ = "schedule_preferences"

    mentor_id: UUID = Field(primary_key=True, foreign_key="user.id")
    time_zone: str = Field(max_length=64)
    slot_step_minutes: int | None = None
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


CALENDAR_RESTS_AT_MOST = timedelta(hours=2)
"""However long a calendar has been failing, it is tried again after this."""


class CalendarImport(SQLModel, table=True):
    """A calendar elsewhere whose events close a mentor's time; its last good copy is kept while it fails.

    `etag` and `digest` tell an unchanged copy; `failing_since` is the first of the failures in a row.
    """

    __tablename__ = "calendar_import"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mentor_id: UUID = Field(foreign_key="user.id", index=True)
    address: str = Field(max_length=2000)
    label: str = Field(default="", max_length=80)
    etag: str = Field(default="", max_length=300)
    digest: str = Field(default="", max_length=64)
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    good_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = Field(default="", max_length=300)
    created_at: datetime = Field(sa_type=UtcDateTime)

    @property
    def rests_until(self) -> datetime | None:
        """Until when a calendar that fails is not tried again by itself; `None` when it can be read."""
        if self.failing_since is None or self.checked_at is None:
            return None
        return self.checked_at + min(self.checked_at - self.failing_since, CALENDAR_RESTS_AT_MOST)


class ImportedBusy(SQLModel, table=True):
    """One span of an imported calendar in which the mentor is not free; nothing else of the event is kept."""

    __tablename__ = "imported_busy"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    import_id: UUID = Field(foreign_key="calendar_import.id", index=True)
    mentor_id: UUID = Field(foreign_key="user.id")
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)


class FeedKind(StrEnum):
    """What a calendar feed of a person tells: their sessions, or only when they are taken."""

    SESSIONS = "sessions"
    FREE_BUSY = "free_busy"


class CalendarFeed(SQLModel, table=True):
    """The secret address of one feed of a person; a new `generation` makes the addresses before it void."""

    __tablename__ = "calendar_feed"

    user_id: UUID = Field(primary_key=True, foreign_key="user.id")
    kind: FeedKind = Field(primary_key=True, sa_type=EnumText(FeedKind))
    generation: int = 1
    is_on: bool = True
    created_at: datetime = Field(sa_type=UtcDateTime)


Index("ix_busy_block_mentor_ends", BusyBlock.__table__.c.mentor_id, BusyBlock.__table__.c.ends_at)  # type: ignore[attr-defined]
Index("ix_imported_busy_mentor_ends", ImportedBusy.__table__.c.mentor_id, ImportedBusy.__table__.c.ends_at)  # type: ignore[attr-defined]
