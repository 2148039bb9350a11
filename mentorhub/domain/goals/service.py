"""Verbs of the goals; only their owner changes them, and only an answer about a milestone moves one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, delete, func, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.goals import rules
from mentorhub.domain.goals.errors import (
    GoalEnded,
    LastMilestone,
    NotYourOwnItem,
    TooManyGoals,
    TooManyMilestones,
)
from mentorhub.domain.goals.models import Goal, Milestone, MilestoneItem
from mentorhub.domain.notes import service as notes
from mentorhub.domain.notes.models import ActionItem

_MILESTONE_NEEDED = "Please name the milestone."


@dataclass(frozen=True)
class Ticked:
    """What follows a tick: the milestone to ask about, when its last open item was ticked."""

    asks_about_milestone: UUID | None = None
    title: str = ""


def create_goal(
    db: Session,
    *,
    owner_id: UUID,
    title: str,
    why: str = "",
    target_on: date | None = None,
    milestones: Sequence[str] = (),
    now: datetime,
) -> UUID:
    """Set a goal with up to 12 milestones to begin with; returns its id.

    Raises TooManyGoals above five active ones, TooManyMilestones, FieldError on a field.
    """
    owner = db.exec(select(User).where(User.id == owner_id).with_for_update()).one()
    active = select(func.count()).where(Goal.owner_id == owner_id, col(Goal.archived_at).is_(None))
    if db.exec(active).one() >= rules.MOST_GOALS:
        raise TooManyGoals
    goal = Goal(
        owner_id=owner_id,
        title=rules.checked_title("title", title, needed="Please say where you want to be."),
        why=rules.checked_why(why),
        target_on=rules.checked_target(target_on, today=_today(owner, now)),
        created_at=now,
    )
    db.add(goal)
    db.flush()
    for name in milestones:
        add_milestone(db, goal_id=goal.id, owner_id=owner_id, title=name)
    _told(db, owner_id)
    return goal.id


def edit_goal(
    db: Session, *, goal_id: UUID, owner_id: UUID, title: str, why: str, target_on: date | None, now: datetime
) -> None:
    """Change what a goal says; a target date that stays may have passed. Raises FieldError, NotFound, GoalEnded."""
    goal = _own(db, goal_id, owner_id)
    goal.title = rules.checked_title("title", title, needed="Please say where you want to be.")
    goal.why = rules.checked_why(why)
    if target_on != goal.target_on:
        goal.target_on = rules.checked_target(target_on, today=_today(db.get_one(User, owner_id), now))
    _told(db, owner_id)


def end_goal(db: Session, *, goal_id: UUID, owner_id: UUID, now: datetime) -> None:
    """Stop following a goal; what was done is kept. Raises NotFound; ended twice, it changes nothing."""
    goal = db.get(Goal, goal_id, with_for_update=True)
    if goal is None or goal.owner_id != owner_id:
        raise NotFound
    goal.archived_at = goal.archived_at or now
    _told(db, owner_id)


def add_milestone(db: Session, *, goal_id: UUID, owner_id: UUID, title: str) -> UUID:
    """Add a milestone at the end of the line. Raises TooManyMilestones, FieldError, NotFound, GoalEnded."""
    goal = _own(db, goal_id, owner_id)
    line = _line(db, goal_id)
    if len(line) >= rules.MOST_MILESTONES:
        raise TooManyMilestones
    words = rules.checked_title("milestone", title, needed=_MILESTONE_NEEDED)
    milestone = Milestone(goal_id=goal_id, title=words, position=len(line))
    db.add(milestone)
    db.flush()
    goal.reached_at = None
    _told(db, owner_id)
    return milestone.id


def rename_milestone(db: Session, *, milestone_id: UUID, owner_id: UUID, title: str) -> None:
    """Change what a milestone says. Raises FieldError, NotFound, GoalEnded."""
    milestone, _ = _own_milestone(db, milestone_id, owner_id)
    milestone.title = rules.checked_title("milestone", title, needed=_MILESTONE_NEEDED)
    _told(db, owner_id)


def move_milestone(db: Session, *, milestone_id: UUID, owner_id: UUID, to: int) -> None:
    """Put a milestone at another place of the line, counted from 0. Raises NotFound, GoalEnded."""
    milestone, goal = _own_milestone(db, milestone_id, owner_id)
    line = _line(db, goal.id)
    place = next(at for at, one in enumerate(line) if one.id == milestone.id)
    for position, at in enumerate(rules.moved(range(len(line)), place=place, to=to)):
        line[at].position = position
    _told(db, owner_id)


def remove_milestone(db: Session, *, milestone_id: UUID, owner_id: UUID, now: datetime) -> None:
    """Take a milestone off the line; its items stay, tied to nothing. Raises LastMilestone, NotFound, GoalEnded."""
    milestone, goal = _own_milestone(db, milestone_id, owner_id)
    rest = [one for one in _line(db, goal.id) if one.id != milestone.id]
    if not rest:
        raise LastMilestone
    db.exec(delete(MilestoneItem).where(col(MilestoneItem.milestone_id) == milestone.id))
    db.delete(milestone)
    db.flush()
    for position, one in enumerate(rest):
        one.position = position
    _see_whether_reached(goal, rest, now)
    _told(db, owner_id)


def attach_item(db: Session, *, item_id: UUID, owner_id: UUID, milestone_id: UUID | None) -> None:
    """Tie one's own action item to a milestone of one's own goal, or to none.

    Raises NotFound, NotYourOwnItem, GoalEnded.
    """
    item = db.get(ActionItem, item_id)
    if item is None or item.removed_at is not None:
        raise NotFound
    if item.owner_id != owner_id:
        raise NotYourOwnItem
    tie = db.get(MilestoneItem, item_id)
    if milestone_id is None:
        if tie is not None:
            db.delete(tie)
    else:
        _own_milestone(db, milestone_id, owner_id)
        if tie is None:
            db.add(MilestoneItem(action_item_id=item_id, milestone_id=milestone_id))
        else:
            tie.milestone_id = milestone_id
    db.flush()
    _told(db, owner_id)


def complete_action(db: Session, *, item_id: UUID, actor_id: UUID, is_done: bool, now: datetime) -> Ticked:
    """Tick or untick one's own action item, here and in its notes.

    Ticking the last open item of an open milestone asks about it; nothing but the answer moves the goal
    (DECISIONS.md 18). Raises NotFound, NotYourItem.
    """
    notes.tick(db, item_id=item_id, actor_id=actor_id, is_done=is_done, now=now)
    db.flush()
    tie = db.get(MilestoneItem, item_id)
    milestone = db.get(Milestone, tie.milestone_id) if tie is not None else None
    if milestone is None or not is_done:
        return Ticked()
    done = db.exec(
        select(ActionItem.done_at)
        .join(MilestoneItem, col(MilestoneItem.action_item_id) == col(ActionItem.id))
        .where(MilestoneItem.milestone_id == milestone.id, col(ActionItem.removed_at).is_(None))
    ).all()
    asks = rules.asks_whether_reached(items_done=[at is not None for at in done], is_done=milestone.done_at is not None)
    return Ticked(milestone.id, milestone.title) if asks else Ticked()


def answer_milestone(db: Session, *, milestone_id: UUID, owner_id: UUID, reached: bool, now: datetime) -> None:
    """Say whether a milestone is reached: this alone moves the goal. Answered twice, it changes nothing.

    "Not yet" opens a milestone again that was called reached. Raises NotFound, GoalEnded.
    """
    milestone, goal = _own_milestone(db, milestone_id, owner_id)
    if reached != (milestone.done_at is not None):
        milestone.done_at = now if reached else None
        _see_whether_reached(goal, _line(db, goal.id), now)
        _told(db, owner_id)


def _see_whether_reached(goal: Goal, line: Sequence[Milestone], now: datetime) -> None:
    complete = rules.progress([one.done_at is not None for one in line]).is_complete
    goal.reached_at = (goal.reached_at or now) if complete else None


def _own(db: Session, goal_id: UUID, owner_id: UUID) -> Goal:
    goal = db.get(Goal, goal_id, with_for_update=True)
    if goal is None or goal.owner_id != owner_id:
        raise NotFound
    if goal.archived_at is not None:
        raise GoalEnded
    return goal


def _own_milestone(db: Session, milestone_id: UUID, owner_id: UUID) -> tuple[Milestone, Goal]:
    milestone = db.get(Milestone, milestone_id)
    if milestone is None:
        raise NotFound
    goal = _own(db, milestone.goal_id, owner_id)
    db.refresh(milestone)
    return milestone, goal


def _line(db: Session, goal_id: UUID) -> Sequence[Milestone]:
    return db.exec(select(Milestone).where(Milestone.goal_id == goal_id).order_by(col(Milestone.position))).all()


def _today(owner: User, now: datetime) -> date:
    return now.astimezone(ZoneInfo(owner.time_zone)).date()


def _told(db: Session, owner_id: UUID) -> None:
    db.flush()
    topics.announce(db, topics.person(owner_id))
