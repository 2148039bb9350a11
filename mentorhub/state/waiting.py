"""The lines for freed times, on a mentor's page: join one, see one's place, leave."""

import reflex as rx

from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.queries import LineView
from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.common.moments import Zone
from mentorhub.state.base import Access, Answer, current_viewer, event, read, require_viewer, run
from mentorhub.state.live import hub
from mentorhub.state.viewer import ViewerState


class WaitingState(rx.State):
    """Where the viewer stands, by offering; `kept` is the way to a time that is kept for them right now."""

    places: dict[str, str] = {}
    kept: dict[str, str] = {}
    error: str = ""

    @event(Access.EVERYONE)
    async def load(self) -> None:
        """Read the viewer's lines; a visitor has none. Called after the page's own load, which watches its mentor."""
        self.error, viewer = "", current_viewer()
        if viewer is not None:
            token = self.router.session.client_token
            hub.watch_too(token, WaitingState.refresh, topics.person(viewer.user_id))
        await self._show()

    @event(Access.EVERYONE)
    async def refresh(self) -> None:
        """A time was offered to the viewer, or what was kept for them is over."""
        await self._show()

    @event(Access.EVERYONE)
    async def join(self, offering_id: str) -> Answer:
        """Stand in the line of an offering, after signing in."""
        viewer, offering = current_viewer(), parse_id(offering_id)
        if offering is None:
            raise NotFound
        if viewer is None:
            return rx.redirect(f"/sign-in?next=/mentors/{self.slug}?offering={offering}")
        self.error = ""
        try:
            await run(service.join_line, offering_id=offering, mentee_id=viewer.user_id, now=utc_now())
        except DomainError as refusal:
            self.error = str(refusal)
        await self._show()
        return None

    @event(Access.SIGNED_IN)
    async def leave(self, offering_id: str) -> None:
        """Step out of the line of an offering."""
        offering = parse_id(offering_id)
        if offering is None:
            raise NotFound
        self.error = ""
        try:
            await run(service.leave_line, offering_id=offering, mentee_id=require_viewer().user_id)
        except DomainError as refusal:
            self.error = str(refusal)
        await self._show()

    async def _show(self) -> None:
        viewer = current_viewer()
        zone = (await self.get_state(ViewerState))._zone()
        lines = await read(queries.lines_of, mentee_id=viewer.user_id) if viewer is not None else ()
        self.places = {str(line.offering_id): place_words(line, zone) for line in lines}
        self.kept = {str(line.offering_id): f"/checkout/{line.hold_id}" for line in lines if line.hold_id is not None}


def place_words(line: LineView, zone: Zone) -> str:
    """Where somebody stands, such as "You are second in line", or until when a time is kept for them."""
    if line.offer_until is not None:
        return f"A time is kept for you until {moments.when(line.offer_until, zone)} in {moments.place_of(zone)}."
    return "You are first in line." if line.place == 1 else f"You are number {line.place} in line."
