"""The demo's mailbox: every mail the product would have sent, for anyone on this machine to read."""

import re
from dataclasses import dataclass
from urllib.parse import quote

import reflex as rx

from mentorhub.adapters import outside
from mentorhub.domain.common import moments
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.notifications.ports import KeptMail
from mentorhub.state.base import Access, event
from mentorhub.state.viewer import ViewerState

_LINK = re.compile(r"(https?://\S+)")
_OPENS_OUTSIDE = '<base target="_blank">'


@dataclass(frozen=True)
class MailLine:
    """One line of the list."""

    mail_id: str
    recipient: str
    subject: str
    sent: str


@dataclass(frozen=True)
class Piece:
    """A run of a mail's text, or a link in it."""

    words: str
    is_link: bool


class MailboxState(rx.State):
    """The list, and the mail that is open (named in the address, so that it can be linked and reloaded)."""

    loaded: bool = False
    closed: bool = False
    mails: list[MailLine] = []
    open_id: str = ""
    subject: str = ""
    recipient: str = ""
    sent: str = ""
    pieces: list[Piece] = []
    html: str = ""
    calendar: str = ""

    @event(Access.EVERYONE)
    async def load(self) -> None:
        """List the mails and open the one the address names, else none; live mode has no mailbox."""
        box = outside().mailbox
        self.closed = box is None
        self.loaded = True
        if box is None:
            return
        zone = (await self.get_state(ViewerState)).zone
        self.mails = [
            MailLine(mail.mail_id, mail.to, mail.subject, moments.when(mail.sent_at, moments.zone_of(zone)))
            for mail in await rx.run_in_thread(box.newest)
        ]
        wanted = self.router.url.query_parameters.get("mail", "")
        self.open_id = ""
        if wanted:
            await self._open(wanted, zone)

    async def _open(self, mail_id: str, zone: str) -> None:
        box = outside().mailbox
        if box is None:
            return
        try:
            mail = await rx.run_in_thread(lambda: box.read(mail_id))
        except NotFound:
            return
        self._show(mail, zone)

    def _show(self, mail: KeptMail, zone: str) -> None:
        self.open_id, self.recipient, self.subject = mail.mail_id, mail.to, mail.subject
        self.sent = moments.when(mail.sent_at, moments.zone_of(zone))
        self.pieces = [Piece(words, bool(_LINK.fullmatch(words))) for words in _LINK.split(mail.text) if words]
        self.html = mail.html.replace("<head>", f"<head>{_OPENS_OUTSIDE}", 1)
        self.calendar = f"data:text/calendar;charset=utf-8,{quote(mail.calendar)}" if mail.calendar else ""
