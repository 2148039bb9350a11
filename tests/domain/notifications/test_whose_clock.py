"""Every mail writes its times as its reader reads them, whoever's habits are in force while it is written."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mentorhub.domain.common import habits
from mentorhub.domain.common.habits import OF_THE_HOUSE, Habits
from mentorhub.domain.notifications import service as letters
from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import NoticeKind, SessionNotice
from mentorhub.domain.notifications.rules.moves import MoveNotice
from mentorhub.domain.notifications.rules.requests import FitNotice, RequestNotice
from mentorhub.domain.notifications.service import group_mails, move_mails, request_mails, waiting_mails
from tests.letters import SENDER, SITE, mail_facts, notice
from tests.people import SUNDAY

TWELVE = Habits(clock_hours=12)
ON_12 = re.compile(r"\b\d{1,2}:\d\d [ap]m\b")
ON_24 = re.compile(r"\b\d\d:\d\d\b(?! [ap]m)")

LATER = SUNDAY + timedelta(days=1, hours=3)
FIT = FitNotice("Ines", "Editor", LATER, f"{SITE}/mentors/ines")
Write = Callable[[SessionNotice], OutgoingMail]


def _session(write: Callable[..., OutgoingMail], side: str, **more: object) -> Write:
    return lambda session: write(session, side=side, **more, **mail_facts())


def _request(write: Callable[..., OutgoingMail]) -> Write:
    return lambda session: write(
        RequestNotice(session, is_open=True, deadline=LATER, reply_by=LATER, fits=(FIT,)), **mail_facts()
    )


def _move(write: Callable[..., OutgoingMail], by: str, to: str) -> Write:
    return lambda session: write(MoveNotice(session, by, to, (LATER,), "", LATER, True, False), **mail_facts())


def _reminder(side: str) -> Write:
    return _session(letters.write_reminder, side, kind=NoticeKind.REMINDER_DAY)


def _group(write: Callable[..., OutgoingMail], **more: object) -> Write:
    return lambda session: write(replace(session, decide_by=LATER), **more, **mail_facts())


MAILS: list[tuple[str, str, Write]] = [
    *(
        (name, side, write(side))
        for side in ("mentor", "mentee")
        for name, write in (
            ("confirmed", lambda side: _session(letters.write_confirmed, side, sender=SENDER)),
            ("cancelled", lambda side: _session(letters.write_cancelled, side, sender=SENDER, fits=(FIT,))),
            ("moved", lambda side: _session(move_mails.write_moved, side, sender=SENDER)),
            ("reminder", _reminder),
            ("other is here", lambda side: _session(letters.write_other_is_here, side)),
            ("proposed", lambda side: _move(move_mails.write_move_proposed, "nobody", side)),
            ("kept", lambda side: _move(move_mails.write_move_kept, side, "nobody")),
            ("goes ahead", lambda side: _session(group_mails.write_goes_ahead, side)),
        )
    ),
    ("too late", "mentee", lambda session: letters.write_paid_too_late(session, **mail_facts())),
    ("offer", "mentee", lambda session: waiting_mails.write_offer(session, until=LATER, **mail_facts())),
    ("received", "mentor", _request(request_mails.write_received)),
    ("replied", "mentor", _request(request_mails.write_replied)),
    ("question", "mentee", _request(request_mails.write_question)),
    ("declined", "mentee", _request(request_mails.write_declined)),
    ("lapsed", "mentee", _request(request_mails.write_lapsed)),
    ("request too late", "mentee", _request(request_mails.write_too_late)),
    ("card failed", "mentee", _request(request_mails.write_card_failed)),
    ("published", "mentor", _group(group_mails.write_published, sender=SENDER)),
    ("called off", "mentor", _group(group_mails.write_called_off, sender=SENDER)),
    ("group reminder", "mentor", _group(group_mails.write_group_reminder)),
]


@pytest.mark.parametrize(("name", "side", "write"), MAILS, ids=[f"{name}-{side}" for name, side, _ in MAILS])
def test_a_mail_is_written_on_its_readers_clock_and_never_on_the_others(name: str, side: str, write: Write) -> None:
    other = "mentee" if side == "mentor" else "mentor"
    on_12 = notice(**{side: replace(notice().person(side), habits=TWELVE)})
    on_24 = notice(**{other: replace(notice().person(other), habits=TWELVE)})

    with habits.of(OF_THE_HOUSE):
        read_on_12 = write(on_12)
    with habits.of(TWELVE):
        read_on_24 = write(on_24)

    for words in (f"{read_on_12.subject}\n{read_on_12.text}", read_on_12.html):
        assert ON_12.search(words)
        assert not ON_24.search(words)
    for words in (f"{read_on_24.subject}\n{read_on_24.text}", read_on_24.html):
        assert ON_24.search(words)
        assert not ON_12.search(words)


def test_both_clocks_of_a_session_are_written_as_its_reader_reads_them() -> None:
    session = notice(mentee=replace(notice().mentee, habits=TWELVE))

    mail = letters.write_confirmed(session, side="mentee", sender=SENDER, **mail_facts())

    assert "Your time: Tuesday 24 November 2026, 2:30 pm to 3:00 pm in Kolkata (UTC+5:30)\n" in mail.text
    assert "Kabir's time: Tuesday 24 November 2026, 9:00 am to 9:30 am in London (UTC+0)\n" in mail.text
    assert mail.subject == "Booked: CV review with Kabir Deshmukh, Tue 24 Nov 2026, 2:30 pm"
