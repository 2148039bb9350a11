"""The notepad in two real browsers: both type at once, one drops out, and the server's word on what is saved."""

import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect
from reflex_base.constants.installer import PackageJson
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from mentorhub import database
from mentorhub.adapters.memory_bus import MemoryBus
from mentorhub.components import notepad as package
from mentorhub.components.notepad.notepad import Notepad
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.common import clock
from mentorhub.domain.notes import queries
from tests.api.notepads import book, sign_in, worker
from tests.people import People, settle_in
from tests.servers import free_port

_ROOT = Path(__file__).resolve().parents[2]
_STYLES = ("tokens.css", *(f"styles/{name}.css" for name in ("base", "label", "session", "notepad")))
_PAGE = (
    "<!doctype html><html lang=en><title>Notes</title>"
    + "".join(f'<link rel=stylesheet href="/assets/{style}">' for style in _STYLES)
    + '<main style="height:100vh;display:grid"><div id=root style="display:grid;min-height:0"></div></main>'
    + '<a href="#after">After</a><script type=module src="/bundle/notepad_page.js"></script>'
)

_READS = """(expected) => {
  const lines = [...document.querySelectorAll(".cm-line")].map((line) => {
    const bare = line.cloneNode(true);
    bare.querySelectorAll(".cm-ySelectionCaret").forEach((caret) => caret.remove());
    return bare.textContent;
  });
  return JSON.stringify(lines) === JSON.stringify(expected);
}"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The component's own files, bundled as the product's build does it, with the versions it names."""
    place = tmp_path_factory.mktemp("notepad")
    wanted = dict(text.rsplit("@", 1) for text in Notepad.lib_dependencies)
    wanted |= {name: PackageJson.DEPENDENCIES[name] for name in ("react", "react-dom")}
    (place / "package.json").write_text(json.dumps({"dependencies": wanted}), encoding="utf-8")
    shutil.copytree(Path(package.__file__).parent, place / "node_modules" / "notepad")
    shutil.copy(Path(__file__).with_name("notepad_page.jsx"), place)
    bun = Path(sys.executable).with_name("bun")
    subprocess.run([bun, "install", "--silent"], cwd=place, check=True)
    build = [bun, "build", "notepad_page.jsx", "--outdir", "out", "--minify", "--target", "browser"]
    subprocess.run([*build, "--define", 'process.env.NODE_ENV="production"'], cwd=place, check=True)
    return place / "out"


class Desk:
    """A browser for each person, at the notes of one booking."""

    def __init__(self, browser: Browser, url: str, booking: UUID) -> None:
        self.browser, self.url, self.booking = browser, url, booking

    async def sit_down(self, token: str) -> Page:
        context = await self.browser.new_context(viewport={"width": 424, "height": 800})
        await context.add_cookies([{"name": "mh_session", "value": token, "url": self.url}])
        page = await context.new_page()
        await page.goto(f"{self.url}/?booking={self.booking}")
        return page


def lines(page: Page) -> Locator:
    """Where one writes."""
    return page.get_by_role("textbox", name="Shared notes")


def state(page: Page) -> Locator:
    """What the notepad says of itself."""
    return page.locator(".notepad-state")


async def write(page: Page, words: str) -> None:
    """Put the caret behind all lines and type, once the notepad lets one write."""
    await expect(lines(page)).to_have_attribute("aria-readonly", "false")
    await lines(page).click()
    await page.keyboard.press("Control+End")
    await page.keyboard.type(words)


async def reads(page: Page, *expected: str) -> None:
    """Wait until the lines read as expected; carets and cards left out."""
    await page.wait_for_function(_READS, arg=list(expected), timeout=10_000)


@asynccontextmanager
async def served(bundle: Path, *, port: int | None = None) -> AsyncIterator[str]:
    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(_PAGE)

    pages = [
        Route("/", page),
        Mount("/bundle", StaticFiles(directory=bundle)),
        Mount("/assets", StaticFiles(directory=_ROOT / "assets")),
    ]
    async with worker(MemoryBus(), pages=pages, port=port) as url:
        yield url


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        await browser.close()


def kept(booking: UUID) -> str:
    """What the database holds."""
    with database.reading() as db:
        return queries.text(db, booking_id=booking)


@pytest.fixture
def people(sqlite_url: str) -> People:
    with database.transaction() as db:
        return settle_in(db)


async def test_two_people_write_at_once_and_one_drops_out(people: People, bundle: Path) -> None:
    booking = book(people)
    async with served(bundle) as url, chromium() as browser:
        desk = Desk(browser, url, booking)
        riya, kabir = await desk.sit_down(sign_in(people.mentee)), await desk.sit_down(sign_in(people.mentor))
        await expect(state(riya)).to_have_text("Saved")
        await write(riya, "412 students, 9 teachers\n")
        await reads(kabir, "412 students, 9 teachers", "")
        await write(kabir, "[ ] rewrite the summary line @riya Fri\n")

        await reads(riya, "412 students, 9 teachers", "[ ] rewrite the summary line @riya Fri", "")
        await expect(riya.locator(".made-what")).to_have_text("Rewrite the summary line")
        await expect(state(riya)).to_have_text("Saved, 2 writing")
        await expect(riya.locator(".cm-ySelectionInfo")).to_have_text("Kabir")
        await expect(riya.locator(".by")).to_have_text(["R", "K"])

        await riya.context.set_offline(True)
        await expect(state(riya)).to_have_text("No connection. You can go on writing")
        await write(riya, "typed on the train\n")
        await expect(state(riya)).to_have_text("No connection. What you write is kept here")
        await lines(kabir).click()
        await kabir.keyboard.press("Control+Home")
        await kabir.keyboard.type("It is product work.\n")
        await riya.context.set_offline(False)

        both = (
            "It is product work.",
            "412 students, 9 teachers",
            "[ ] rewrite the summary line @riya Fri",
            "typed on the train",
            "",
        )
        await reads(kabir, *both)
        await reads(riya, *both)
        await expect(state(riya)).to_have_text("Saved, 2 writing")
        assert kept(booking) == "\n".join(both)


async def test_a_restart_of_the_server_costs_no_letter(people: People, bundle: Path) -> None:
    booking, port = book(people), free_port()
    async with chromium() as browser:
        async with served(bundle, port=port) as url:
            riya = await Desk(browser, url, booking).sit_down(sign_in(people.mentee))
            await write(riya, "before. ")
            await expect(state(riya)).to_have_text("Saved")
        await riya.context.set_offline(True)
        await write(riya, "meanwhile. ")

        async with served(bundle, port=port):
            await riya.context.set_offline(False)

            await expect(state(riya)).to_have_text("Saved")
            assert kept(booking) == "before. meanwhile. "


async def test_the_keyboard_is_not_trapped_and_undo_takes_back_only_ones_own(people: People, bundle: Path) -> None:
    booking = book(people)
    async with served(bundle) as url, chromium() as browser:
        desk = Desk(browser, url, booking)
        riya, kabir = await desk.sit_down(sign_in(people.mentee)), await desk.sit_down(sign_in(people.mentor))
        await write(kabir, "his\n")
        await reads(riya, "his", "")
        await write(riya, "hers")
        await reads(kabir, "his", "hers")

        await riya.keyboard.press("Control+z")
        await reads(kabir, "his", "")
        await riya.keyboard.press("Tab")

        await expect(riya.get_by_role("link", name="After")).to_be_focused()


async def test_a_person_signed_out_elsewhere_is_told_and_writes_no_more(people: People, bundle: Path) -> None:
    booking, token = book(people), sign_in(people.mentee)
    async with served(bundle) as url, chromium() as browser:
        riya = await Desk(browser, url, booking).sit_down(token)
        await write(riya, "before")
        await expect(state(riya)).to_have_text("Saved")
        with database.transaction() as db:
            accounts.sign_out(db, token=token, now=clock.utc_now())

        await expect(state(riya)).to_have_text("You are signed out. Sign in again to go on writing.")
        await riya.keyboard.type("after")

        await reads(riya, "before")


async def test_a_stranger_is_told_there_is_nothing(people: People, bundle: Path) -> None:
    booking = book(people)
    async with served(bundle) as url, chromium() as browser:
        sam = await Desk(browser, url, booking).sit_down(sign_in(people.stranger))

        await expect(state(sam)).to_have_text("There are no notes here.")
        await expect(lines(sam)).to_have_attribute("aria-readonly", "true")
