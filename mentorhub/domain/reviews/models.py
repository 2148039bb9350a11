"""The table of reviews: at most one a booking, and only from people who met."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorhub.database.columns import UtcDateTime
from mentorhub.domain.common.ids import new_id


class Review(SQLModel, table=True):
    """What a mentee says about a session; `met_minutes` is how long both were in the room."""

    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 5", name="ck_review_stars"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    booking_id: UUID = Field(foreign_key="booking.id", unique=True)
    mentor_id: UUID = Field(foreign_key="user.id", index=True)
    author_id: UUID = Field(foreign_key="user.id")
    stars: int
    text: str = Field(max_length=2000)
    met_minutes: int
    created_at: datetime = Field(sa_type=UtcDateTime)
