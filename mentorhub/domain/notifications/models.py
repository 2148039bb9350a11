"""Tables of the notices: what a person was told, by which way they want to hear, and when they sleep."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from mentorhub.database.columns import UtcDateTime
from mentorhub.domain.common.ids import new_id


class Notification(SQLModel, table=True):
    """One fact told to one person in the product; `key` makes it one however often it is written."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="user.id")
    key: str = Field(unique=True, max_length=160)
    kind: str = Field(max_length=40)
    text: str = Field(max_length=300)
    address: str = Field(default="", max_length=200, description="the page it leads to, as a path")
    created_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NoticeSwitch(SQLModel, table=True):
    """Whether a person wants one kind of notice in the product and by mail; without a row both are on."""

    __tablename__ = "notice_switch"

    user_id: UUID = Field(primary_key=True, foreign_key="user.id")
    kind: str = Field(primary_key=True, max_length=40)
    in_product: bool = True
    by_mail: bool = True


class QuietHours(SQLModel, table=True):
    """When a person wants no mail that can wait, in minutes after midnight on their own clock."""

    __tablename__ = "quiet_hours"
    __table_args__ = (
        CheckConstraint(
            "0 <= from_minute AND from_minute < 1440 AND 0 <= to_minute AND to_minute < 1440", name="ck_quiet_hours"
        ),
    )

    user_id: UUID = Field(primary_key=True, foreign_key="user.id")
    from_minute: int
    to_minute: int


Index("ix_notification_user_created", Notification.__table__.c.user_id, Notification.__table__.c.created_at)  # type: ignore[attr-defined]
