"""Real servers for tests, each on a free port in a temporary folder: PostgreSQL and Redis."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg


def free_port() -> int:
    """A TCP port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until(done: Callable[[], bool], what: str, *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come up")
        time.sleep(0.02)


def wait_for_port(port: int, *, seconds: float = 20) -> None:
    """Return once something accepts on `port`; raises TimeoutError after `seconds`."""

    def accepts() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    _until(accepts, f"port {port}", seconds=seconds)


def _postgres_bin() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise FileNotFoundError("PostgreSQL is missing: install Debian's postgresql package")
    return Path(on_path).parent


def _as_postgres(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as the package's own user, who owns `folder`."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    shutil.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server in a temporary folder; yields the address of its `postgres` database."""
    with tempfile.TemporaryDirectory(prefix="mentorhub-postgres-") as name:
        folder, binaries, port = Path(name), _postgres_bin(), free_port()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": "/", **_as_postgres(folder)}
        make: list[str | Path] = [
            binaries / "initdb",
            "-D",
            folder / "data",
            "-U",
            "postgres",
            "--auth=trust",
            "-E",
            "UTF8",
        ]
        subprocess.run([*make, "--no-sync"], check=True, **quiet)
        options = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"]
        place: list[str | Path] = ["-D", folder / "data", "-p", str(port), "-k", str(folder)]
        server = subprocess.Popen([binaries / "postgres", *place, *options], **quiet)
        try:
            ready: list[str | Path] = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
            _until(lambda: subprocess.run(ready, check=False).returncode == 0, f"PostgreSQL on port {port}")
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(20)


_EMPTY = """
DO $$
DECLARE kept record; filled boolean;
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  SET LOCAL session_replication_role = replica;
  FOR kept IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', kept.tablename) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %I', kept.tablename); END IF;
  END LOOP;
END $$
"""


def empty(url: str) -> None:
    """End every connection to the database at `url` and remove every row of it, the append-only ones too."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as link:
        link.execute(_EMPTY)


@contextmanager
def redis(folder: Path, *, port: int | None = None) -> Iterator[str]:
    """A Redis server that keeps nothing; yields its address."""
    port = port or free_port()
    program = shutil.which("redis-server")
    if program is None:
        raise FileNotFoundError("Redis is missing: install Debian's redis-server package")
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(20)
