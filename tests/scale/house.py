"""One installation as a machine runs it: its folder, its environment, and the programs started in it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import httpx
from sqlmodel import col, select

from mentorhub import database
from mentorhub.cli.db import bring_up_to_date
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.accounts.models import User
from mentorhub.domain.catalog.models import MentorProfile
from mentorhub.domain.common import clock
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.scheduling.models import AvailabilityRule, SchedulePreferences
from tests import people
from tests.servers import free_port

_PROGRAM = str(Path(sys.executable).with_name("mentorhub"))
_UNSET = ("MENTORHUB_", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL", "SMTP_URL", "STRIPE_", "MEDIA_URL", "REFLEX_")


@dataclass
class House:
    """An installation; `environment` is what an operator would set."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        """The address people type."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        """Where its facts are kept."""
        return self.environment.get("DATABASE_URL", f"sqlite:///{self.folder / 'mentorhub.db'}")

    def furnish(self) -> people.People:
        """Make its database with the three people in it, the mentor open day and night, and stay connected to it.

        All live in one zone: at a week's edge people apart would look at different weeks.
        """
        database.connect(self.database_url)
        bring_up_to_date()
        with database.transaction() as db:
            everyone = people.settle_in(db)
            for person in db.exec(select(User)).all():
                person.time_zone = "UTC"
            for rule in db.exec(select(AvailabilityRule)).all():
                db.delete(rule)
            db.flush()
            for weekday in range(7):
                db.add(AvailabilityRule(mentor_id=everyone.mentor, weekday=weekday, start_minute=0, end_minute=1440))
            wants = db.get_one(SchedulePreferences, everyone.mentor)
            wants.min_notice_minutes, wants.max_per_day = 0, None
            db.get_one(MentorProfile, everyone.mentor).is_open = True
        return everyone

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a program of the product."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(_UNSET)}
        own |= {"MENTORHUB_DATA": str(self.folder), "MENTORHUB_PORT": str(self.port), **self.environment}
        with (self.folder / "output.txt").open("ab") as output:
            return subprocess.Popen([_PROGRAM, *arguments], env=own, stdout=output, stderr=output)

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run a program for the block; it is asked to stop at its end."""
        program = self.start(*arguments)
        try:
            yield program
        finally:
            program.send_signal(signal.SIGTERM)
            try:
                program.wait(20)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait(20)

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """Serve the product for the block."""
        with self.running("serve") as program:
            self.wait_until_it_serves(program)
            yield program

    def wait_until_it_serves(self, program: subprocess.Popen[bytes], *, seconds: float = 240) -> None:
        """Return once it answers; the first time may include a build of the pages."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert program.poll() is None, self.said()
            try:
                if httpx.get(f"{self.url}/healthz", trust_env=False).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.02)
        raise TimeoutError(self.said())

    def said(self) -> str:
        """What its programs said, the last of it."""
        return (self.folder / "output.txt").read_text(errors="replace")[-4000:]

    def ledger_check(self) -> str:
        """What `mentorhub ledger check` says; fails when it finds a difference."""
        with self.running("ledger", "check") as program:
            assert program.wait(60) == 0, self.said()
        return self.said()


def cpu_seconds(pid: int) -> float:
    """The processor time a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def sign_in(user_id: UUID) -> str:
    """Open a session of a person; returns the cookie's secret."""
    with database.transaction() as db:
        return accounts.open_session(db, user_id=user_id, device="test", address="127.0.0.1", now=clock.utc_now())


async def eventually(holds: Callable[[], bool], what: str, *, seconds: float = 20) -> None:
    """Wait until something in the database holds."""
    try:
        async with asyncio.timeout(seconds):
            while not await asyncio.to_thread(holds):
                pass
    except TimeoutError:
        raise AssertionError(f"{what} never came to its end") from None


def open_jobs() -> list[str]:
    """The keys of what is due in the outbox and not done; turns of duties are left out."""
    undone = select(OutboxRow.key).where(
        col(OutboxRow.done_at).is_(None),
        OutboxRow.due_at <= clock.utc_now(),
        ~col(OutboxRow.key).startswith("cron:"),
    )
    with database.reading() as db:
        return list(db.exec(undone).all())
