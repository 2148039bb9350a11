"""Who is looking, as every page shows it: the header's name, portrait, hat, and the clock of the server."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo, available_timezones

import reflex as rx

from mentorhub import settings
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.accounts.models import Hat
from mentorhub.domain.common import clock
from mentorhub.domain.common.errors import NotAllowed
from mentorhub.domain.common.words import initials
from mentorhub.state.base import Access, Answer, current_viewer, event, leave_for, run
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
    demo: bool = not settings.current().live
    _session: str | None = None

    @event(Access.EVERYONE)
    def enter(self) -> Answer:
        """Run first on every page: who is looking, in which zone, and how far the product's clock is ahead."""
        viewer = current_viewer()
        self.server_ahead_ms = clock.offset_seconds() * 1000
        self.me = Me()
        if viewer is not None:
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

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone or "UTC")
