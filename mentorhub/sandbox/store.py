"""Everything the provider remembers, in one SQLite file of its own: a restart forgets nothing."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mentorhub.sandbox.errors import missing
from mentorhub.sandbox.mischief import Mischief

Json = dict[str, Any]

_TABLES = """
CREATE TABLE IF NOT EXISTS object (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, created INTEGER NOT NULL,
    body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS object_kind ON object (kind, seq);
CREATE INDEX IF NOT EXISTS object_payment ON object (kind, json_extract(body, '$.payment_intent'));
CREATE INDEX IF NOT EXISTS object_charge ON object (kind, json_extract(body, '$.charge'));
CREATE INDEX IF NOT EXISTS object_status ON object (kind, json_extract(body, '$.status'));
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, asked TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    created INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY, event_id TEXT NOT NULL, due REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting', last_status TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (state, due);
"""


@dataclass(frozen=True)
class House:
    """What holds for every call: the clock, the address people reach, where notices go, ordered faults."""

    clock: Callable[[], datetime]
    public_base: str
    webhook_url: str | None
    mischief: Mischief


class Book:
    """What one transaction sees and writes. `now` is the provider's clock, in seconds since 1970."""

    def __init__(self, link: sqlite3.Connection, *, now: int, house: House) -> None:
        self.link = link
        self.now = now
        self.house = house

    def add(self, thing: Json) -> Json:
        """Remember a new object."""
        row = (thing["id"], thing["object"], thing["created"], json.dumps(thing))
        self.link.execute("INSERT INTO object (id, kind, created, body) VALUES (?, ?, ?, ?)", row)
        return thing

    def save(self, thing: Json) -> Json:
        """Remember an object as it is now."""
        self.link.execute("UPDATE object SET body = ? WHERE id = ?", (json.dumps(thing), thing["id"]))
        return thing

    def find(self, kind: str, object_id: str) -> Json | None:
        """An object by its kind and id, if there is one."""
        row = self.link.execute("SELECT body FROM object WHERE id = ? AND kind = ?", (object_id, kind)).fetchone()
        return None if row is None else json.loads(row[0])

    def get(self, kind: str, object_id: str, *, param: str = "id") -> Json:
        """An object by its kind and id; raises ApiError (404) that names `param`."""
        found = self.find(kind, object_id)
        if found is None:
            raise missing(kind, object_id, param)
        return found

    def position(self, kind: str, object_id: str, *, param: str) -> int:
        """Where an object stands in the order of making; raises ApiError (404) that names `param`."""
        row = self.link.execute("SELECT seq FROM object WHERE id = ? AND kind = ?", (object_id, kind)).fetchone()
        if row is None:
            raise missing(kind, object_id, param)
        return int(row[0])

    def newest(self, kind: str, where: str = "", values: tuple[Any, ...] = (), *, limit: int = -1) -> list[Json]:
        """Objects of a kind, newest first; `where` is a constant text of ours, never a caller's."""
        query = f"SELECT body FROM object WHERE kind = ? {where} ORDER BY seq DESC LIMIT ?"  # noqa: S608
        return [json.loads(row[0]) for row in self.link.execute(query, (kind, *values, limit))]


class Store:
    """The file, and the one connection to it that all calls share by turns."""

    def __init__(self, path: Path, house: House) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._turn = threading.RLock()
        self.house = house
        self._link = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000"):
            self._link.execute(f"PRAGMA {pragma}")
        self._link.executescript(_TABLES)

    @contextmanager
    def book(self) -> Iterator[Book]:
        """One transaction: kept when the block ends, forgotten when it raises."""
        with self._turn:
            self._link.execute("BEGIN IMMEDIATE")
            try:
                yield Book(self._link, now=int(self.house.clock().timestamp()), house=self.house)
            except BaseException:
                self._link.execute("ROLLBACK")
                raise
            self._link.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        with self._turn:
            self._link.close()
