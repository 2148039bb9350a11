"""The attendance journal: who joined and left which room, kept in a file that only grows.

Each entry has a number that never repeats, so the product may ask for "all after n" as often as it likes.
While people are in rooms a heartbeat file holds the time; after a crash the next start writes the missing
"left" with it, at most `HEARTBEAT_SECONDS` too early. A new file has a new journal id.
"""

import json
import os
import secrets
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HEARTBEAT_SECONDS = 2.0
MOST_AT_ONCE = 500

_KEPT_SECONDS = 30 * 86_400
_JOINED = "joined"
_LEFT = "left"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact: `event` is joined or left, `at` is seconds since 1970 in UTC, `reason` says why."""

    sequence: int
    booking_id: str
    user_id: str
    role: str
    event: str
    at: float
    reason: str


class Journal:
    """The journal of one media process, in `folder`."""

    def __init__(self, folder: Path, *, now: float) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "attendance.jsonl"
        self._heartbeat = folder / "attendance.alive"
        self.journal_id = ""
        self._entries: list[Entry] = []
        self._inside: dict[tuple[str, str], Entry] = {}
        self._read()
        self._rewrite(now)
        self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND)
        self._close_what_a_crash_left_open()

    @property
    def last(self) -> int:
        """The number of the newest entry, 0 when there is none."""
        return self._entries[-1].sequence if self._entries else 0

    def joined(self, *, booking_id: str, user_id: str, role: str, at: float) -> None:
        """Note that a participant came in; nothing when already inside."""
        if (booking_id, user_id) not in self._inside:
            self._append(booking_id, user_id, role, _JOINED, at, "")
            self.beat(at)

    def left(self, *, booking_id: str, user_id: str, at: float, reason: str) -> None:
        """Note that a participant went, never before they came; nothing when not inside."""
        inside = self._inside.get((booking_id, user_id))
        if inside is not None:
            self._append(booking_id, user_id, inside.role, _LEFT, max(at, inside.at), reason)

    def after(self, sequence: int) -> list[Entry]:
        """The entries after a number, oldest first, at most 500 at once."""
        first = bisect_right(self._entries, sequence, key=lambda entry: entry.sequence)
        return self._entries[first : first + MOST_AT_ONCE]

    def beat(self, at: float) -> None:
        """Write down that this process is alive at `at`; needed only while somebody is inside."""
        fresh = self._heartbeat.with_suffix(".new")
        fresh.write_text(f"{at:.3f}", encoding="ascii")
        fresh.replace(self._heartbeat)

    def close(self) -> None:
        """Close the file; entries are already safe."""
        os.close(self._file)

    def _append(self, booking_id: str, user_id: str, role: str, event: str, at: float, reason: str) -> None:
        entry = Entry(self.last + 1, booking_id, user_id, role, event, round(at, 3), reason)
        os.write(self._file, (_line(entry) + "\n").encode())
        os.fdatasync(self._file) if hasattr(os, "fdatasync") else os.fsync(self._file)
        self._take(entry)

    def _take(self, entry: Entry) -> None:
        self._entries.append(entry)
        if entry.event == _JOINED:
            self._inside[entry.booking_id, entry.user_id] = entry
        else:
            self._inside.pop((entry.booking_id, entry.user_id), None)

    def _read(self) -> None:
        for number, fields in enumerate(self._lines()):
            if number == 0:
                self.journal_id = fields["journal"]
            else:
                self._take(Entry(**fields))

    def _lines(self) -> Iterator[dict[str, Any]]:
        """The whole lines; one cut short by a crash was never shown to anybody and is dropped."""
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8").split("\n")[:-1]:
            try:
                yield json.loads(line)
            except ValueError:
                return

    def _rewrite(self, now: float) -> None:
        """Begin with a clean file: without a torn line, and without what everybody has fetched long ago."""
        self.journal_id = self.journal_id or secrets.token_hex(8)
        inside = set(self._inside.values())
        self._entries = [
            entry
            for entry in self._entries
            if entry.at >= now - _KEPT_SECONDS or entry in inside or entry.sequence == self.last
        ]
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(json.dumps({"journal": self.journal_id}) + "\n")
            file.writelines(_line(entry) + "\n" for entry in self._entries)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)

    def _close_what_a_crash_left_open(self) -> None:
        alive_at = 0.0
        with suppress(FileNotFoundError, ValueError):
            alive_at = float(self._heartbeat.read_text(encoding="ascii"))
        for booking_id, user_id in list(self._inside):
            self.left(booking_id=booking_id, user_id=user_id, at=alive_at, reason="crashed")


def _line(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":"))
