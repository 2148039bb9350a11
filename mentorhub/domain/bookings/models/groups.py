"""Group sessions: one time, one mentor, several seats."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from mentorhub.database.columns import EnumText, UtcDateTime
from mentorhub.domain.catalog.models import Policy
from mentorhub.domain.common.ids import new_id


class GroupStatus(StrEnum):
    """Where a group session stands: its seats are sold, it took place, or it was called off."""

    OPEN = "open"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class GroupSession(SQLModel, table=True):
    """A time a mentor shares with several mentees; it owns the mentor's claims, each seat is a booking.

    `seats_taken` moves only by compare-and-swap. With fewer than `seats_needed` at `decide_by` it is called off.
    """

    __tablename__ = "group_session"
    __table_args__ = (
        CheckConstraint(
            "blocked_from <= starts_at AND starts_at < ends_at AND ends_at <= blocked_to", name="ck_group_session_span"
        ),
        CheckConstraint("0 <= seats_taken AND seats_taken <= seats", name="ck_group_session_seats"),
        CheckConstraint("1 <= seats_needed AND seats_needed <= seats", name="ck_group_session_needed"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mentor_id: UUID = Field(foreign_key="user.id")
    offering_id: UUID = Field(foreign_key="offering.id")
    title: str = Field(max_length=80)
    status: GroupStatus = Field(default=GroupStatus.OPEN, sa_type=EnumText(GroupStatus))
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    blocked_from: datetime = Field(sa_type=UtcDateTime)
    blocked_to: datetime = Field(sa_type=UtcDateTime)
    seats: int
    seats_taken: int = 0
    seats_needed: int
    decide_by: datetime = Field(sa_type=UtcDateTime)
    price_minor: int
    currency: str = Field(max_length=3)
    policy: Policy = Field(sa_type=EnumText(Policy))
    mentor_zone: str = Field(max_length=64)
    calendar_uid: str = Field(unique=True, max_length=80)
    version: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


Index("ix_group_session_mentor_starts", GroupSession.__table__.c.mentor_id, GroupSession.__table__.c.starts_at)  # type: ignore[attr-defined]
