"""Every page, as everyone who may see it, in light, in dark and on a phone: readable, whole, and its own."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as NeverSettled

from mentorhub.cli.seed import PASSWORD
from mentorhub.pages import ROUTES
from tests.e2e import axe
from tests.e2e.browsers import DESK, PHONE, foreign_requests, open_page, sign_in
from tests.e2e.places import Place, places
from tests.e2e.product import Product

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": DESK, "color_scheme": "light"},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light", "has_touch": True},
}


@pytest.fixture(scope="module")
def everywhere(product: Product) -> list[Place]:
    return places(product)


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible_whole_and_at_home(
    look: str, everywhere: list[Place], product: Product, person: Callable[..., BrowserContext]
) -> None:
    wrong: dict[str, Any] = {}
    for who in sorted({place.who for place in everywhere}):
        page = person("Asia/Kolkata", **LOOKS[look]).new_page()
        strangers = foreign_requests(page, product)
        complaints = _complaints(page)
        if who:
            sign_in(page, email=who, password=PASSWORD)
        for place in (place for place in everywhere if place.who == who):
            try:
                open_page(page, place.path)
            except NeverSettled:
                wrong[place.name] = [f"{place.path} never settled"]
                continue
            seen = axe.outline(page)
            found = [*axe.violations(page), *seen["sideways"], *complaints]
            found += [] if seen["headings"] == 1 else [f"{seen['headings']} first headings"]
            found += [] if seen["description"] else ["no description"]
            found += (
                [] if (look == "dark") == ("dark" in (page.locator("html").get_attribute("class") or "")) else [look]
            )
            if found:
                wrong[place.name] = found
            complaints.clear()
        assert strangers == []
    assert wrong == {}


def _complaints(page: Page) -> list[str]:
    """What the browser itself complains about: errors of scripts, refused resources."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"script error: {error}"))
    page.on(
        "console",
        lambda message: found.append(message.text) if message.type == "error" and "404" not in message.text else None,
    )
    return found


def test_every_page_has_words_of_its_own_for_search_engines() -> None:
    titles = Counter(str(route.title) for route in ROUTES)
    descriptions = Counter(route.description for route in ROUTES)

    assert [title for title, count in titles.items() if count > 1] == []
    assert [words for words, count in descriptions.items() if count > 1 or not words] == []


def test_an_unknown_address_is_a_friendly_404(product: Product, visitor_page: Page) -> None:
    answer = visitor_page.goto("/no-such-page")

    assert answer is not None
    assert answer.status == 404
    expect(visitor_page.get_by_role("heading", level=1)).to_be_visible()


def test_the_check_itself_finds_planted_faults(visitor_page: Page) -> None:
    visitor_page.set_content('<html lang="en"><title>Faults</title><main><button></button><img src="x">')

    found = axe.violations(visitor_page)

    assert {line.partition(":")[0] for line in found} == {"button-name", "image-alt"}
