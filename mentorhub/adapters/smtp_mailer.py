"""Mail over SMTP, by the standard library: one connection a mail, TLS wherever it can be had."""

import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from mentorhub.domain.notifications.errors import MailNotSent
from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import compose

_PATIENCE_SECONDS = 20


class SmtpMailer:
    """Sends through the server of `url`: smtp://user:password@host:587 (STARTTLS) or smtps://…:465.

    A password is never sent over a connection that is not encrypted.
    """

    def __init__(self, url: str, *, sender: str) -> None:
        parts = urlsplit(url)
        self._implicit_tls = parts.scheme == "smtps"
        self._host = parts.hostname or ""
        self._port = parts.port or (465 if self._implicit_tls else 587)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._sender = sender

    def send(self, mail: OutgoingMail) -> None:
        """Hand the mail to the server; raises MailNotSent when it was not taken."""
        message = compose(mail, sender=self._sender)
        try:
            with self._connected() as server:
                server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            raise MailNotSent from error

    def _connected(self) -> smtplib.SMTP:
        if self._implicit_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=_PATIENCE_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=_PATIENCE_SECONDS)
        try:
            self._greet(server)
        except BaseException:
            server.close()
            raise
        return server

    def _greet(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        encrypted = self._implicit_tls
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
            encrypted = True
        if not self._user:
            return
        if not encrypted:
            raise smtplib.SMTPNotSupportedError("no TLS, so the password stays here")
        server.login(self._user, self._password)
