"""Duties that come round by the clock; each turn is one row of the outbox, so that N processes do it once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.common import outbox
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications import service as notices

DUTY: Final = "duty"
"""The topic of a duty's turn; its subject is the duty's name. A failed turn waits for the next one."""
Handler = Callable[[Outside, str], None]
"""Does what a row of the outbox asks for, given its subject."""
_KEY: Final = "cron:"
_SILENT_FOR: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Duty:
    """Something to do `every` so often; `run` may be called while the last turn still goes on."""

    name: str
    every: timedelta
    run: Callable[[Outside], None]


class Schedule:
    """Which turns this process has asked for already."""

    def __init__(self, duties: Sequence[Duty]) -> None:
        self._duties = duties
        self._asked: dict[str, int] = {}

    def enqueue_due(self, now: datetime) -> None:
        """Ask for every duty whose turn has come; turns missed while nobody was there are not made up."""
        turns = {duty.name: int(now.timestamp() // duty.every.total_seconds()) for duty in self._duties}
        fresh = {name: turn for name, turn in turns.items() if self._asked.get(name) != turn}
        if not fresh:
            return
        with database.transaction() as db:
            for name, turn in fresh.items():
                outbox.enqueue(db, DUTY, key=f"{_KEY}{name}:{turn}", subject=name, now=now)
        self._asked.update(fresh)


def turns_of(duties: Sequence[Duty]) -> Handler:
    """The handler of a turn, by the duty's name; a duty that no longer exists is passed over."""
    known = {duty.name: duty for duty in duties}

    def take_turn(out: Outside, name: str) -> None:
        if name in known:
            known[name].run(out)

    return take_turn


def is_kept() -> bool:
    """Whether any process of this installation took a turn within the last minute."""
    with database.reading() as db:
        return outbox.was_done_since(db, utc_now() - _SILENT_FOR, key_prefix=_KEY)


def sweep(out: Outside) -> None:
    """Remove what nobody can use any more."""
    now = utc_now()
    with database.transaction() as db:
        accounts.sweep(db, now=now)
        notices.sweep(db, now=now)
        outbox.sweep(db, key_prefix=_KEY, now=now)
