"""Reads of goals: a person's own, each with its milestones and the action items that serve them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.goals.models import Goal, Milestone, MilestoneItem
from mentorhub.domain.goals.rules import Progress, Station, asks_whether_reached, progress, stations
from mentorhub.domain.notes.models import ActionItem
from mentorhub.domain.notes.queries import SessionItemsView, items_by_session


@dataclass(frozen=True)
class MilestoneView:
    """A station of a goal; `asks` says that all its items are done and it is not."""

    milestone_id: UUID
    title: str
    station: Station
    done_at: datetime | None
    items: int
    open_items: int
    asks: bool


@dataclass(frozen=True)
class GoalView:
    """A goal as its owner sees it."""

    goal_id: UUID
    title: str
    why: str
    target_on: date | None
    created_at: datetime
    reached_at: datetime | None
    archived_at: datetime | None
    progress: Progress
    milestones: tuple[MilestoneView, ...]

    @property
    def next_milestone(self) -> MilestoneView | None:
        """The first milestone that is not done."""
        return next((one for one in self.milestones if one.station is Station.NOW), None)


def goals_of(db: Session, *, person_id: UUID) -> tuple[GoalView, ...]:
    """The goals a person follows, the latest first; ended ones are left out."""
    rows = db.exec(
        select(Goal)
        .where(Goal.owner_id == person_id, col(Goal.archived_at).is_(None))
        .order_by(col(Goal.created_at).desc(), col(Goal.id))
    ).all()
    return _views(db, rows)


def goal(db: Session, *, goal_id: UUID, viewer_id: UUID) -> GoalView:
    """One goal of the viewer's own; raises NotFound for everybody else's."""
    row = db.get(Goal, goal_id)
    if row is None or row.owner_id != viewer_id:
        raise NotFound
    return _views(db, [row])[0]


def items_with_milestones(db: Session, *, person_id: UUID) -> tuple[tuple[SessionItemsView, ...], dict[UUID, UUID]]:
    """A person's action items by session, and which milestone each tied one serves, by item id."""
    sessions = items_by_session(db, person_id=person_id)
    ids = [item.id for session in sessions for item in session.items]
    tied = db.exec(
        select(MilestoneItem.action_item_id, MilestoneItem.milestone_id).where(
            col(MilestoneItem.action_item_id).in_(ids)
        )
    )
    return sessions, dict(tied.all())


def _views(db: Session, goals: Sequence[Goal]) -> tuple[GoalView, ...]:
    ids = [row.id for row in goals]
    milestones: dict[UUID, list[Milestone]] = {goal_id: [] for goal_id in ids}
    for milestone in db.exec(
        select(Milestone).where(col(Milestone.goal_id).in_(ids)).order_by(col(Milestone.position))
    ):
        milestones[milestone.goal_id].append(milestone)
    items = _items(db, [one.id for row in milestones.values() for one in row])
    return tuple(_view(row, milestones[row.id], items) for row in goals)


def _items(db: Session, milestone_ids: list[UUID]) -> dict[UUID, list[bool]]:
    found: dict[UUID, list[bool]] = {}
    rows = db.exec(
        select(MilestoneItem.milestone_id, ActionItem.done_at)
        .join(ActionItem, col(ActionItem.id) == col(MilestoneItem.action_item_id))
        .where(col(MilestoneItem.milestone_id).in_(milestone_ids), col(ActionItem.removed_at).is_(None))
    )
    for milestone_id, done_at in rows:
        found.setdefault(milestone_id, []).append(done_at is not None)
    return found


def _view(row: Goal, milestones: list[Milestone], items: dict[UUID, list[bool]]) -> GoalView:
    done = [one.done_at is not None for one in milestones]
    return GoalView(
        goal_id=row.id,
        title=row.title,
        why=row.why,
        target_on=row.target_on,
        created_at=row.created_at,
        reached_at=row.reached_at,
        archived_at=row.archived_at,
        progress=progress(done),
        milestones=tuple(
            MilestoneView(
                milestone_id=one.id,
                title=one.title,
                station=station,
                done_at=one.done_at,
                items=len(items.get(one.id, [])),
                open_items=items.get(one.id, []).count(False),
                asks=asks_whether_reached(items_done=items.get(one.id, []), is_done=one.done_at is not None),
            )
            for one, station in zip(milestones, stations(done), strict=True)
        ),
    )
