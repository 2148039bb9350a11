"""A mentor's single days and blocked times, saved at once, and the sessions that lie outside of the hours then."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings.queries import OutsideView
from mentorhub.domain.catalog import queries as catalog
from mentorhub.domain.common import moments
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.scheduling import queries, service
from mentorhub.domain.scheduling.queries import BlockView
from mentorhub.domain.scheduling.rules.blocks import block_typed
from mentorhub.state import hours_shown as show
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.hours_shown import ChangedShown

_NO_BLOCK_ERRORS = dict.fromkeys(("block_first", "block_start", "block_last", "block_end", "reason"), "")


@dataclass(frozen=True)
class BlockShown:
    """One blocked time on the mentor's clock."""

    block_id: str
    words: str
    reason: str


@dataclass(frozen=True)
class OutsideShown:
    """A booked session that lies where the mentor is not open any more."""

    title: str
    words: str
    why: str
    href: str


class AwayState(rx.State):
    """What differs from the week; the draft of the week itself is `HoursState`'s."""

    changed: list[ChangedShown] = []
    day_errors: dict[str, str] = show.NO_ERRORS
    day_form: int = 0
    blocks: list[BlockShown] = []
    block_errors: dict[str, str] = _NO_BLOCK_ERRORS
    block_form: int = 0
    block_zone: str = ""
    outside: list[OutsideShown] = []

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Begin with what is saved; also when the week was saved or somebody booked."""
        viewer = require_viewer()
        if await read(catalog.own_profile, mentor_id=viewer.user_id) is not None:
            await self._read(viewer.user_id)

    @event(Access.SIGNED_IN)
    async def change_days(self, form: dict[str, Any]) -> Answer:
        """Open other hours on single days, or none."""
        viewer = require_viewer()
        try:
            first, last, spans = show.days_typed(form)
            await run(service.change_days, actor_id=viewer.user_id, first=first, last=last, spans=spans, now=utc_now())
        except FieldError as refusal:
            self.day_errors = {**show.NO_ERRORS, refusal.field: str(refusal)}
            return None
        self.day_errors, self.day_form = show.NO_ERRORS, self.day_form + 1
        await self._read(viewer.user_id)
        return rx.toast.success("The change of days is saved. Booked sessions stay.")

    @event(Access.SIGNED_IN)
    async def restore_days(self, first: str, last: str) -> None:
        """Go back to the weekly hours on those days."""
        viewer = require_viewer()
        try:
            begins, ends = date.fromisoformat(first), date.fromisoformat(last)
        except ValueError:
            raise NotFound from None
        await run(service.restore_days, actor_id=viewer.user_id, first=begins, last=ends)
        await self._read(viewer.user_id)

    @event(Access.SIGNED_IN)
    async def block(self, form: dict[str, Any]) -> Answer:
        """Keep a span of time free of new sessions."""
        viewer, now = require_viewer(), utc_now()
        typed = {name: str(form.get(name, "")).strip()[:200] for name in _NO_BLOCK_ERRORS}
        try:
            saved = await read(queries.schedule_of, mentor_id=viewer.user_id, now=now)
            begins, ends = block_typed(
                typed["block_first"],
                typed["block_start"],
                typed["block_last"],
                typed["block_end"],
                zone=ZoneInfo(saved.limits.time_zone),
                now=now,
            )
            await run(
                service.block_out,
                actor_id=viewer.user_id,
                starts_at=begins,
                ends_at=ends,
                reason=typed["reason"],
                now=now,
            )
        except FieldError as refusal:
            self.block_errors = {**_NO_BLOCK_ERRORS, refusal.field: str(refusal)}
            return None
        self.block_errors, self.block_form = _NO_BLOCK_ERRORS, self.block_form + 1
        await self._read(viewer.user_id)
        return rx.toast.success("That time is blocked. Booked sessions stay.")

    @event(Access.SIGNED_IN)
    async def open_again(self, block_id: str) -> None:
        """Take a blocked time away."""
        viewer, wanted = require_viewer(), parse_id(block_id)
        if wanted is None:
            raise NotFound
        await run(service.open_again, actor_id=viewer.user_id, block_id=wanted)
        await self._read(viewer.user_id)

    async def _read(self, mentor_id: UUID) -> None:
        now = utc_now()
        saved = await read(queries.schedule_of, mentor_id=mentor_id, now=now)
        rows = await read(bookings.sessions_of, viewer_id=mentor_id, as_mentor=True, coming=True, now=now, limit=200)
        mine = ZoneInfo(saved.limits.time_zone)
        sessions = [row.starts_at.astimezone(mine).date() for row in rows]
        self.changed = [show.changed_shown(days, sessions) for days in saved.days]
        self.blocks = [_block_shown(block, mine) for block in saved.blocks]
        self.block_zone = moments.place_of(mine)
        hit = await read(bookings.sessions_outside_hours, mentor_id=mentor_id, now=now)
        self.outside = [_outside_shown(session, mine) for session in hit]


def _block_shown(block: BlockView, zone: ZoneInfo) -> BlockShown:
    return BlockShown(str(block.block_id), moments.span(block.starts_at, block.ends_at, zone), block.reason)


def _outside_shown(session: OutsideView, zone: ZoneInfo) -> OutsideShown:
    return OutsideShown(
        title=f"{session.title} with {session.with_name}",
        words=moments.span(session.starts_at, session.ends_at, zone),
        why="In time you blocked" if session.why == "blocked" else "Outside your hours now",
        href=f"/sessions/{session.booking_id}",
    )
