"""One row for hold and booking, the claims it owns, its log and its presences."""

from datetime import datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from mentorhub.database.columns import EnumText, UtcDateTime
from mentorhub.domain.catalog.models import Policy
from mentorhub.domain.common.ids import new_id


class Status(StrEnum):
    """Where a booking stands; it moves only by compare-and-swap (DECISIONS.md 2)."""

    HELD = "held"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    MET = "met"
    SHORT = "short"
    MENTOR_ABSENT = "mentor_absent"
    MENTEE_ABSENT = "mentee_absent"
    NOBODY = "nobody"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    DECLINED = "declined"
    CANCELLED = "cancelled"

    @property
    def owns_claims(self) -> bool:
        """Whether the booking keeps its ticks taken."""
        return self in (Status.HELD, Status.REQUESTED, Status.CONFIRMED)

    @property
    def is_cancellable(self) -> bool:
        """Whether either side may still call it off."""
        return self in (Status.REQUESTED, Status.CONFIRMED)

    @property
    def is_over(self) -> bool:
        """Whether the time came and attendance settled it."""
        return self in (
            Status.MET,
            Status.SHORT,
            Status.MENTOR_ABSENT,
            Status.MENTEE_ABSENT,
            Status.NOBODY,
            Status.UNKNOWN,
        )

    @property
    def keeps_time(self) -> bool:
        """Whether the time is kept for the booking, or was to its end: it counts for caps, and as a seat taken."""
        return self.owns_claims or self.is_over


class Booking(SQLModel, table=True):
    """A time two people share. Price, fee, card cost and policy are copied when the hold is placed.

    With `by_request` the mentor is asked before it is booked, and the card is only authorised until then.
    `refund_from` is the start the refund policy counts from; a move inside the window keeps the earlier one.
    A seat of a group session names it and claims the mentee's time only. `mentor_coming_at` and
    `mentee_coming_at` are when each tapped "I'm coming" (PRODUCT.md D20).
    """

    __table_args__ = (
        CheckConstraint(
            "blocked_from <= starts_at AND starts_at < ends_at AND ends_at <= blocked_to", name="ck_booking_span"
        ),
        CheckConstraint("(status = 'held') = (hold_expires_at IS NOT NULL)", name="ck_booking_hold"),
        CheckConstraint("mentor_id <> mentee_id", name="ck_booking_two_people"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mentor_id: UUID = Field(foreign_key="user.id")
    mentee_id: UUID = Field(foreign_key="user.id")
    offering_id: UUID = Field(foreign_key="offering.id")
    title: str = Field(max_length=80)
    status: Status = Field(sa_type=EnumText(Status))
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    blocked_from: datetime = Field(sa_type=UtcDateTime)
    blocked_to: datetime = Field(sa_type=UtcDateTime)
    hold_expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    by_request: bool = False
    price_minor: int
    fee_minor: int
    card_minor: int
    currency: str = Field(max_length=3)
    policy: Policy = Field(sa_type=EnumText(Policy))
    refund_from: datetime = Field(sa_type=UtcDateTime)
    mentor_zone: str = Field(max_length=64)
    mentee_zone: str = Field(max_length=64)
    calendar_uid: str = Field(unique=True, max_length=80)
    version: int = 0
    intro_pair: str | None = Field(default=None, unique=True, max_length=80)
    series_id: UUID | None = None
    group_session_id: UUID | None = Field(default=None, foreign_key="group_session.id")
    mentor_coming_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    mentee_coming_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancelled_by: UUID | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def room_id(self) -> UUID:
        """Which room it takes place in: seats of a group session share one."""
        return self.group_session_id or self.id

    @property
    def own_mails(self) -> tuple[str, ...]:
        """Whose mails and reminders are about this booking alone: a group's mentor gets those of the whole session."""
        return ("mentor", "mentee") if self.group_session_id is None else ("mentee",)


class Claim(SQLModel, table=True):
    """One five-minute tick of one person, owned by one booking or group session: its key forbids an overlap."""

    __table_args__ = (CheckConstraint("(booking_id IS NULL) <> (group_session_id IS NULL)", name="ck_claim_one_owner"),)

    person_id: UUID = Field(primary_key=True, foreign_key="user.id")
    tick: int = Field(primary_key=True, description="minutes since the epoch, divided by five")
    booking_id: UUID | None = Field(default=None, foreign_key="booking.id", index=True)
    group_session_id: UUID | None = Field(default=None, foreign_key="group_session.id")
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def owner_id(self) -> UUID:
        """The booking or the group session the tick belongs to; the table's check sees that there is one."""
        return cast(UUID, self.booking_id or self.group_session_id)


class BookingChange(SQLModel, table=True):
    """The log of a booking: who moved it, from which status to which, when, and why."""

    __tablename__ = "booking_change"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    booking_id: UUID = Field(foreign_key="booking.id", index=True)
    actor_id: UUID | None = None
    was: str = Field(default="", max_length=32)
    became: str = Field(max_length=32)
    reason: str = Field(default="", max_length=200)
    at: datetime = Field(sa_type=UtcDateTime)


class Presence(SQLModel, table=True):
    """One stay of one participant in the room, as the media worker's journal tells it."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    booking_id: UUID = Field(foreign_key="booking.id", index=True)
    user_id: UUID = Field(foreign_key="user.id")
    joined_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AttendanceCursor(SQLModel, table=True):
    """How far the attendance journal of a media worker has been read."""

    __tablename__ = "attendance_cursor"

    journal: str = Field(primary_key=True, max_length=80)
    read_to: int = 0


def _index_of_few(column: Any) -> None:
    """An index of the rows that fill a column which most leave empty: the rest would be most of it and find nothing."""
    filled = column.is_not(None)
    Index(f"ix_{column.table.name}_{column.name}", column, postgresql_where=filled, sqlite_where=filled)


_booking, _claim = Booking.__table__, Claim.__table__  # type: ignore[attr-defined]
_index_of_few(_booking.c.series_id)
_index_of_few(_booking.c.group_session_id)
_index_of_few(_claim.c.group_session_id)
Index("ix_booking_mentor_starts", _booking.c.mentor_id, _booking.c.starts_at)
Index("ix_booking_mentee_starts", _booking.c.mentee_id, _booking.c.starts_at)
Index("ix_booking_status_ends", _booking.c.status, _booking.c.ends_at)
