"""The demo's mailbox in the browser."""

from urllib.parse import urlencode

import pytest

from mentorhub import settings
from mentorhub.adapters import outside
from mentorhub.domain.notifications import service as letters
from mentorhub.state.mailbox import MailboxState
from mentorhub.state.viewer import ViewerState
from tests.letters import SENDER, mail_facts, notice
from tests.state.backstage import Answer, Backstage

ENTER = f"{ViewerState.get_full_name()}.enter"
LOAD = f"{MailboxState.get_full_name()}.load"


def send_invitation() -> str:
    mail = letters.write_confirmed(
        notice(ask="<script>alert(1)</script>"), side="mentor", sender=SENDER, **mail_facts()
    )
    outside().mailer.send(mail)
    box = outside().mailbox
    assert box is not None
    return box.newest()[0].mail_id


async def look(house: Backstage, **query: str) -> Answer:
    path = f"/mailbox?{urlencode(query)}"
    await house.send(ENTER, path=path)
    return await house.send(LOAD, path=path)


async def test_mails_are_listed_and_one_is_opened_by_its_address(house: Backstage) -> None:
    mail_id = send_invitation()

    listed = await look(house)
    opened = await look(house, mail=mail_id)

    assert [line.recipient for line in listed.value("mailbox_state", "mails")] == ["kabir@example.org"]
    assert listed.value("mailbox_state", "open_id") in (None, "")
    assert opened.value("mailbox_state", "open_id") == mail_id
    assert opened.value("mailbox_state", "calendar").startswith("data:text/calendar;charset=utf-8,BEGIN%3AVCALENDAR")
    links = [piece.words for piece in opened.value("mailbox_state", "pieces") if piece.is_link]
    assert "https://mentorhub.example/sessions/7" in links
    assert "<script>" not in opened.value("mailbox_state", "html")


@pytest.mark.parametrize("mail_id", ["0" * 32, "../../secret", "x"])
async def test_a_mail_that_is_not_there_opens_nothing(house: Backstage, mail_id: str) -> None:
    send_invitation()

    answer = await look(house, mail=mail_id)

    assert answer.value("mailbox_state", "open_id") in (None, "")
    assert answer.failures == []


async def test_where_mail_really_goes_out_there_is_no_mailbox(
    house: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_invitation()
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")
    settings.current.cache_clear()
    outside.cache_clear()

    answer = await look(house)

    assert answer.value("mailbox_state", "closed") is True
    assert "kabir" not in answer.words
    outside.cache_clear()
