"""One sandbox for all tests of this folder; each test leaves it on a good day."""

from collections.abc import Iterator

import pytest

from tests.payment_sandbox import Inbox, Shop, running


@pytest.fixture(scope="session")
def inbox() -> Iterator[Inbox]:
    with Inbox().open() as inbox:
        yield inbox


@pytest.fixture(scope="session")
def _process(tmp_path_factory: pytest.TempPathFactory, inbox: Inbox) -> Iterator[Shop]:
    with running(tmp_path_factory.mktemp("sandbox"), webhook_url=inbox.url) as shop:
        yield shop


@pytest.fixture
def shop(_process: Shop, inbox: Inbox) -> Iterator[Shop]:
    yield _process
    _process.control("faults", trouble="broken", calls=0)
    _process.control("post")
    inbox.refuse = 0
