"""Fixtures of the job worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mentorhub.adapters import Outside
from mentorhub.domain.common import clock
from tests.mailbox import house


@pytest.fixture
def out(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    with house(monkeypatch, tmp_path) as (here, outside):
        clock.use_offset_file(here.clock_offset_file)
        yield outside
