"""Chromium as Debian ships it, with a fake camera and microphone; each person has a browser context of their own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect, sync_playwright

from tests.e2e.product import Product, eventually

_FLAGS = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
]
_DEADLINE_MS = 15_000
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser process for a whole run; raises FileNotFoundError when there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise FileNotFoundError("Chromium is missing: install Debian's chromium package")
    flags = [*_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else _FLAGS
    expect.set_options(timeout=_DEADLINE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


def person(browser: Browser, product: Product, *, zone: str, **options: Any) -> BrowserContext:
    """A person's own browser: cookies, time zone, camera and microphone allowed, nothing else shared."""
    context = browser.new_context(
        base_url=product.url,
        timezone_id=zone,
        permissions=["camera", "microphone"],
        **{"viewport": DESK, "reduced_motion": "reduce", "locale": "en-GB", **options},
    )
    context.set_default_timeout(_DEADLINE_MS)
    context.on("page", _listen)
    return context


def open_page(page: Page, path: str) -> None:
    """Go to a page and wait until its state is there: who is looking is known and nothing is still loading."""
    _loaded.discard(page)
    page.goto(path)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the server has told the page everything it loads with, and the page has drawn it."""
    eventually(lambda: _is_settled(page), f"{page.url} is loaded", seconds=_DEADLINE_MS / 1000)


def follow(link: Locator) -> None:
    """Press what leads to another page of the product, and wait until that is there."""
    _loaded.discard(link.page)
    link.click()
    settle(link.page)


def _is_settled(page: Page) -> bool:
    try:
        return bool(page.evaluate(_DRAWN)) and page in _loaded
    except Error:  # the page was just left for the next one
        return False


_loaded: set[Page] = set()
_DRAWN = """async () => {
  await new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
  return document.fonts.status === 'loaded'
    && document.querySelector('h1') !== null
    && (document.querySelector('header.topbar') === null || document.querySelector('header.topbar nav') !== null)
    && (location.pathname.startsWith('/design') || document.querySelector('main .skeleton') === null);
}"""


def _listen(page: Page) -> None:
    """Note when a page's state is loaded: the framework's word for it comes after the last handler of the page."""

    def opened(socket: Any) -> None:
        if "/_event" in socket.url:
            _loaded.discard(page)
            socket.on("framereceived", heard)

    def heard(frame: Any) -> None:
        if 'is_hydrated_rx_state_":true' in str(frame):
            _loaded.add(page)

    page.on("websocket", opened)
    page.on("close", lambda _: _loaded.discard(page))


def sign_in(page: Page, *, email: str, password: str, onward: str = "") -> None:
    """Sign in by the form; ends on the page one is led to, signed in."""
    open_page(page, f"/sign-in?next={onward}" if onward else "/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    follow(page.get_by_role("button", name="Sign in", exact=True))
    assert "/sign-in" not in page.url, f"{email} was not let in"


def foreign_requests(page: Page, product: Product) -> list[str]:
    """A list that fills with every address outside the product's own that the page asks for."""
    seen: list[str] = []
    own = (product.url, product.url.replace("http://", "ws://"), "data:", "blob:", "about:")

    def note(request: Any) -> None:
        if not request.url.startswith(own):
            seen.append(request.url)

    page.on("request", note)
    page.on("websocket", lambda socket: None if socket.url.startswith(own) else seen.append(socket.url))
    return seen


def eventually_on(page: Page, expression: str, what: str, *, seconds: float = 20) -> Any:
    """What an expression gives in the page, once it is neither false nor empty."""
    return eventually(lambda: page.evaluate(expression), what, seconds=seconds)
