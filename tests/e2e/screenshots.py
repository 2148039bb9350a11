"""`make screenshots`: every page on the demo's data, at 1280 px light and dark and at 390 px, into screenshots/."""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests.e2e.browsers import DESK, chromium, open_page, person, sign_in
from tests.e2e.journey import enter_the_room, write_intake
from tests.e2e.places import MENTEE, MENTOR, Place, places
from tests.e2e.product import ROOT, Product, running
from tests.e2e.scenes import scenes
from tests.e2e.test_accessibility import LOOKS

FOLDER = ROOT / "screenshots"


def picture(page: Page, name: str, *, is_whole: bool = True) -> Path:
    """The page, its lazy pictures loaded, as a file in screenshots/: whole with its fixed bars at the foot, or what
    the window shows of it."""
    page.evaluate(_EVERY_PICTURE)
    usual = page.viewport_size or DESK
    if is_whole:
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": usual["width"], "height": max(height, usual["height"])})
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, full_page=is_whole, animations="disabled")
    page.set_viewport_size(usual)
    return path


_EVERY_PICTURE = """() => Promise.all([...document.images].map((one) => {
  one.loading = 'eager';
  return one.decode().catch(() => undefined);
}))"""


def take(browser: Browser, product: Product, look: str, everywhere: list[Place]) -> int:
    """Every page and every state behind a press in one look; returns how many."""
    for who in sorted({place.who for place in everywhere}):
        context = person(browser, product, zone="Asia/Kolkata", **LOOKS[look])
        page = context.new_page()
        if who:
            sign_in(page, email=who, password=PASSWORD)
        for place in (place for place in everywhere if place.who == who):
            open_page(page, place.path)
            place.act(page)
            picture(page, f"{place.name}-{look}", is_whole=not place.is_dialog)
        context.close()
    return len(everywhere)


def take_meeting(browser: Browser, product: Product, look: str, everywhere: list[Place]) -> int:
    """The provider's page, and the room with both people in it; returns how many."""
    paths = {place.name: place.path for place in everywhere}
    two = []
    for who in (MENTOR, MENTEE):
        page = person(browser, product, zone="Asia/Kolkata", **LOOKS[look]).new_page()
        sign_in(page, email=who, password=PASSWORD)
        enter_the_room(page, paths["mentee-room-one"])
        two.append(page)
    _, mentee = two
    expect(mentee.get_by_test_id("remote-video")).to_be_visible()
    mentee.wait_for_function("document.querySelector('[data-testid=remote-video]').videoWidth > 0")
    picture(mentee, f"mentee-meeting-{look}")
    open_page(mentee, paths["mentee-checkout-one"])
    write_intake(mentee)
    mentee.get_by_role("button", name=re.compile("^Pay")).click()
    expect(mentee.get_by_label("Card number")).to_be_visible()
    picture(mentee, f"provider-{look}")
    for page in two:
        page.context.close()
    return 2


def main() -> None:
    """Start the product on fresh demo data and picture it."""
    taken = 0
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as product, chromium() as browser:
        everywhere, states = places(product), scenes(product)
        for look in LOOKS:
            taken += take(browser, product, look, everywhere + states)
            taken += take_meeting(browser, product, look, everywhere)
    print(f"{taken} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
