"""Zones are read anew in every run: a mutant that runs in a fork would otherwise find them read already."""

import pytest

from mentorhub.domain.common.zones import zone_names
from mentorhub.domain.scheduling.rules import seasons, zones


@pytest.fixture(scope="session", autouse=True)
def _zones_are_read_anew() -> None:
    for known in (zone_names, zones._changes_of, seasons._changes_around):
        known.cache_clear()
