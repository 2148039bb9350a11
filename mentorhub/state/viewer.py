"""Who is looking, as every page shows it: the header's name, portrait, hat, and the clock of the server."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

import reflex as rx

from mentorhub import settings
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.accounts.models import Hat
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.common import clock, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import NotAllowed
from mentorhub.domain.common.words import initials
from mentorhub.domain.notifications import queries as notices
from mentorhub.state.base import Access, Answer, current_viewer, event, leave_for, read, require_viewer, run
from mentorhub.state.live import hub


@dataclass(frozen=True)
class Me:
    """What the page may show of the viewer; everything is display only, never authority."""

    signed_in: bool = False
    name: str = ""
    email: str = ""
    verified: bool = False
    hat: str = "mentee"
    is_admin: bool = False
    portrait: str = ""
    initials: str = ""


class ViewerState(rx.State):
    """The one state every page shares; small on purpose."""

    me: Me = Me()
    ready: bool = False
    zone: str = ""
    server_ahead_ms: float = 0.0
    unread: str = ""
    requests: str = ""
    demo: bool = not settings.current().live
    _session: str | None = None

    @event(Access.EVERYONE)
    async def enter(self) -> Answer:
        """Run first on every page: who is looking, in which zone, how far the product's clock is ahead, what is new."""
        viewer, tab = current_viewer(), self.router.session.client_token
        self.server_ahead_ms = clock.offset_seconds() * 1000
        self.me, self.unread, self.requests = Me(), "", ""
        if viewer is None:
            hub.forget_frame(tab)
        else:
            hub.watch_in_frame(tab, ViewerState.count_unread, topics.notices_of(viewer.user_id))
            await self._count(viewer.user_id)
            self.zone = viewer.time_zone
            self.me = Me(
                signed_in=True,
                name=viewer.name,
                email=viewer.email,
                verified=viewer.verified,
                hat=viewer.hat.value,
                is_admin=viewer.is_admin,
                portrait=viewer.portrait or "",
                initials=initials(viewer.name),
            )
        self.ready = True
        if viewer is None and not self.zone:
            return rx.call_script("Intl.DateTimeFormat().resolvedOptions().timeZone", callback=ViewerState.see_zone)
        return None

    @event(Access.EVERYONE)
    def see_zone(self, zone: str) -> Answer:
        """Show times in the zone the browser says, or the visitor chose; an unknown zone changes nothing.

        The page is already there by then, so it is read again in the new zone.
        """
        if zone == self.zone or zone not in available_timezones():
            return None
        self.zone = zone
        return hub.handler_of(self.router.session.client_token)

    @event(Access.SIGNED_IN)
    async def count_unread(self) -> None:
        """Something was told to this person, or read by them."""
        await self._count(require_viewer().user_id)

    @event(Access.SIGNED_IN)
    async def wear(self, hat: str) -> Answer:
        """Switch to the mentee's or the mentor's side of the same account."""
        viewer = current_viewer()
        if viewer is None or hat not in Hat:
            raise NotAllowed
        await run(accounts.switch_hat, user_id=viewer.user_id, hat=Hat(hat))
        return leave_for("/home")

    @event(Access.EVERYONE)
    def move_clock(self, minutes: int) -> Answer:
        """Demo only: let time pass for everything at once."""
        if settings.current().live or not 0 < minutes <= 60 * 24 * 14:
            raise NotAllowed
        clock.move(timedelta(minutes=minutes))
        return rx.call_script("window.location.reload()")

    async def _count(self, user_id: UUID) -> None:
        unread = await read(notices.unread_count, user_id=user_id)
        self.unread = "99+" if unread > 99 else str(unread or "")
        waiting = await read(bookings.count_requests, mentor_id=user_id, now=utc_now())
        self.requests = str(waiting or "")

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone or "UTC")
