"""Fixtures every test may ask for: both databases, a session in a transaction, the three people, Redis."""

import shutil
import zoneinfo
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import psycopg
import pytest
from sqlmodel import Session

from mentorhub import database
from mentorhub.cli.db import bring_up_to_date
from mentorhub.domain.common import clock
from tests import people, servers

_HERE = Path(__file__).parent
_FAST_FOLDERS = {"cli", "components", "database", "domain", "jobs", "pages", "state"}
_SLOW_FIXTURES = {"browser", "bundle", "media", "postgres_server", "product", "redis_url"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make check` runs, and put what needs the browsers' own event loop last.

    A test is fast when it stands in a quick folder and needs no server; a module whose tests start programs of
    their own says so with `STARTS_PROCESSES = True`, one whose tests try thousands of ways with
    `TRIES_MANY_WAYS = True`.
    """
    for item in items:
        folder = item.path.relative_to(_HERE).parts[0]
        if folder == "e2e":
            item.add_marker(pytest.mark.e2e)
        elif (folder in _FAST_FOLDERS or item.path.parent == _HERE) and not _takes_long(item):
            item.add_marker(pytest.mark.fast)
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


def _takes_long(item: pytest.Item) -> bool:
    chosen = getattr(getattr(item, "callspec", None), "params", {}).get("database_url")
    module = getattr(item, "module", None)
    says_so = any(getattr(module, name, False) for name in ("STARTS_PROCESSES", "TRIES_MANY_WAYS"))
    return bool(says_so or chosen == "postgres" or _SLOW_FIXTURES & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with servers.postgres() as url:
        plain = url.replace("+psycopg", "")
        with psycopg.connect(plain, autocommit=True) as link:
            link.execute("CREATE DATABASE template_mentorhub")
        database.connect(url.removesuffix("/postgres") + "/template_mentorhub")
        bring_up_to_date()
        database.dispose()
        yield url


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> str:
    """The one database of the tests on PostgreSQL, emptied after each: a new one a test took most of their time."""
    with psycopg.connect(postgres_server.replace("+psycopg", ""), autocommit=True) as link:
        link.execute("CREATE DATABASE test_mentorhub TEMPLATE template_mentorhub")
    return postgres_server.removesuffix("/postgres") + "/test_mentorhub"


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database.connect(f"sqlite:///{path}")
    bring_up_to_date()
    with database.engine().connect() as link:
        link.exec_driver_sql("COMMIT")
        link.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        link.exec_driver_sql("BEGIN")
    database.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty, up-to-date database of either kind, already connected."""
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        database.connect(f"sqlite:///{path}")
        yield f"sqlite:///{path}"
        database.dispose()
        return
    url: str = request.getfixturevalue("postgres_database")
    database.connect(url)
    yield url
    database.dispose()
    servers.empty(url)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    """An empty, up-to-date SQLite database, already connected; for what no database can change."""
    path = tmp_path / "test.db"
    shutil.copy(sqlite_template, path)
    database.connect(f"sqlite:///{path}")
    yield f"sqlite:///{path}"
    database.dispose()


@pytest.fixture
def db(database_url: str) -> Iterator[Session]:
    """A writing session on either database, committed when the test ends well."""
    with database.transaction() as session:
        yield session


@pytest.fixture
def everyone(database_url: str) -> people.People:
    """Kabir, Riya and Sam, committed."""
    with database.transaction() as session:
        return people.settle_in(session)


@pytest.fixture(autouse=True)
def _real_time() -> Iterator[None]:
    clock.use_offset_file(None)
    yield
    clock.use_offset_file(None)


@pytest.fixture
def machine_zone(tmp_path: Path) -> Iterator[str]:
    """A zone this machine has beside those of the IANA database, as some machines have "localtime"."""
    folder = tmp_path / "zoneinfo"
    folder.mkdir()
    london = resources.files("tzdata").joinpath("zoneinfo", "Europe", "London").read_bytes()
    (folder / "localtime").write_bytes(london)
    zoneinfo.reset_tzpath([folder])
    yield "localtime"
    zoneinfo.reset_tzpath()
