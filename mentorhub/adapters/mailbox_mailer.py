"""The mailbox that stands in for mail: one `.eml` file a mail, in a folder one can also open by hand."""

import os
import re
from collections.abc import Sequence
from email import message_from_binary_file, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.notifications.errors import MailNotSent
from mentorhub.domain.notifications.ports import KeptMail, OutgoingMail
from mentorhub.domain.notifications.rules import compose
from mentorhub.domain.notifications.rules.mime import message_name

_MAIL_ID = re.compile(r"[0-9a-f]{32}")


class MailboxMailer:
    """Keeps mails in `folder`; the same mail sent twice is kept once."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, mail: OutgoingMail) -> None:
        """Put the mail into the folder; raises MailNotSent when it cannot be written."""
        message = compose(mail, sender=self._sender)
        name = message_name(mail)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = self._folder / f"{name}.{os.getpid()}.new"
            fresh.write_bytes(message.as_bytes())
            fresh.replace(self._folder / f"{name}.eml")
        except OSError as error:
            raise MailNotSent from error

    def newest(self, *, limit: int = 50) -> Sequence[KeptMail]:
        """The latest mails, newest first, without their contents."""
        files = sorted(self._folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        return [_kept(path, _opened(path)) for path in files[:limit]]

    def read(self, mail_id: str) -> KeptMail:
        """One mail with its contents; raises NotFound."""
        path = self._folder / f"{mail_id}.eml"
        if not _MAIL_ID.fullmatch(mail_id) or not path.is_file():
            raise NotFound
        message = _opened(path)
        head = _kept(path, message)
        parts = {part.get_content_type(): part for part in message.walk() if not part.is_attachment()}
        words = {
            kind: str(parts[kind].get_content()) if kind in parts else ""
            for kind in ("text/plain", "text/html", "text/calendar")
        }
        return KeptMail(
            head.mail_id,
            head.to,
            head.subject,
            head.sent_at,
            words["text/plain"],
            words["text/html"],
            words["text/calendar"],
        )


def _opened(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return message_from_binary_file(file, policy=policy.default)


def _kept(path: Path, message: EmailMessage) -> KeptMail:
    return KeptMail(path.stem, str(message["To"]), str(message["Subject"]), parsedate_to_datetime(message["Date"]))
