"""How mail leaves the product."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class CalendarPart:
    """An iCalendar object and its method: "REQUEST" invites or updates, "CANCEL" takes back (RFC 5546)."""

    method: str
    content: bytes


@dataclass(frozen=True)
class OutgoingMail:
    """A mail to one person, in words and in pictures of the same words.

    `key` names what it is about: the same key gives the same Message-ID, so that a mail sent twice after a
    crash can be told apart from two mails. `unsubscribe` is an address that switches mails of its kind off by one
    POST without a sign-in; empty for mails nobody may switch off.
    """

    key: str
    to: str
    subject: str
    text: str
    html: str
    written_at: datetime
    calendar: CalendarPart | None = None
    unsubscribe: str = ""


class Mailer(Protocol):
    """Delivers mail. Calls block and may take seconds: run them in a thread, outside any transaction."""

    def send(self, mail: OutgoingMail) -> None:
        """Hand the mail over; raises MailNotSent when it was not taken and may be tried again."""
        ...


@dataclass(frozen=True)
class KeptMail:
    """A mail of the demo's mailbox, as its page shows it."""

    mail_id: str
    to: str
    subject: str
    sent_at: datetime
    text: str = ""
    html: str = ""
    calendar: str = ""


class Mailbox(Protocol):
    """The mailbox that stands in for mail outside live mode; anyone on this machine may read it."""

    def newest(self, *, limit: int = 50) -> Sequence[KeptMail]:
        """The latest mails, newest first, without their contents."""
        ...

    def read(self, mail_id: str) -> KeptMail:
        """One mail with its contents; raises NotFound."""
        ...
