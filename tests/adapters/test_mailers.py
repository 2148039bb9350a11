"""One contract for both mailers: SMTP against a real server, and the mailbox in a folder."""

import email
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from mentorhub.adapters.mailbox_mailer import MailboxMailer
from mentorhub.adapters.smtp_mailer import SmtpMailer
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.notifications import service as letters
from mentorhub.domain.notifications.errors import MailNotSent
from mentorhub.domain.notifications.ports import Mailer, OutgoingMail
from mentorhub.domain.notifications.rules import NoticeKind
from tests.letters import SENDER, mail_facts, notice
from tests.servers import free_port


class Postbox:
    """Takes every mail, except to addresses that begin with "full"."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: Any) -> str:
        if to.startswith("full"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        return "250 OK"


@dataclass
class Post:
    """A mailer and the messages that arrived by it."""

    mailer: Mailer
    arrived: Callable[[], list[EmailMessage]]


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box, port = Postbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture(params=["smtp", "mailbox"])
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Post:
    if request.param == "mailbox":
        folder = tmp_path / "mailbox"
        mailer = MailboxMailer(folder, sender=SENDER)
        return Post(mailer, lambda: [_parsed(path.read_bytes()) for path in sorted(folder.glob("*.eml"))])
    box, port = request.getfixturevalue("postbox")
    return Post(
        SmtpMailer(f"smtp://127.0.0.1:{port}", sender=SENDER),
        lambda: [_parsed(envelope.content) for envelope in box.envelopes],
    )


def _parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def invitation(to: str = "riya@example.org") -> OutgoingMail:
    written = letters.write_confirmed(notice(), side="mentee", sender=SENDER, **mail_facts())
    return OutgoingMail(
        "k", to, "Zeit für “CV review” ₹", written.text, written.html, written.written_at, written.calendar
    )


def test_a_mail_arrives_with_its_words_its_twin_and_its_invitation(post: Post) -> None:
    post.mailer.send(invitation())

    (message,) = post.arrived()
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "application/ics"]
    assert (message["To"], message["From"]) == ("riya@example.org", SENDER)
    assert message["Subject"] == "Zeit für “CV review” ₹"
    assert "₹1,200.00" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "₹1,200.00" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_the_invitation_says_its_method_where_mail_programs_look(post: Post) -> None:
    post.mailer.send(invitation())

    (message,) = post.arrived()
    (part,) = (part for part in message.walk() if part.get_content_type() == "text/calendar")
    (file,) = (part for part in message.walk() if part.is_attachment())
    assert part.get_param("method") == "REQUEST"
    assert "BEGIN:VEVENT" in part.get_content()
    assert file.get_filename() == "session.ics"
    assert file.get_content().replace(b"\r\n", b"\n").decode() == part.get_content().replace("\r\n", "\n")


def test_the_same_mail_sent_twice_bears_the_same_name(post: Post) -> None:
    post.mailer.send(invitation())
    post.mailer.send(invitation())

    assert len({message["Message-ID"] for message in post.arrived()}) == 1


def test_a_header_with_a_line_break_is_refused_and_nothing_leaves(post: Post) -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline|carriage"):
        post.mailer.send(invitation("riya@example.org\r\nBcc: all@example.org"))

    assert post.arrived() == []


def test_a_server_that_does_not_take_a_mail_is_said_so(postbox: tuple[Postbox, int]) -> None:
    box, port = postbox

    with pytest.raises(MailNotSent):
        SmtpMailer(f"smtp://127.0.0.1:{port}", sender=SENDER).send(invitation("full@example.org"))
    with pytest.raises(MailNotSent):
        SmtpMailer(f"smtp://127.0.0.1:{free_port()}", sender=SENDER).send(invitation())

    assert box.envelopes == []


def test_a_password_never_crosses_an_open_line() -> None:
    heard: list[str] = []

    def listen(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
        heard.append(mechanism)
        return AuthResult(success=True)

    port = free_port()
    controller = Controller(Postbox(), hostname="127.0.0.1", port=port, authenticator=listen, auth_require_tls=False)
    controller.start()
    try:
        with pytest.raises(MailNotSent):
            SmtpMailer(f"smtp://user:secret@127.0.0.1:{port}", sender=SENDER).send(invitation())
    finally:
        controller.stop()

    assert heard == []


def test_the_mailbox_lists_the_newest_first_and_opens_one(tmp_path: Path) -> None:
    box = MailboxMailer(tmp_path / "mailbox", sender=SENDER)
    assert box.newest() == []
    for key in ("first", "second", "third"):
        box.send(OutgoingMail(key, "riya@example.org", key, "text\n", "<p>html</p>", notice().starts_at))

    assert [mail.subject for mail in box.newest(limit=2)] == ["third", "second"]
    opened = box.read(box.newest()[0].mail_id)
    assert (opened.text.strip(), opened.html.strip(), opened.calendar) == ("text", "<p>html</p>", "")
    assert opened.sent_at == notice().starts_at


@pytest.mark.parametrize("name", ["", "../secret", "0" * 32, "0" * 31 + "/"])
def test_the_mailbox_opens_nothing_but_its_own_mails(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.eml").write_text("To: x\n\nsecret")
    box = MailboxMailer(tmp_path / "mailbox", sender=SENDER)

    with pytest.raises(NotFound):
        box.read(name)


def test_a_mailbox_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "mailbox").write_text("a file, not a folder")

    with pytest.raises(MailNotSent):
        MailboxMailer(tmp_path / "mailbox", sender=SENDER).send(invitation())


def test_a_mail_that_may_be_switched_off_says_so_to_mail_programs_and_people(post: Post) -> None:
    facts = mail_facts()
    reminder = letters.write_reminder(notice(), side="mentee", kind=NoticeKind.REMINDER_HOUR, **facts)
    address = "https://mentorhub.example/unsubscribe/abc"

    post.mailer.send(letters.with_way_out(reminder, address, kind=NoticeKind.REMINDER_HOUR))
    post.mailer.send(replace(letters.write_cancelled(notice(), side="mentee", sender=SENDER, **facts), key="other"))

    with_it, without_it = sorted(post.arrived(), key=lambda message: message["List-Unsubscribe"] is None)
    assert with_it["List-Unsubscribe"] == f"<{address}>"
    assert with_it["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (with_it.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert f"No more mails like this (an hour before a session):\n{address}" in text.get_content().replace("\r\n", "\n")
    assert f'href="{address}"' in html.get_content()
    assert without_it["List-Unsubscribe-Post"] is None
