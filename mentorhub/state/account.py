"""A person's own account: what they show, how they are reached, where they are signed in."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import reflex as rx

from mentorhub.domain.accounts import queries, service
from mentorhub.domain.accounts.queries import AccountView, SessionView
from mentorhub.domain.accounts.rules import PORTRAITS
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings.service import follow_zone
from mentorhub.domain.common import habits, moments
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.words import initials
from mentorhub.domain.common.zones import zone_names
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.entry import FIELDS, flash_of
from mentorhub.state.viewer import ViewerState
from mentorhub.state.viewers import known_viewers

FACES = PORTRAITS
"""The portraits one may choose from."""

ZONES = tuple(
    (name, name.replace("_", " "))
    for name in sorted(zone_names())
    if name == "UTC" or ("/" in name and not name.startswith("Etc/"))
)
"""The zones one may choose from, part of the page itself, so that no visit sends them anew."""

CLOCKS = (("24", "24 hours, such as 14:30"), ("12", "12 hours, such as 2:30 pm"))
"""The clocks one may read times on."""

_FORMS = ("email", "password", "sessions")


@dataclass(frozen=True)
class SessionShown:
    """One signed-in browser."""

    reference: str
    device: str
    address: str
    seen: str
    is_current: bool


@dataclass(frozen=True)
class ReshownSession:
    """A coming session before and after the zone of the account changed."""

    title: str
    was: str
    now: str


class AccountState(rx.State):
    """The account page; name, zone and portrait are saved here, all else by plain forms."""

    loaded: bool = False
    name: str = ""
    email: str = ""
    verified: bool = True
    asked_email: str = ""
    time_zone: str = ""
    clock: str = ""
    portrait: str = ""
    sessions: list[SessionShown] = []
    profile_errors: dict[str, str] = {"name": "", "time_zone": "", "clock_hours": "", "portrait": ""}
    saved: str = ""
    zone_was: str = ""
    zone_words: str = ""
    reshown: list[ReshownSession] = []
    spoke: str = ""
    notice: str = ""
    errors: dict[str, str] = dict.fromkeys(FIELDS, "")
    kept_email: str = ""

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Read the account, its sessions, and what the last form had to tell."""
        account = await self._read_account()
        self.email, self.verified, self.asked_email = account.email, account.verified, account.asked_email
        self.saved, self.profile_errors = "", dict.fromkeys(self.profile_errors, "")
        self.zone_was, self.reshown = "", []
        self._show_flash()
        self.loaded = True

    def _show_flash(self) -> None:
        flash = flash_of(self.router.headers)
        mine = flash is not None and flash.form in _FORMS
        self.spoke = flash.form if flash and mine else ""
        self.notice = flash.notice if flash and mine else ""
        self.errors = {field: flash.errors.get(field, "") if flash and mine else "" for field in FIELDS}
        self.kept_email = flash.kept.get("email", "") if flash and mine else ""

    @event(Access.SIGNED_IN)
    async def save(self, form: dict[str, Any]) -> Answer:
        """Keep name, zone, clock and portrait; what is wrong is said beside its field."""
        viewer = require_viewer()
        name, zone, portrait = (str(form.get(field, "")) for field in ("name", "time_zone", "portrait"))
        hours = habits.hours_named(str(form.get("clock_hours", viewer.clock_hours))) or 0
        self.saved, self.profile_errors = "", dict.fromkeys(self.profile_errors, "")
        try:
            await run(
                service.update_profile,
                user_id=viewer.user_id,
                name=name,
                time_zone=zone,
                portrait=portrait,
                clock_hours=hours,
            )
        except FieldError as refusal:
            self.profile_errors = {**self.profile_errors, refusal.field: refusal.message}
            return
        before = viewer.time_zone
        await self._reread()
        self.saved = "Saved."
        if self.time_zone != before:
            await self._reshow(viewer.user_id, before)

    @event(Access.SIGNED_IN)
    async def confirm_zone(self) -> None:
        """The sessions are right as they are shown now: mails and the other side name them so, too."""
        viewer = require_viewer()
        await run(follow_zone, mentee_id=viewer.user_id, time_zone=self.time_zone, now=utc_now())
        self.zone_was, self.reshown = "", []

    @event(Access.SIGNED_IN)
    async def go_back_to_zone(self) -> None:
        """The zone was changed by mistake: back to the one before."""
        viewer = require_viewer()
        if not self.zone_was:
            raise NotFound
        await run(
            service.update_profile,
            user_id=viewer.user_id,
            name=self.name,
            time_zone=self.zone_was,
            portrait=self.portrait,
        )
        self.zone_was, self.reshown = "", []
        await self._reread()

    async def _read_account(self) -> AccountView:
        viewer, now = require_viewer(), utc_now()
        account = await read(queries.account, user_id=viewer.user_id, now=now)
        listed = await read(queries.sessions_of, user_id=viewer.user_id, token_hash=viewer.token_hash, now=now)
        self.name, self.time_zone, self.portrait = account.name, account.time_zone, account.portrait
        self.clock = str(account.clock_hours)
        self.sessions = [_shown(session, account.time_zone) for session in listed]
        return account

    async def _reread(self) -> None:
        """Show what was just changed, here and in the frame around every page."""
        known_viewers.forget(require_viewer().token_hash)
        hours = (await read(queries.habits_of, user_id=require_viewer().user_id)).clock_hours
        habits.adopt(replace(habits.current(), clock_hours=hours))
        account = await self._read_account()
        shown = await self.get_state(ViewerState)
        shown.clock_hours = hours
        shown._show_in(account.time_zone)
        shown.me = replace(shown.me, name=account.name, portrait=account.portrait, initials=initials(account.name))

    async def _reshow(self, user_id: UUID, before: str) -> None:
        """Coming sessions on both clocks, for their person to look over; nothing of them changed."""
        now, was, mine = utc_now(), moments.zone_of(before), moments.zone_of(self.time_zone)
        both = [
            row
            for as_mentor in (False, True)
            for row in await read(bookings.sessions_of, viewer_id=user_id, as_mentor=as_mentor, coming=True, now=now)
        ]
        self.reshown = [
            ReshownSession(
                title=f"{row.title} with {row.other_name}",
                was=f"{moments.when(row.starts_at, was)} ({moments.offset(was, row.starts_at)})",
                now=f"{moments.when(row.starts_at, mine)} ({moments.offset(mine, row.starts_at)})",
            )
            for row in sorted(both, key=lambda row: row.starts_at)
        ]
        self.zone_was = before if self.reshown else ""
        self.zone_words = f"{moments.place_of(was)} to {moments.place_of(mine)}"


def _shown(session: SessionView, zone: str) -> SessionShown:
    return SessionShown(
        reference=session.reference,
        device=session.device,
        address=session.address,
        seen=moments.when(session.seen_at, moments.zone_of(zone)),
        is_current=session.is_current,
    )
