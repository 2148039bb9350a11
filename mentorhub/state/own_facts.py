"""What mentors see of the viewer, shown to the viewer word for word."""

import reflex as rx

from mentorhub.domain.common.clock import utc_now
from mentorhub.state.base import Access, event, require_viewer
from mentorhub.state.request_shown import FactShown, facts_of
from mentorhub.state.viewer import ViewerState


class OwnFactsState(rx.State):
    """The viewer's own facts."""

    loaded: bool = False
    facts: list[FactShown] = []

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Read the facts as a mentor would."""
        zone = (await self.get_state(ViewerState))._zone()
        self.facts = await facts_of(require_viewer().user_id, zone, utc_now())
        self.loaded = True
