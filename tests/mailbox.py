"""The product's own outside on a temporary folder, and its mailbox as a person reads it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mentorhub import settings
from mentorhub.adapters import Outside
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications.ports import KeptMail, Mailer, OutgoingMail
from mentorhub.jobs import worker
from mentorhub.jobs.handlers import HANDLERS
from mentorhub.jobs.schedule import Schedule
from mentorhub.settings import Settings

_LINK = re.compile(r"https?://\S+")


@contextmanager
def house(patch: pytest.MonkeyPatch, folder: Path, **environment: str) -> Iterator[tuple[Settings, Outside]]:
    """Settings and outside of a demo house that keeps its files in `folder`."""
    for name, value in {"MENTORHUB_DATA": str(folder), **environment}.items():
        patch.setenv(name, value)
    settings.current.cache_clear()
    here = settings.current()
    yield here, Outside(here)
    settings.current.cache_clear()


class _Counting:
    """A mailer that sends by the real one and remembers the keys: the mailbox keeps one file of each."""

    def __init__(self, mailer: Mailer) -> None:
        self._mailer, self.keys = mailer, list[str]()

    def send(self, mail: OutgoingMail) -> None:
        self.keys.append(mail.key)
        self._mailer.send(mail)


def deliver(out: Outside) -> None:
    """Do every job that is due now, as the worker would, one after the other; no mail of theirs leaves twice."""
    mailer, counting = out.mailer, _Counting(out.mailer)
    out.__dict__["mailer"] = counting
    try:
        while jobs := worker.claim(Schedule(()), limit=10, now=utc_now()):
            for job in jobs:
                worker.do(out, job, HANDLERS)
    finally:
        out.__dict__["mailer"] = mailer
    assert sorted(set(counting.keys)) == sorted(counting.keys)


def mails_to(out: Outside, email: str) -> list[KeptMail]:
    """The mails to an address, newest first, with their contents."""
    box = out.mailbox
    assert box is not None
    return [box.read(mail.mail_id) for mail in box.newest() if mail.to == email]


def link_in(mail: KeptMail) -> str:
    """The first address in a mail's text: the one behind its button."""
    found = _LINK.search(mail.text)
    assert found is not None
    return found[0]
