"""The shape of a message: the same words as text and as HTML, and the invitation as part and as file."""

import hashlib
from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from mentorhub.domain.notifications.ports import OutgoingMail


def compose(mail: OutgoingMail, *, sender: str) -> EmailMessage:
    """The message of a mail; `sender` is "Name <address>". The library refuses line breaks in headers."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = format_datetime(mail.written_at.astimezone(UTC), usegmt=True)
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["Message-ID"] = f"<{message_name(mail)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.calendar is not None:
        text = mail.calendar.content.decode()
        message.add_alternative(text, subtype="calendar", params={"method": mail.calendar.method})
        message.add_attachment(mail.calendar.content, maintype="application", subtype="ics", filename="session.ics")
    return message


def message_name(mail: OutgoingMail) -> str:
    """The name of a message, the same whenever the same mail is written."""
    return hashlib.sha256(f"{mail.key}\n{mail.to}".encode()).hexdigest()[:32]
