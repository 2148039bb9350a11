"""The goals a person follows, and setting a new one."""

from datetime import date
from typing import Any

import reflex as rx

from mentorhub.domain.common import topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, FieldError
from mentorhub.domain.goals import queries, service
from mentorhub.domain.goals.rules import MOST_GOALS
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.goal_shown import GoalShown, goal_shown
from mentorhub.state.live import hub
from mentorhub.state.viewer import ViewerState

NO_ERRORS = {"title": "", "why": "", "target_on": "", "milestone": ""}


def typed_day(form: dict[str, Any], name: str) -> date | None:
    """The day a form's date field holds; `None` when it is empty. Raises FieldError when it is no day."""
    text = str(form.get(name, "")).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FieldError(name, "Please choose a day of the calendar.") from None


class GoalsState(rx.State):
    """One's own goals."""

    loaded: bool = False
    goals: list[GoalShown] = []
    can_add: bool = True
    form_open: bool = False
    errors: dict[str, str] = dict(NO_ERRORS)
    refused: str = ""

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Show the goals, and again whenever one moves."""
        viewer = require_viewer()
        hub.watch(self.router.session.client_token, GoalsState.refresh, topics.person(viewer.user_id))
        self.form_open, self.errors, self.refused = False, dict(NO_ERRORS), ""
        await self._show()

    @event(Access.SIGNED_IN)
    async def refresh(self) -> None:
        """A goal moved."""
        await self._show()

    @event(Access.SIGNED_IN)
    def open_form(self) -> None:
        """Ask for a new goal."""
        self.form_open, self.errors, self.refused = True, dict(NO_ERRORS), ""

    @event(Access.SIGNED_IN)
    def close_form(self) -> None:
        """Rather not."""
        self.form_open = False

    @event(Access.SIGNED_IN)
    async def save(self, form: dict[str, Any]) -> Answer:
        """Set a goal and go to it; what is wrong is said beside its field."""
        viewer = require_viewer()
        self.errors, self.refused = dict(NO_ERRORS), ""
        first = str(form.get("milestone", "")).strip()
        try:
            goal_id = await run(
                service.create_goal,
                owner_id=viewer.user_id,
                title=str(form.get("title", "")),
                why=str(form.get("why", "")),
                target_on=typed_day(form, "target_on"),
                milestones=[first] if first else [],
                now=utc_now(),
            )
        except FieldError as refusal:
            self.errors = {**NO_ERRORS, refusal.field: refusal.message}
            return None
        except DomainError as refusal:
            self.refused = str(refusal)
            return None
        return rx.redirect(f"/goals/{goal_id}")

    async def _show(self) -> None:
        viewer = require_viewer()
        zone = (await self.get_state(ViewerState))._zone()
        own = await read(queries.goals_of, person_id=viewer.user_id)
        self.goals = [goal_shown(one, zone) for one in own]
        self.can_add = len(own) < MOST_GOALS
        self.loaded = True
