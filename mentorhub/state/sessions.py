"""The viewer's sessions, coming and past, under the hat they wear."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.accounts.models import Hat
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.queries import LineView, SessionRowView
from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.common.words import initials
from mentorhub.state.base import Access, event, read, require_viewer, run
from mentorhub.state.live import hub
from mentorhub.state.shown import status_word
from mentorhub.state.viewer import ViewerState
from mentorhub.state.waiting import place_words


@dataclass(frozen=True)
class SessionShown:
    """One line of the list."""

    href: str
    room_href: str
    weekday: str
    day: str
    month: str
    title: str
    who: str
    portrait: str
    initials: str
    time: str
    their_time: str
    status: str
    is_open: bool
    has_new_time: bool = False
    part: str = ""


@dataclass(frozen=True)
class LineShown:
    """A line for freed times the viewer stands in; `key` is its offering."""

    key: str
    title: str
    who: str
    href: str
    place: str
    kept_href: str


class SessionsState(rx.State):
    """Two lists, and the lines for freed times one stands in as a mentee."""

    loaded: bool = False
    coming: list[SessionShown] = []
    past: list[SessionShown] = []
    lines: list[LineShown] = []
    zone_words: str = ""
    clock_note: str = ""

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Read both lists, and again whenever something of this person changes."""
        viewer = require_viewer()
        hub.watch(self.router.session.client_token, SessionsState.refresh, topics.person(viewer.user_id))
        await self._show()

    @event(Access.SIGNED_IN)
    async def refresh(self) -> None:
        """Something of this person changed."""
        await self._show()

    @event(Access.SIGNED_IN)
    async def leave_line(self, offering_id: str) -> None:
        """Step out of the line of an offering."""
        offering = parse_id(offering_id)
        if offering is None:
            raise NotFound
        await run(service.leave_line, offering_id=offering, mentee_id=require_viewer().user_id)
        await self._show()

    async def _show(self) -> None:
        viewer, now = require_viewer(), utc_now()
        zone = (await self.get_state(ViewerState))._zone()
        who = {"viewer_id": viewer.user_id, "as_mentor": viewer.hat is Hat.MENTOR, "now": now}
        coming = await read(queries.sessions_of, coming=True, **who)
        past = await read(queries.sessions_of, coming=False, **who)
        self.coming = [_shown(row, zone, now) for row in coming]
        self.past = [_shown(row, zone, now) for row in past]
        lines = () if viewer.hat is Hat.MENTOR else await read(queries.lines_of, mentee_id=viewer.user_id)
        self.lines = [_line(line, zone) for line in lines]
        ahead = [moments.clock_note((zone, moments.zone_of(row.other_zone)), now, row.starts_at) for row in coming]
        self.clock_note = next((note for note in ahead if note), "")
        self.zone_words = moments.place_in_words(zone, now)
        self.loaded = True


def _line(line: LineView, zone: ZoneInfo) -> LineShown:
    return LineShown(
        key=str(line.offering_id),
        title=line.title,
        who=f"with {line.mentor_name}",
        href=f"/mentors/{line.mentor_slug}?offering={line.offering_id}",
        place=place_words(line, zone),
        kept_href=f"/checkout/{line.hold_id}" if line.hold_id is not None else "",
    )


def _shown(row: SessionRowView, zone: ZoneInfo, now: datetime) -> SessionShown:
    local, theirs = row.starts_at.astimezone(zone), moments.zone_of(row.other_zone)
    place, is_group = moments.place_then(theirs, row.starts_at), row.group_session_id is not None
    return SessionShown(
        href=page_of(row),
        room_href=f"/room/{row.booking_id}",
        weekday=f"{local:%a}",
        day=str(local.day),
        month=f"{local:%b}",
        title=row.title,
        who=f"Group, {row.other_name} taken" if is_group else f"with {row.other_name}",
        portrait=row.other_portrait,
        initials="" if is_group else initials(row.other_name),
        time=f"{moments.clock(row.starts_at, zone)} to {moments.clock(row.ends_at, zone)}",
        their_time="" if is_group else f"{moments.when(row.starts_at, theirs)} {place}",
        status=status_word(row),
        is_open=row.is_door_open,
        has_new_time=row.has_new_time,
        part=row.part,
    )


def page_of(row: SessionRowView) -> str:
    """Where a session of a list is looked at; a mentor's group session has a page of its own."""
    whole = row.group_session_id
    return f"/sessions/{row.booking_id}" if whole is None else f"/mentoring/groups/{whole}"
