"""What the viewer was told: newest first, live, read one by one or all at once."""

from dataclasses import dataclass

import reflex as rx

from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.notifications import queries, service
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.live import hub
from mentorhub.state.viewer import ViewerState

_PAGE = 20
_AT_MOST = 500


@dataclass(frozen=True)
class NoticeShown:
    """One notice as the page shows it."""

    notice_id: str
    text: str
    told: str
    href: str
    is_read: bool


class NoticesState(rx.State):
    """The list, and how much of it is shown."""

    loaded: bool = False
    notices: list[NoticeShown] = []
    unread: int = 0
    has_more: bool = False
    _shown: int = _PAGE

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Show the newest, and again whenever something is told."""
        viewer = require_viewer()
        hub.watch(self.router.session.client_token, NoticesState.refresh, topics.notices_of(viewer.user_id))
        self._shown = _PAGE
        await self._show()

    @event(Access.SIGNED_IN)
    async def refresh(self) -> None:
        """Something was told to this person, or read by them."""
        await self._show()

    @event(Access.SIGNED_IN)
    async def more(self) -> None:
        """Show older ones too."""
        self._shown = min(self._shown + _PAGE, _AT_MOST)
        await self._show()

    @event(Access.SIGNED_IN)
    async def open(self, notice_id: str) -> Answer:
        """Go to the page a notice is about; it is read then."""
        viewer, known = require_viewer(), parse_id(notice_id)
        if known is None:
            raise NotFound
        return rx.redirect(await run(service.mark_read, user_id=viewer.user_id, notice_id=known, now=utc_now()))

    @event(Access.SIGNED_IN)
    async def read_all(self) -> None:
        """Leave nothing unread."""
        await run(service.mark_all_read, user_id=require_viewer().user_id, now=utc_now())
        await self._show()

    async def _show(self) -> None:
        viewer = require_viewer()
        zone = (await self.get_state(ViewerState))._zone()
        found = await read(queries.notices_of, user_id=viewer.user_id, limit=self._shown)
        place = moments.place_of(zone)
        self.notices = [
            NoticeShown(
                notice_id=str(notice.notice_id),
                text=notice.text,
                told=f"{moments.when(notice.told_at, zone)} in {place}",
                href=notice.address,
                is_read=notice.is_read,
            )
            for notice in found.notices
        ]
        self.unread, self.has_more = found.unread, found.has_more and self._shown < _AT_MOST
        self.loaded = True
