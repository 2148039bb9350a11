"""A page that stays open over local midnight shows the new day without anybody touching it."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import BrowserContext, expect

from mentorhub.domain.common.moments import zone_of
from tests.e2e.browsers import open_page
from tests.e2e.places import places
from tests.e2e.product import Product


def test_over_local_midnight_the_grid_turns_to_the_new_day_in_a_city_the_visitor_chose(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    path = next(place.path for place in places(product) if place.name == "mentors-one")
    context = person("America/New_York")
    page = context.new_page()
    open_page(page, path)
    page.locator("summary", has_text="Change zone").click()
    page.get_by_label("Show times in the zone of").fill("pune")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Times in Kolkata")).to_be_visible()
    today = product.now().astimezone(zone_of("Asia/Kolkata"))
    monday = (today + timedelta(days=7 - today.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    product.move_clock_to(monday - timedelta(seconds=25))

    page = context.new_page()
    open_page(page, path)
    expect(page.get_by_text("Times in Kolkata")).to_be_visible()
    # The last days of the week have no time left, so the grid shows the next week, one after the present one.
    assert product.now() < monday
    expect(page.get_by_role("button", name="Week before")).to_be_enabled()
    assert product.now() < monday
    expect(page.get_by_role("button", name="Week before")).to_be_disabled(timeout=45_000)
    assert product.now() >= monday
