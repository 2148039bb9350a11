"""Fixtures of the plain HTTP routes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from mentorhub.api import auth
from mentorhub.domain.common import clock
from tests.api.town import Town
from tests.mailbox import house


@pytest.fixture
def town(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    with house(monkeypatch, tmp_path) as (here, out):
        clock.use_offset_file(here.clock_offset_file)
        yield Town(Starlette(routes=auth.routes(here, out)), out)
