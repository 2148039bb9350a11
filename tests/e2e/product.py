"""The running product for the end-to-end tests: the command people use, a data folder of its own, one port."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

import httpx

from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = Path(sys.executable).with_name("mentorhub")
_STARTS_WITHIN = 180
_ANSWERS_WITHIN = 30
_LINK = re.compile(r"https?://\S+")

T = TypeVar("T")


def eventually(look: Callable[[], T], what: str, *, seconds: float = 20) -> T:
    """Look again until there is something to see; raises TimeoutError with `what` was awaited."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.05)
    return found


class Product:
    """`mentorhub serve` in demo mode on `folder`; its first start builds the pages when they changed.

    `more` are variables of its environment.
    """

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MENTORHUB_")}
        for name in ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "SMTP_URL", "STRIPE_SECRET_KEY", "MEDIA_URL"):
            kept.pop(name, None)
        own = {"MENTORHUB_DATA": str(folder / "data"), "MENTORHUB_PORT": str(self.port)}
        self.environment = {**kept, **own, **more}

    def start(self) -> None:
        """Start the server and wait until all it leans on answers"""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [_PROGRAM, "serve"], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        eventually(self._is_ready, "the product is ready", seconds=_STARTS_WITHIN)

    def _is_ready(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError(f"the product ended with {self._process.returncode}:\n{self.tail()}")
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self) -> None:
        """Ask the server to end, as a person with Ctrl-C does."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def kill(self) -> None:
        """End the server and its children without a word, as a power cut does."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(20)
            self._process = None

    def tail(self, lines: int = 60) -> str:
        """The last lines of the server's log."""
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.is_file() else ""
        return "\n".join(text.splitlines()[-lines:])

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another `mentorhub` command on the same data."""
        return subprocess.run(
            [_PROGRAM, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @property
    def _offset_file(self) -> Path:
        return self.folder / "data" / "clock-offset"

    def now(self) -> datetime:
        """The product's own time."""
        text = self._offset_file.read_text(encoding="ascii") if self._offset_file.is_file() else ""
        return datetime.now(UTC) + timedelta(seconds=float(text or 0))

    def move_clock_to(self, moment: datetime) -> None:
        """Let time pass for server, worker and media process at once, until `moment`."""
        ahead = (moment - datetime.now(UTC)).total_seconds()
        fresh = self._offset_file.with_suffix(".test")
        fresh.write_text(f"{ahead:.3f}", encoding="ascii")
        fresh.replace(self._offset_file)

    def mails(self, to: str) -> list[EmailMessage]:
        """Every mail one person got, oldest first."""
        files = sorted((self.folder / "data" / "mailbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
        return [mail for mail in mails if to in str(mail["To"])]

    def mail(self, to: str, subject: str) -> EmailMessage:
        """The newest mail to one person whose subject holds these words, once it is there."""

        def look() -> list[EmailMessage]:
            return [mail for mail in self.mails(to) if subject.lower() in str(mail["Subject"]).lower()]

        return eventually(look, f"a mail to {to} about {subject!r}", seconds=_ANSWERS_WITHIN)[-1]


def words_of(mail: EmailMessage, kind: str = "text/plain") -> str:
    """One part of a mail; empty when it has none of that kind."""
    for part in mail.walk():
        if part.get_content_type() == kind:
            return str(part.get_content())
    return ""


def link_of(mail: EmailMessage, path: str) -> str:
    """The link of a mail that leads to `path`; raises LookupError."""
    for link in _LINK.findall(words_of(mail)):
        if path in link:
            return str(link).rstrip(".,)>")
    raise LookupError(f"no link to {path} in {mail['Subject']!r}")


@contextmanager
def running(folder: Path, **more: str) -> Iterator[Product]:
    """The product, started on an empty data folder and stopped at the end; `more` is added to its environment."""
    product = Product(folder, **more)
    try:
        product.start()
        yield product
    finally:
        product.stop()
