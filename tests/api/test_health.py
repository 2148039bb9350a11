"""`/healthz` says the process lives, `/readyz` whether what it leans on answers."""

import time

import httpx
import pytest
from starlette.applications import Starlette

from mentorhub import database
from mentorhub.api import health
from tests.servers import free_port


def _good() -> bool:
    return True


def _bad() -> bool:
    return False


def _broken() -> bool:
    raise ConnectionError("the secret address of the bus")


def _slow() -> bool:
    time.sleep(4)
    return True


async def ask(path: str, *, media_url: str, bus=_good, jobs=_good) -> httpx.Response:  # type: ignore[no-untyped-def]
    """What an operator's check gets."""
    app = Starlette(routes=health.routes(media_url=media_url, bus_answers=bus, jobs_answer=jobs))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as operator:
        return await operator.get(path)


@pytest.fixture
def nowhere() -> str:
    """An address where no media process listens."""
    return f"http://127.0.0.1:{free_port()}"


async def test_a_living_process_says_so_whatever_else_is_broken(nowhere: str) -> None:
    answer = await ask("/healthz", media_url=nowhere, bus=_broken)

    assert (answer.status_code, answer.json()) == (200, {"alive": True})


async def test_what_does_not_answer_is_named_and_nothing_else_is_told(database_url: str, nowhere: str) -> None:
    answer = await ask("/readyz", media_url=nowhere, bus=_broken, jobs=_bad)

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": True, "bus": False, "jobs": False, "media": False}


async def test_a_database_that_is_gone_is_not_ready(nowhere: str) -> None:
    database.dispose()

    answer = await ask("/readyz", media_url=nowhere)

    assert answer.json()["database"] is False


async def test_what_hangs_counts_as_not_answering(sqlite_url: str, nowhere: str) -> None:
    began = time.monotonic()

    answer = await ask("/readyz", media_url=nowhere, jobs=_slow)

    assert answer.json()["jobs"] is False
    assert time.monotonic() - began < 8
