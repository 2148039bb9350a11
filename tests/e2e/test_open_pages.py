"""A page that stays open over midnight, or over a change of its reader's clock, is right without being touched."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browsers import open_page
from tests.e2e.places import FREE_MENTOR
from tests.e2e.product import Product, running
from tests.e2e.times import free_times, in_grid

KOLKATA, NEW_YORK = "Asia/Kolkata", "America/New_York"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A house of its own, for its clock moves by months."""
    with running(tmp_path_factory.mktemp("open-pages")) as product:
        yield product


def _open(context: BrowserContext, path: str) -> Page:
    """Open a page whose browser can be let alone for hours at once."""
    page = context.new_page()
    page.clock.install()
    open_page(page, path)
    return page


def _let_alone(product: Product, page: Page, until: datetime) -> None:
    """Hours pass for the product and for the browser alike; nobody touches the page."""
    hours = until - product.now()
    product.move_clock_to(until)
    page.clock.fast_forward(int(hours.total_seconds() * 1000))


def test_over_local_midnight_the_grid_turns_to_the_new_week_of_the_reader(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    zone = ZoneInfo(KOLKATA)
    today = product.now().astimezone(zone)
    monday = (today + timedelta(days=14 - today.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    product.move_clock_to(monday - timedelta(hours=9))
    page = _open(person(KOLKATA), "/mentors/robin-vale")
    week = page.locator(".booking-week span").first
    sunday = monday - timedelta(days=1)
    expect(week).to_contain_text(f"to {sunday.day} {sunday:%b}")
    expect(page.get_by_role("button", name="Week before")).to_be_disabled()

    _let_alone(product, page, monday + timedelta(seconds=5))

    last = monday + timedelta(days=6)
    expect(week).to_contain_text(f"{monday.day}")
    expect(week).to_contain_text(f"to {last.day} {last:%b}")
    expect(page.get_by_role("button", name="Week before")).to_be_disabled()


def test_over_the_readers_clock_change_the_zone_is_named_anew_and_every_time_keeps_its_instant(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    zone = ZoneInfo(NEW_YORK)
    evening = datetime(2027, 3, 13, 20, tzinfo=zone)
    product.move_clock_to(evening)
    after = datetime(2027, 3, 14, 12, tzinfo=zone)
    time = free_times(product, mentor=FREE_MENTOR, title="Try it out", since=after, days=1)[0]
    page = _open(person(NEW_YORK), time.path)
    expect(page.get_by_text("(EST, UTC-5)")).to_be_visible()
    expect(page.get_by_text("Clocks in New York go forward on Sunday 14 March.").first).to_be_visible()
    expect(in_grid(page, time, NEW_YORK)).to_be_visible()

    _let_alone(product, page, datetime(2027, 3, 14, 3, 0, 5, tzinfo=zone))

    expect(page.get_by_text("(EDT, UTC-4)")).to_be_visible()
    expect(page.get_by_text("Clocks in New York go forward")).to_have_count(0)
    expect(in_grid(page, time, NEW_YORK)).to_be_visible()
