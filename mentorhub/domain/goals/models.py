"""Tables of the goals: a goal, its milestones, and the action items that lead to each."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from mentorhub.database.columns import UtcDateTime
from mentorhub.domain.common.ids import new_id


class Goal(SQLModel, table=True):
    """What a mentee wants to reach; its progress is done milestones over all."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    owner_id: UUID = Field(foreign_key="user.id", index=True)
    title: str = Field(max_length=120)
    why: str = Field(default="", max_length=400)
    target_on: date | None = None
    reached_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Milestone(SQLModel, table=True):
    """A station on the way to a goal."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    goal_id: UUID = Field(foreign_key="goal.id", index=True)
    title: str = Field(max_length=120)
    position: int
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MilestoneItem(SQLModel, table=True):
    """Ties an action item of the notes to the milestone it serves."""

    __tablename__ = "milestone_item"

    action_item_id: UUID = Field(primary_key=True, foreign_key="action_item.id")
    milestone_id: UUID = Field(foreign_key="milestone.id", index=True)
