"""Installations of the product: one with two web workers and a job worker, and small ones on either database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from mentorhub import database
from mentorhub.domain.common import clock
from tests.people import People
from tests.scale.house import House


@pytest.fixture(scope="session")
def empty_postgres(postgres_server: str) -> Iterator[Callable[[], str]]:
    """Makes empty databases; they are gone at the end."""
    made: list[str] = []

    def make() -> str:
        made.append(f"scale_{uuid4().hex}")
        with psycopg.connect(postgres_server.replace("+psycopg", ""), autocommit=True) as link:
            link.execute(f"CREATE DATABASE {made[-1]} TEMPLATE template_mentorhub")
        return postgres_server.removesuffix("/postgres") + f"/{made[-1]}"

    yield make
    with psycopg.connect(postgres_server.replace("+psycopg", ""), autocommit=True) as link:
        for name in made:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def big_house(tmp_path_factory: pytest.TempPathFactory, empty_postgres: Callable[[], str], redis_url: str) -> House:
    """PostgreSQL, Redis, two web workers; the job worker runs apart."""
    return House(
        tmp_path_factory.mktemp("house"),
        {
            "DATABASE_URL": empty_postgres(),
            "REDIS_URL": redis_url,
            "MENTORHUB_WORKERS": "2",
            "MENTORHUB_JOBS_INSIDE": "false",
        },
    )


@pytest.fixture(params=["sqlite", "postgres"])
def small_house(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    """One process that does everything, on either database."""
    if request.param == "sqlite":
        return House(tmp_path)
    return House(tmp_path, {"DATABASE_URL": request.getfixturevalue("empty_postgres")()})


@pytest.fixture
def furnished(small_house: House) -> Iterator[People]:
    """The small house's people; this process is connected to its database and its clock until the test ends."""
    everyone = small_house.furnish()
    clock.use_offset_file(small_house.folder / "clock-offset")
    yield everyone
    database.dispose()
