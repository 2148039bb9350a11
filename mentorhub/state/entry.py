"""What the entry forms show: where they lead on to, and what the last try had to tell (its flash)."""

from typing import Any
from urllib.parse import quote

import reflex as rx

from mentorhub import settings
from mentorhub.domain.accounts.rules import Flash, read_flash, safe_path
from mentorhub.state.base import Access, Answer, current_viewer, event

FIELDS = ("", "name", "email", "password", "present", "email_present")
"""Every field a flash may speak of; "" is the form as a whole."""


def flash_of(router_headers: Any) -> Flash | None:
    """The flash in the Cookie header the page's websocket came with."""
    return read_flash(str(router_headers.cookie or ""), secure=settings.current().secure)


class EntryState(rx.State):
    """Shared by the pages of one form each: sign in, sign up, forgot, reset, verify, confirm an address."""

    loaded: bool = False
    notice: str = ""
    errors: dict[str, str] = dict.fromkeys(FIELDS, "")
    kept: dict[str, str] = dict.fromkeys(FIELDS, "")
    next: str = ""
    quoted_next: str = ""
    token: str = ""
    hat: str = ""
    _left: str = ""

    @event(Access.EVERYONE)
    def load(self, form: str) -> Answer:
        """Show the form, with its flash when it has one; who is signed in already goes on at once."""
        asked = self.router.url.query_parameters
        self.next = safe_path(asked.get("next", ""), otherwise="")
        self.quoted_next = quote(self.next, safe="")
        self.token = asked.get("token", "")[:200]
        self.hat = "mentor" if asked.get("as") == "mentor" else ""
        self._show(form)
        self.loaded = True
        if form in ("sign-in", "sign-up") and current_viewer() is not None:
            return rx.redirect(self.next or "/home")
        return None

    def _show(self, form: str) -> None:
        """A flash of another form belongs to a page one has left and is not shown again."""
        flash = flash_of(self.router.headers)
        self.notice, self.errors, self.kept = "", dict.fromkeys(FIELDS, ""), dict.fromkeys(FIELDS, "")
        if flash is None or flash.flash_id == self._left:
            return
        if flash.form != form:
            self._left = flash.flash_id
            return
        self.notice = flash.notice
        self.errors = {field: flash.errors.get(field, "") for field in FIELDS}
        self.kept = {field: flash.kept.get(field, "") for field in FIELDS}
