"""Goals and action items as pages show them, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from mentorhub.domain.common import moments
from mentorhub.domain.common.words import initials
from mentorhub.domain.goals.queries import GoalView, MilestoneView
from mentorhub.domain.goals.rules import Station
from mentorhub.domain.notes.queries import ItemView, SessionItemsView


@dataclass(frozen=True)
class StationShown:
    """A milestone on the line of a goal."""

    title: str
    when: str
    state: str


@dataclass(frozen=True)
class GoalShown:
    """A goal, short."""

    title: str
    facts: str
    href: str
    stations: list[StationShown]
    count: int


@dataclass(frozen=True)
class DueShown:
    """Until when something is due: the words, and how pressing it is (plain, today or late)."""

    words: str
    tone: str


@dataclass(frozen=True)
class ChoiceShown:
    """A milestone an item may serve."""

    value: str
    label: str


@dataclass(frozen=True)
class ItemShown:
    """An action item and the milestone it serves."""

    item_id: str
    text: str
    due: DueShown
    is_done: bool
    milestone_id: str


@dataclass(frozen=True)
class SessionShown:
    """The action items of one session."""

    title: str
    facts: str
    href: str
    portrait: str
    initials: str
    todo: list[ItemShown]


@dataclass(frozen=True)
class MilestoneShown:
    """A milestone as its owner edits it."""

    milestone_id: str
    title: str
    facts: str
    is_done: bool
    is_first: bool
    is_last: bool


def goal_shown(goal: GoalView, zone: ZoneInfo) -> GoalShown:
    """A goal with its line."""
    return GoalShown(
        title=goal.title,
        facts=facts(goal),
        href=f"/goals/{goal.goal_id}",
        stations=[station(one, goal, zone) for one in goal.milestones],
        count=len(goal.milestones),
    )


def facts(goal: GoalView) -> str:
    """Such as "3 of 6 milestones done, by 31 March 2027"."""
    done, total = goal.progress.done, goal.progress.total
    words = f"{done} of {total} milestones done" if total else "No milestone yet"
    return f"{words}, by {in_full(goal.target_on)}" if goal.target_on is not None else words


def station(milestone: MilestoneView, goal: GoalView, zone: ZoneInfo) -> StationShown:
    """A milestone with the day it was reached, or the goal's own day at the end of the line."""
    when = day_of(milestone.done_at, zone) if milestone.done_at is not None else ""
    is_last = milestone.milestone_id == goal.milestones[-1].milestone_id
    if not when and is_last and goal.target_on is not None:
        when = f"by {goal.target_on.day} {goal.target_on:%b}"
    return StationShown(milestone.title, when, milestone.station.value)


def next_words(goal: GoalView) -> str:
    """What the next milestone is and still needs; empty for a goal without one."""
    if goal.progress.is_complete:
        return "Every milestone is reached."
    following = next((one for one in goal.milestones if one.station is Station.NOW), None)
    if following is None:
        return ""
    left = following.open_items
    needs = "" if not left else " One item left." if left == 1 else f" {left} items left."
    return f"Next: {following.title}.{needs} Progress moves when a milestone is reached, not with each item."


def due_shown(due_on: date | None, done_at: datetime | None, *, today: date, zone: ZoneInfo) -> DueShown:
    """Until when an item is due, counted from the owner's today; or the day it was done."""
    if done_at is not None:
        return DueShown(f"Done {day_of(done_at, zone)}", "plain")
    if due_on is None:
        return DueShown("", "plain")
    days = (due_on - today).days
    if days < 0:
        return DueShown("1 day late" if days == -1 else f"{-days} days late", "late")
    return DueShown("Today", "today") if days == 0 else DueShown(f"{due_on:%a} {due_on.day} {due_on:%b}", "plain")


def day_of(moment: datetime, zone: ZoneInfo) -> str:
    """Such as "24 Nov", on the viewer's clock."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b}"


def in_full(day: date) -> str:
    """Such as "31 March 2027"."""
    return f"{day.day} {day:%B %Y}"


def milestones_shown(goal: GoalView, zone: ZoneInfo) -> list[MilestoneShown]:
    """The milestones of a goal, with what each still needs."""
    last = len(goal.milestones) - 1
    return [
        MilestoneShown(
            milestone_id=str(one.milestone_id),
            title=one.title,
            facts=_milestone_facts(one, zone),
            is_done=one.done_at is not None,
            is_first=at == 0,
            is_last=at == last,
        )
        for at, one in enumerate(goal.milestones)
    ]


def _milestone_facts(milestone: MilestoneView, zone: ZoneInfo) -> str:
    if milestone.done_at is not None:
        return f"Reached {day_of(milestone.done_at, zone)}"
    if not milestone.items:
        return "No items yet"
    return f"{milestone.items - milestone.open_items} of {milestone.items} items done"


def session_shown(
    session: SessionItemsView, tied: dict[UUID, UUID], own: set[UUID], *, today: date, zone: ZoneInfo
) -> SessionShown:
    """One session's items, less those that serve another goal."""
    mine = [item for item in session.items if tied.get(item.id) is None or tied[item.id] in own]
    return SessionShown(
        title=f"{session.title} with {session.with_name.split(' ')[0]}",
        facts=moments.day(session.starts_at, zone),
        href=f"/sessions/{session.booking_id}",
        portrait=session.portrait or "",
        initials=initials(session.with_name),
        todo=[_item(item, tied.get(item.id), today=today, zone=zone) for item in mine],
    )


def _item(item: ItemView, milestone_id: UUID | None, *, today: date, zone: ZoneInfo) -> ItemShown:
    return ItemShown(
        item_id=str(item.id),
        text=item.text,
        due=due_shown(item.due_on, item.done_at, today=today, zone=zone),
        is_done=item.is_done,
        milestone_id=str(milestone_id) if milestone_id is not None else "",
    )
