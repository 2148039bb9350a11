"""Tables of the notes: CRDT updates as they came, and the action items their lines became."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel, UniqueConstraint

from mentorhub.database.columns import UtcDateTime
from mentorhub.domain.common.ids import new_id


class NoteUpdate(SQLModel, table=True):
    """One update of a booking's shared document; together, in any order, they are the document."""

    __tablename__ = "note_update"

    id: int | None = Field(default=None, primary_key=True)
    booking_id: UUID = Field(foreign_key="booking.id", index=True)
    author_id: UUID = Field(foreign_key="user.id")
    content: bytes = Field(sa_type=LargeBinary)
    at: datetime = Field(sa_type=UtcDateTime)


class ActionItem(SQLModel, table=True):
    """What someone agreed to do: a line "[ ] text @who date" of the notes (PRODUCT.md E6)."""

    __tablename__ = "action_item"
    __table_args__ = (UniqueConstraint("booking_id", "line_key", name="uq_action_item_line"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    booking_id: UUID = Field(foreign_key="booking.id", index=True)
    line_key: str = Field(max_length=64, description="what identifies the line within the notes")
    owner_id: UUID = Field(foreign_key="user.id", index=True)
    text: str = Field(max_length=300)
    due_on: date | None = None
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
