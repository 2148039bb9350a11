"""A mentor's group sessions: the list, the form that publishes one, and one session with its attendees."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.bookings import queries, service
from mentorhub.domain.catalog import queries as catalog
from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.scheduling.rules.blocks import moment_typed
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.group_shown import GroupShown, group_shown
from mentorhub.state.limits_shown import ChoiceShown
from mentorhub.state.live import hub
from mentorhub.state.viewer import ViewerState

_FIELDS = ("offering", "day", "starts_at", "seats", "seats_needed", "decide_by")
DECISIONS = (("1", "1 hour before"), ("3", "3 hours before"), ("24", "1 day before"), ("72", "3 days before"))
"""When it is decided whether a session takes place, in hours before its start."""


class GroupsState(rx.State):
    """All group sessions of the mentor; `form_resets` counts how often the form must be drawn anew."""

    loaded: bool = False
    groups: list[GroupShown] = []
    offerings: list[ChoiceShown] = []
    zone_words: str = ""
    errors: dict[str, str] = dict.fromkeys(_FIELDS, "")
    form_resets: int = 0
    saved: str = ""

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Read the sessions and what can be published."""
        self.saved, self.errors = "", dict.fromkeys(_FIELDS, "")
        self.form_resets += 1
        await self._show()
        mine = topics.person(require_viewer().user_id)
        hub.watch(self.router.session.client_token, GroupsState.refresh, mine)
        self.loaded = True

    @event(Access.SIGNED_IN)
    async def refresh(self) -> None:
        """Somebody took a seat or gave one up."""
        await self._show()

    @event(Access.SIGNED_IN)
    async def publish(self, form: dict[str, Any]) -> None:
        """Publish a session; what is wrong is said beside its field."""
        viewer, now = require_viewer(), utc_now()
        zone = (await self.get_state(ViewerState))._zone()
        self.saved, self.errors = "", dict.fromkeys(_FIELDS, "")
        try:
            plan = _typed({name: str(form.get(name, "")).strip()[:40] for name in _FIELDS}, zone)
            await run(service.publish_group_session, mentor_id=viewer.user_id, plan=plan, now=now)
        except FieldError as refusal:
            self.errors = {**self.errors, refusal.field: refusal.message}
            return
        self.form_resets += 1
        self.saved = "Published. People can take seats on your profile now."
        await self._show()

    async def _show(self) -> None:
        viewer, zone = require_viewer(), (await self.get_state(ViewerState))._zone()
        found = await read(queries.groups_of_mentor, mentor_id=viewer.user_id, now=utc_now())
        self.groups = [group_shown(group, zone) for group in found]
        own = await read(catalog.own_offerings, mentor_id=viewer.user_id)
        active = [one for one in own if one.is_active and one.kind == "group"]
        self.offerings = [
            ChoiceShown(str(one.offering_id), f"{one.title}, {one.minutes} min, {one.price_tag}") for one in active
        ]
        self.zone_words = moments.place_in_words(zone, utc_now())


class GroupState(rx.State):
    """One group session of the mentor's, with who comes."""

    loaded: bool = False
    missing: bool = False
    group: GroupShown = GroupShown()
    is_asking: bool = False
    busy: bool = False
    refused: str = ""
    _group_id: UUID | None = None

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Show the session this address names, and again when its seats change."""
        self.loaded, self.missing, self.is_asking, self.refused = False, False, False, ""
        self._group_id = parse_id(self.group_id)
        await self._show()
        if self._group_id is not None and not self.missing:
            topic = topics.booking(self._group_id)
            hub.watch(self.router.session.client_token, GroupState.refresh, topic)
        self.loaded = True

    @event(Access.SIGNED_IN)
    async def refresh(self) -> None:
        """Somebody took a seat or gave one up."""
        await self._show()

    @event(Access.SIGNED_IN)
    def ask(self) -> None:
        """Ask before calling off."""
        self.is_asking, self.refused = True, ""

    @event(Access.SIGNED_IN)
    def keep(self) -> None:
        """Keep the session."""
        self.is_asking = False

    @event(Access.SIGNED_IN)
    async def call_off(self) -> Answer:
        """Call the whole session off; everybody gets everything back."""
        if self._group_id is None:
            raise NotFound
        self.refused = ""
        try:
            await run(
                service.call_off_group,
                group_session_id=self._group_id,
                actor_id=require_viewer().user_id,
                now=utc_now(),
            )
        except DomainError as refusal:
            self.refused = str(refusal)
            return
        self.is_asking = False
        await self._show()

    async def _show(self) -> None:
        viewer, zone = require_viewer(), (await self.get_state(ViewerState))._zone()
        try:
            if self._group_id is None:
                raise NotFound
            found = await read(
                queries.group_page, group_session_id=self._group_id, viewer_id=viewer.user_id, now=utc_now()
            )
            if not found.i_mentor:
                raise NotFound
        except NotFound:
            self.missing = True
            return
        self.group = group_shown(found, zone)


def _typed(form: dict[str, str], zone: ZoneInfo) -> service.GroupPlan:
    """The plan as typed on the mentor's clock; raises FieldError beside what cannot be read."""
    offering = parse_id(form["offering"])
    if offering is None:
        raise FieldError("offering", "Please choose one of your group offerings.")
    starts_at = moment_typed(form["day"], form["starts_at"], zone, time_field="starts_at")
    if form["decide_by"] not in dict(DECISIONS):
        raise FieldError("decide_by", "Please choose when it is decided.")
    return service.GroupPlan(
        offering_id=offering,
        starts_at=starts_at,
        seats=_number(form["seats"]),
        seats_needed=_number(form["seats_needed"]),
        decide_by=starts_at - timedelta(hours=int(form["decide_by"])),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
