"""A real media process on a free port of this machine, which tests may kill and start again."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from mentorhub.video.join_token import control_key

SECRET = "a secret of the tests, longer than needed"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class MediaProcess:
    """The media process over one folder; `start` again after `kill` keeps port and journal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.offset_file = folder / "clock-offset"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "mentorhub.video.worker", "--port", str(self.port)]
        command += ["--data", str(self.folder), "--address", "127.0.0.1", "--embedded"]
        command += ["--clock-offset-file", str(self.offset_file)]
        self._process = subprocess.Popen(command, env={**os.environ, "MENTORHUB_SECRET": SECRET})
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                httpx.get(f"{self.url}/healthz", timeout=1)
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the media process did not start")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self, number: int = signal.SIGKILL) -> int:
        """End it by a signal and return its exit status."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(15)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill(signal.SIGTERM)

    def ask(self, path: str, **query: Any) -> Any:
        """What an operator's address says, asked with the control key."""
        answer = httpx.get(
            f"{self.url}{path}", params=query, headers={"authorization": f"Bearer {control_key(SECRET)}"}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def attendance(self) -> list[tuple[str, str, str]]:
        """Who did what and why, oldest first."""
        entries = self.ask("/attendance", after=0)["entries"]
        return [(entry["user_id"], entry["event"], entry["reason"]) for entry in entries]

    def cancel(self, booking: str, user: str | None = None) -> None:
        """Shut a room for good, for one person or for all, as the product does when a session is cancelled."""
        headers = {"authorization": f"Bearer {control_key(SECRET)}"}
        answer = httpx.post(
            f"{self.url}/rooms/{booking}/cancel", json={"until": 4_000_000_000, "user": user}, headers=headers
        )
        assert answer.status_code == 204
