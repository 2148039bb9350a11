"""One real server and one Chromium for all end-to-end tests; a browser context per person."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e import browsers
from tests.e2e.product import ROOT, Product, running

_PICTURES = ROOT / "screenshots" / "failed"


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(tmp_path_factory.mktemp("product")) as product:
        yield product


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture
def person(
    browser: Browser, product: Product, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts that are closed with the test; their pages are pictured when it failed."""
    made: list[BrowserContext] = []

    def make(zone: str, **options: Any) -> BrowserContext:
        made.append(browsers.person(browser, product, zone=zone, **options))
        return made[-1]

    yield make
    if getattr(request.node, "failed", False):
        _picture(request.node.name, made)
    for context in made:
        context.close()


def _picture(name: str, contexts: list[BrowserContext]) -> None:
    _PICTURES.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        safe = "".join(letter if letter.isalnum() else "-" for letter in name)
        page.screenshot(path=_PICTURES / f"{safe}-{number}.png", full_page=True)


@pytest.fixture
def mentee_page(person: Callable[..., BrowserContext]) -> Page:
    return person("Asia/Kolkata").new_page()


@pytest.fixture
def mentor_page(person: Callable[..., BrowserContext]) -> Page:
    return person("Europe/London").new_page()


@pytest.fixture
def visitor_page(person: Callable[..., BrowserContext]) -> Page:
    return person("America/New_York").new_page()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Put the end of the server's log, and where the pictures are, beside a failure."""
    outcome: Any = yield
    report = outcome.get_result()
    if not report.failed:
        return
    item.failed = True  # type: ignore[attr-defined]
    product = getattr(item, "funcargs", {}).get("product")
    if product is not None:
        report.sections.append(("the server's log", product.tail()))
        report.sections.append(("the pages as they were", str(Path("screenshots") / "failed")))
