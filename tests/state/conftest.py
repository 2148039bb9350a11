"""Settings on a data folder of the test's own, the three people on SQLite, and every state of the product known."""

import importlib
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from mentorhub import database, settings
from mentorhub.adapters import outside
from tests import people
from tests.state.backstage import Backstage, backstage


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("MENTORHUB_MODE", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL", "STRIPE_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MENTORHUB_DATA", str(tmp_path / "data"))
    settings.current.cache_clear()
    outside.cache_clear()
    importlib.import_module("mentorhub.pages")
    yield
    settings.current.cache_clear()
    outside.cache_clear()


@pytest.fixture
def three(sqlite_url: str) -> people.People:
    """Kabir, Riya and Sam, committed on SQLite."""
    with database.transaction() as db:
        return people.settle_in(db)


@pytest.fixture
def facts(sqlite_url: str) -> Callable[[], str]:
    """Everything the database holds, as one text to compare."""

    def dump() -> str:
        with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as link:
            return "\n".join(link.iterdump())

    return dump


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[Backstage]:
    async with backstage() as house:
        yield house
