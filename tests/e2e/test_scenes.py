"""The states of scheduling that lie behind a press, in light, in dark and on a phone: readable and whole."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import update

from mentorhub.cli.seed import PASSWORD
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, GroupSession
from mentorhub.domain.catalog.models import MentorProfile, Offering
from mentorhub.domain.goals.models import Goal
from tests.e2e import axe
from tests.e2e.browsers import open_page, sign_in
from tests.e2e.places import FREE_MENTOR, MENTOR, Place, places
from tests.e2e.product import Product, running
from tests.e2e.scenes import scenes
from tests.e2e.test_accessibility import LOOKS
from tests.e2e.times import inside

_WAITING = ("/home", "/sessions", "/mentoring/groups", "/mentoring/requests", "/account/calendars", "/mentoring/hours")

_LONGEST = "Wolfeschlegelsteinhausenbergerdorff-Anastasopoulou Maria Guadalupe de la Concepcion"[:80]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A house of its own, in which somebody waits in a line and a calendar is down."""
    with running(tmp_path_factory.mktemp("scenes")) as product:
        yield product


@pytest.fixture(scope="module")
def states(product: Product) -> list[Place]:
    return scenes(product)


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_behind_a_press_is_accessible_and_whole(
    look: str, states: list[Place], person: Callable[..., BrowserContext]
) -> None:
    wrong: dict[str, Any] = {}
    for who in ("", MENTOR, FREE_MENTOR):
        page = person("Europe/London", **LOOKS[look]).new_page()
        if who:
            sign_in(page, email=who, password=PASSWORD)
        for scene in (one for one in states if one.who == who):
            open_page(page, scene.path)
            scene.act(page)
            if found := [*axe.violations(page), *axe.outline(page)["sideways"]]:
                wrong[scene.name] = found
    assert wrong == {}


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_that_is_still_loading_says_so_and_is_whole(look: str, person: Callable[..., BrowserContext]) -> None:
    page = person("Europe/London", **LOOKS[look]).new_page()
    sign_in(page, email=MENTOR, password=PASSWORD)
    page.route_web_socket("**/_event/**", lambda _: None)
    for path in _WAITING:
        page.goto(path)
        expect(page.locator("main").get_by_role("status").filter(has_text="Loading").first).to_be_attached()
        assert [*axe.violations(page), *axe.outline(page)["sideways"]] == [], path


@pytest.fixture(scope="module")
def drawn_out(product: Product, states: list[Place]) -> list[Place]:
    """Everything there is, where all people and sessions bear the longest names there can be."""
    everywhere = [*places(product), *states]
    with inside(product) as db:
        for column in (User.name, Offering.title, Booking.title, GroupSession.title, Goal.title, MentorProfile.role):
            db.execute(update(column.class_).values({column: _LONGEST}))
    return everywhere


@pytest.mark.parametrize("look", ["light", "phone"])
def test_the_longest_names_and_titles_break_no_page(
    look: str, drawn_out: list[Place], person: Callable[..., BrowserContext]
) -> None:
    wrong: dict[str, Any] = {}
    for who in sorted({place.who for place in drawn_out}):
        page = person("Europe/London", **LOOKS[look]).new_page()
        if who:
            sign_in(page, email=who, password=PASSWORD)
        for place in (place for place in drawn_out if place.who == who):
            open_page(page, place.path)
            place.act(page)
            if found := axe.outline(page)["sideways"]:
                wrong[place.name] = found
    assert wrong == {}
