"""What the viewer wants to be told, by which way, and their quiet hours."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from mentorhub.domain.common import moments
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.notifications import queries, service
from mentorhub.domain.notifications.rules import NoticeKind, Quiet
from mentorhub.domain.scheduling.rules.editing import clock_of, minute_typed
from mentorhub.state.base import Access, event, read, require_viewer, run

_DAY = 24 * 60
_NO_ERRORS = {"quiet_from": "", "quiet_to": ""}


@dataclass(frozen=True)
class SwitchShown:
    """One kind of notice; `why_required` is empty for what may be switched off."""

    kind: str
    label: str
    in_product: bool
    by_mail: bool
    why_required: str
    has_mail: bool


class NoticeSwitchesState(rx.State):
    """Two forms: switches, and quiet hours."""

    loaded: bool = False
    switches: list[SwitchShown] = []
    quiet_from: str = ""
    quiet_to: str = ""
    zone_words: str = ""
    errors: dict[str, str] = dict(_NO_ERRORS)
    switches_saved: str = ""
    quiet_saved: str = ""

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Show how everything is set."""
        self.errors, self.switches_saved, self.quiet_saved = dict(_NO_ERRORS), "", ""
        await self._show()
        self.loaded = True

    @event(Access.SIGNED_IN)
    async def save_switches(self, form: dict[str, Any]) -> None:
        """Keep which kinds are on; a box that is not ticked does not come with the form."""
        self.switches_saved = ""
        await run(
            service.set_switches,
            user_id=require_viewer().user_id,
            in_product={kind for kind in NoticeKind if form.get(f"product:{kind.value}")},
            by_mail={kind for kind in NoticeKind if form.get(f"mail:{kind.value}")},
        )
        await self._show()
        self.switches_saved = "Saved."

    @event(Access.SIGNED_IN)
    async def save_quiet_hours(self, form: dict[str, Any]) -> None:
        """Keep the quiet hours; what is wrong is said beside its field."""
        self.errors, self.quiet_saved = dict(_NO_ERRORS), ""
        self.quiet_from, self.quiet_to = str(form.get("quiet_from", "")), str(form.get("quiet_to", ""))
        try:
            quiet = _quiet_typed(self.quiet_from, self.quiet_to)
            await run(service.set_quiet_hours, user_id=require_viewer().user_id, quiet=quiet)
        except FieldError as refusal:
            self.errors = {**_NO_ERRORS, refusal.field: refusal.message}
            return
        await self._show()
        self.quiet_saved = "Saved." if self.quiet_from else "Saved. You have no quiet hours."

    async def _show(self) -> None:
        wishes = await read(queries.wishes_of, user_id=require_viewer().user_id)
        self.switches = [
            SwitchShown(
                one.kind.value, one.kind.label, one.in_product, one.by_mail, one.why_required, one.kind.has_mail
            )
            for one in wishes.switches
        ]
        self.quiet_from = clock_of(wishes.quiet.from_minute) if wishes.quiet else ""
        self.quiet_to = clock_of(wishes.quiet.to_minute) if wishes.quiet else ""
        zone = moments.zone_of(wishes.zone)
        self.zone_words = moments.place_in_words(zone, utc_now())


def _quiet_typed(begins: str, ends: str) -> Quiet | None:
    """Quiet hours as typed; `None` when both fields are empty. Raises FieldError on the field that is wrong."""
    if not begins.strip() and not ends.strip():
        return None
    minutes = []
    for name, text in (("quiet_from", begins), ("quiet_to", ends)):
        if not text.strip():
            raise FieldError(name, "Give both times, or leave both empty.")
        minute = minute_typed(text)
        if minute is None:
            raise FieldError(name, "Write a time such as 22:00.")
        minutes.append(minute % _DAY)
    return Quiet(*minutes)
