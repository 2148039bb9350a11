"""`make screenshots`: every page on the demo's data, at 1280 px light and dark and at 390 px, into screenshots/."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from mentorhub.cli.seed import PASSWORD
from tests.e2e.browsers import chromium, open_page, person, sign_in
from tests.e2e.places import Place, places
from tests.e2e.product import ROOT, Product, running
from tests.e2e.test_accessibility import LOOKS

FOLDER = ROOT / "screenshots"


def picture(page: Page, name: str) -> Path:
    """The whole page, its lazy pictures loaded, as a file in screenshots/."""
    page.evaluate(_EVERY_PICTURE)
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, full_page=True, animations="disabled")
    return path


_EVERY_PICTURE = """() => Promise.all([...document.images].map((one) => {
  one.loading = 'eager';
  return one.decode().catch(() => undefined);
}))"""


def take(browser: Browser, product: Product, look: str, everywhere: list[Place]) -> int:
    """Every page in one look; returns how many."""
    for who in sorted({place.who for place in everywhere}):
        context = person(browser, product, zone="Asia/Kolkata", **LOOKS[look])
        page = context.new_page()
        if who:
            sign_in(page, email=who, password=PASSWORD)
        for place in (place for place in everywhere if place.who == who):
            open_page(page, place.path)
            picture(page, f"{place.name}-{look}")
        context.close()
    return len(everywhere)


def main() -> None:
    """Start the product on fresh demo data and picture it."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as product, chromium() as browser:
        everywhere = places(product)
        taken = sum(take(browser, product, look, everywhere) for look in LOOKS)
    print(f"{taken} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
