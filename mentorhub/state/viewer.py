"""Who is looking, as every page shows it: the header's name, portrait, hat, and the clock of the server."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub import settings
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.accounts.models import Hat
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings.service import follow_zone
from mentorhub.domain.common import clock, habits, moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import NotAllowed
from mentorhub.domain.common.words import initials
from mentorhub.domain.common.zones import zone_called, zone_names
from mentorhub.domain.notifications import queries as notices
from mentorhub.state.base import Access, Answer, current_viewer, event, leave_for, read, require_viewer, run
from mentorhub.state.live import hub
from mentorhub.state.viewers import known_viewers

_ZONE_OF_BROWSER = """(() => {
  try { return localStorage.getItem('mentorhub-zone') } catch { return null }
})() || Intl.DateTimeFormat().resolvedOptions().timeZone"""
"""What a visitor chose in this browser before, else what the browser says."""
_KEEP_COOKIE = """document.cookie = '%s=%d; Path=/; Max-Age=31536000; SameSite=Lax'
  + (location.protocol === 'https:' ? '; Secure' : '')"""


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
    clock_hours: int = habits.USUAL_HOURS
    server_ahead_ms: float = 0.0
    unread: str = ""
    requests: str = ""
    server_now: str = ""
    turns_at: str = ""
    zone_error: str = ""
    demo: bool = not settings.current().live
    _session: str | None = None

    @event(Access.EVERYONE)
    async def enter(self) -> Answer:
        """Run first on every page: who is looking, in which zone, how far the product's clock is ahead, what is new."""
        viewer, tab = current_viewer(), self.router.session.client_token
        self.server_ahead_ms = clock.offset_seconds() * 1000
        self.me, self.unread, self.requests = Me(), "", ""
        self.clock_hours = habits.current().clock_hours
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
        self._await_turn()
        if viewer is None and not self.zone:
            return rx.call_script(_ZONE_OF_BROWSER, callback=ViewerState.see_zone)
        return None

    @event(Access.EVERYONE)
    def see_zone(self, zone: str) -> Answer:
        """Show times in the zone the browser says, or the visitor chose; an unknown zone changes nothing.

        The page is already there by then, so it is read again in the new zone.
        """
        return self._show_in(zone) if zone in zone_names() else None

    @event(Access.EVERYONE)
    async def choose_zone(self, form: dict[str, Any]) -> Answer:
        """Show times in the zone of a name or a city; the account remembers it, or this browser for a visitor."""
        viewer, zone = current_viewer(), zone_called(str(form.get("zone", ""))[:80])
        self.zone_error = "" if zone else "Please name a city or a time zone, such as London or Asia/Kolkata."
        if zone is None:
            return None
        keep = rx.call_script(f"localStorage.setItem('mentorhub-zone', {json.dumps(zone)})")
        if viewer is not None:
            face = viewer.portrait or ""
            await run(accounts.update_profile, user_id=viewer.user_id, name=viewer.name, time_zone=zone, portrait=face)
            await run(follow_zone, mentee_id=viewer.user_id, time_zone=zone, now=utc_now())
            known_viewers.forget(viewer.token_hash)
        told = rx.toast.info("Your account shows times in it now. Sessions keep their moment.") if viewer else None
        return [keep, *(self._show_in(zone) or ()), *filter(None, [told])]

    @event(Access.EVERYONE)
    async def choose_clock(self, hours: int) -> Answer:
        """Write times on a clock of 24 or of 12 hours; the account remembers it, or this browser for a visitor."""
        if hours not in habits.CLOCKS:
            raise NotAllowed
        viewer, again = current_viewer(), "window.location.reload()"
        if viewer is None:
            return rx.call_script(f"{_KEEP_COOKIE % (habits.KEPT_IN, hours)}; {again}")
        await run(accounts.choose_clock, user_id=viewer.user_id, clock_hours=hours)
        known_viewers.forget(viewer.token_hash)
        return rx.call_script(again)

    @event(Access.EVERYONE)
    def turn(self) -> Answer:
        """The local date or the clock became another: the page that is open is read again."""
        self._await_turn()
        return hub.handlers_of(self.router.session.client_token)

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

    def _show_in(self, zone: str) -> Answer:
        if zone == self.zone:
            return None
        self.zone = zone
        self._await_turn()
        return hub.handlers_of(self.router.session.client_token)

    def _await_turn(self) -> None:
        now = utc_now()
        self.server_now, self.turns_at = now.isoformat(), moments.next_turn(now, self._zone()).isoformat()

    async def _count(self, user_id: UUID) -> None:
        unread = await read(notices.unread_count, user_id=user_id)
        self.unread = "99+" if unread > 99 else str(unread or "")
        waiting = await read(bookings.count_requests, mentor_id=user_id, now=utc_now())
        self.requests = str(waiting or "")

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone or "UTC")
