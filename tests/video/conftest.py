"""A media process for a test, and this process's own clients on the loopback address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mentorhub.video import transport
from tests.video.media_process import MediaProcess


@pytest.fixture
def media(tmp_path: Path) -> Iterator[MediaProcess]:
    process = MediaProcess(tmp_path)
    process.start()
    yield process
    process.stop()


@pytest.fixture(autouse=True)
def _clients_on_the_loopback() -> Iterator[None]:
    transport.offer_addresses(["127.0.0.1"])
    yield
    transport.offer_addresses()
