"""Engines and sessions: `transaction()` writes and commits, `reading()` only looks.

SQLite writes begin IMMEDIATE behind one fair lock, so that a writer never fails for being second;
reads run beside them on a second engine (write-ahead log). A commit returns once it is on the disk.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlmodel import Session

from mentorhub.database.fair_lock import FairLock

_POOL = {"pool_size": 20, "max_overflow": 0, "pool_pre_ping": True, "pool_timeout": 30, "hide_parameters": True}

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON")


@dataclass
class _Connected:
    writes: Engine
    reads: Engine
    lock: FairLock | None = field(default=None)


_current: _Connected | None = None
_publish: Callable[[str], None] | None = None


def publish_after_commit(publish: Callable[[str], None] | None) -> None:
    """Hand every topic announced in a transaction to `publish`, once that transaction is committed."""
    global _publish
    _publish = publish


def _set_up_sqlite(made: Engine, begin: str, *more: str) -> None:
    @event.listens_for(made, "connect")
    def on_connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for pragma in (*_PRAGMAS, *more):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)


def _sqlite(url: str) -> _Connected:
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {**_POOL, "connect_args": {"check_same_thread": False}}
    writes, reads = create_engine(url, **options), create_engine(url, **options)
    _set_up_sqlite(writes, "BEGIN IMMEDIATE")
    _set_up_sqlite(reads, "BEGIN", "query_only=ON")
    return _Connected(writes, reads, FairLock())


def connect(url: str) -> Engine:
    """Use the database at `url` from now on; returns the engine that writes."""
    global _current
    dispose()
    if url.startswith("sqlite"):
        _current = _sqlite(url)
    else:
        made = create_engine(url, **_POOL)
        _current = _Connected(made, made.execution_options(postgresql_readonly=True))
    return _current.writes


def dispose() -> None:
    """Close every connection; used before a fork and between tests."""
    global _current
    if _current is not None:
        _current.writes.dispose()
        _current.reads.dispose()
        _current = None


def _connected() -> _Connected:
    if _current is None:
        raise RuntimeError("no database: call database.connect first")
    return _current


def engine() -> Engine:
    """The engine that writes."""
    return _connected().writes


@contextmanager
def transaction() -> Iterator[Session]:
    """A session whose changes are kept together when the block ends, or not at all when it raises.

    Topics the block announced are published after the commit.
    """
    here = _connected()
    turn = here.lock.held() if here.lock is not None else nullcontext()
    with turn, Session(here.writes, expire_on_commit=False) as db, db.begin():
        yield db
        announced: set[str] = db.info.get("announced", set())
    if _publish is not None:
        for topic in sorted(announced):
            _publish(topic)


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only looks: the database refuses what would change it.

    It ends with a commit, since psycopg forgets a connection's prepared statements when one rolls back.
    """
    with Session(_connected().reads, expire_on_commit=False) as db:
        yield db
        db.commit()
