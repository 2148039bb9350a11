"""The product's own outside on a temporary folder, and its mailbox as a person reads it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mentorhub import settings
from mentorhub.adapters import Outside
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications.ports import KeptMail
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


def deliver(out: Outside) -> None:
    """Do every job that is due now, as the worker would, one after the other."""
    while jobs := worker.claim(Schedule(()), limit=10, now=utc_now()):
        for job in jobs:
            worker.do(out, job, HANDLERS)


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
