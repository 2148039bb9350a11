"""One goal: its line, the action items that serve it, and the answer that moves it."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.common import topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.goals import queries, service
from mentorhub.domain.goals.queries import GoalView
from mentorhub.domain.goals.rules import MOST_MILESTONES
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.goal_shown import (
    ChoiceShown,
    MilestoneShown,
    SessionShown,
    StationShown,
    facts,
    in_full,
    milestones_shown,
    next_words,
    session_shown,
    station,
)
from mentorhub.state.goals import NO_ERRORS, typed_day
from mentorhub.state.live import hub
from mentorhub.state.viewer import ViewerState


class GoalState(rx.State):
    """One of the viewer's own goals."""

    loaded: bool = False
    missing: bool = False
    ended: bool = False
    title: str = ""
    why: str = ""
    target: str = ""
    facts: str = ""
    next_words: str = ""
    stations: list[StationShown] = []
    count: int = 0
    milestones: list[MilestoneShown] = []
    choices: list[ChoiceShown] = []
    can_add: bool = True
    sessions: list[SessionShown] = []
    asked_id: str = ""
    asked_title: str = ""
    renaming: str = ""
    errors: dict[str, str] = dict(NO_ERRORS)
    saved: bool = False
    _goal_id: UUID | None = None

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Show the goal this address names, and again whenever it moves."""
        viewer = require_viewer()
        self.loaded, self.missing, self.asked_id, self.renaming, self.saved = False, False, "", "", False
        self.errors, self._goal_id = dict(NO_ERRORS), parse_id(self.goal_id)
        hub.watch(self.router.session.client_token, GoalState.refresh, topics.person(viewer.user_id))
        await self._show()

    @event(Access.SIGNED_IN)
    async def refresh(self) -> None:
        """The goal moved, or an item was ticked in its notes."""
        await self._show()

    @event(Access.SIGNED_IN)
    async def tick(self, item_id: str, is_done: bool) -> None:
        """Tick an item; the last open one of a milestone asks whether that is reached."""
        viewer = require_viewer()
        try:
            ticked = await run(
                service.complete_action,
                item_id=_id(item_id),
                actor_id=viewer.user_id,
                is_done=is_done,
                now=utc_now(),
            )
        finally:
            await self._show()
        asked = ticked.asks_about_milestone
        self.asked_id, self.asked_title = (str(asked), ticked.title) if asked is not None else ("", "")

    @event(Access.SIGNED_IN)
    async def answer(self, reached: bool) -> None:
        """The answer to "Milestone reached?"."""
        asked, self.asked_id = self.asked_id, ""
        if reached:
            await self._reach(asked, reached=True)

    @event(Access.SIGNED_IN)
    async def reach(self, milestone_id: str, reached: bool) -> None:
        """Say that a milestone is reached, or not after all."""
        await self._reach(milestone_id, reached=reached)

    @event(Access.SIGNED_IN)
    async def attach(self, item_id: str, milestone_id: str) -> None:
        """Let an item serve a milestone, or none."""
        viewer = require_viewer()
        to = _id(milestone_id) if milestone_id else None
        await run(service.attach_item, item_id=_id(item_id), owner_id=viewer.user_id, milestone_id=to)
        await self._show()

    @event(Access.SIGNED_IN)
    async def add(self, form: dict[str, Any]) -> None:
        """Add a milestone at the end of the line."""
        viewer = require_viewer()
        await self._change(
            service.add_milestone,
            goal_id=self._own_id(),
            owner_id=viewer.user_id,
            title=str(form.get("milestone", "")),
        )

    @event(Access.SIGNED_IN)
    def start_renaming(self, milestone_id: str) -> None:
        """Open the title of a milestone for writing; an empty id closes it."""
        self.renaming = milestone_id
        self.errors = dict(NO_ERRORS)

    @event(Access.SIGNED_IN)
    async def rename(self, form: dict[str, Any]) -> None:
        """Keep what was written over a milestone's title."""
        viewer = require_viewer()
        await self._change(
            service.rename_milestone,
            milestone_id=_id(self.renaming),
            owner_id=viewer.user_id,
            title=str(form.get("renamed", "")),
        )
        if not self.errors["milestone"]:
            self.renaming = ""

    @event(Access.SIGNED_IN)
    async def move(self, milestone_id: str, by: int) -> None:
        """Put a milestone earlier or later on the line."""
        viewer = require_viewer()
        ids = [one.milestone_id for one in self.milestones]
        if milestone_id not in ids:
            raise NotFound
        to = max(0, ids.index(milestone_id) + by)
        await run(service.move_milestone, milestone_id=_id(milestone_id), owner_id=viewer.user_id, to=to)
        await self._show()

    @event(Access.SIGNED_IN)
    async def remove(self, milestone_id: str) -> None:
        """Take a milestone off the line."""
        viewer = require_viewer()
        await run(service.remove_milestone, milestone_id=_id(milestone_id), owner_id=viewer.user_id, now=utc_now())
        await self._show()

    @event(Access.SIGNED_IN)
    async def edit(self, form: dict[str, Any]) -> None:
        """Change what the goal says."""
        viewer = require_viewer()
        self.saved = False
        try:
            target_on = typed_day(form, "target_on")
        except FieldError as refusal:
            self.errors = {**NO_ERRORS, refusal.field: refusal.message}
            return
        await self._change(
            service.edit_goal,
            goal_id=self._own_id(),
            owner_id=viewer.user_id,
            title=str(form.get("title", "")),
            why=str(form.get("why", "")),
            target_on=target_on,
            now=utc_now(),
        )
        self.saved = not any(self.errors.values())

    @event(Access.SIGNED_IN)
    async def end(self) -> Answer:
        """Stop following this goal."""
        viewer = require_viewer()
        await run(service.end_goal, goal_id=self._own_id(), owner_id=viewer.user_id, now=utc_now())
        return rx.redirect("/goals")

    async def _reach(self, milestone_id: str, *, reached: bool) -> None:
        viewer = require_viewer()
        await run(
            service.answer_milestone,
            milestone_id=_id(milestone_id),
            owner_id=viewer.user_id,
            reached=reached,
            now=utc_now(),
        )
        await self._show()

    async def _change(self, verb: Any, **arguments: Any) -> None:
        """Run a verb of a form; what is wrong is said beside its field."""
        self.errors = dict(NO_ERRORS)
        try:
            await run(verb, **arguments)
        except FieldError as refusal:
            self.errors = {**NO_ERRORS, refusal.field: refusal.message}
        except DomainError as refusal:
            self.errors = {**NO_ERRORS, "milestone": str(refusal)}
        await self._show()

    def _own_id(self) -> UUID:
        if self._goal_id is None:
            raise NotFound
        return self._goal_id

    async def _show(self) -> None:
        viewer = require_viewer()
        zone = (await self.get_state(ViewerState))._zone()
        try:
            goal = await read(queries.goal, goal_id=self._own_id(), viewer_id=viewer.user_id)
        except NotFound:
            self.missing, self.loaded = True, True
            return
        sessions, tied = await read(queries.items_with_milestones, person_id=viewer.user_id)
        self._show_goal(goal, zone)
        own = {one.milestone_id for one in goal.milestones}
        today = utc_now().astimezone(ZoneInfo(viewer.time_zone)).date()
        rows = [session_shown(session, tied, own, today=today, zone=zone) for session in sessions]
        self.sessions = [row for row in rows if row.todo]
        self.loaded = True

    def _show_goal(self, goal: GoalView, zone: ZoneInfo) -> None:
        self.title, self.why = goal.title, goal.why
        self.target = goal.target_on.isoformat() if goal.target_on else ""
        self.ended = goal.archived_at is not None
        started = in_full(goal.created_at.astimezone(zone).date())
        self.facts = f"{facts(goal)}, started {started}" + (", ended" if self.ended else "")
        self.next_words = "" if self.ended else next_words(goal)
        self.stations = [station(one, goal, zone) for one in goal.milestones]
        self.count = len(goal.milestones)
        self.can_add = not self.ended and self.count < MOST_MILESTONES
        self.milestones = milestones_shown(goal, zone)
        self.choices = [
            ChoiceShown("", "No milestone"),
            *(ChoiceShown(one.milestone_id, one.title) for one in self.milestones),
        ]


def _id(text: str) -> UUID:
    found = parse_id(text)
    if found is None:
        raise NotFound
    return found
