"""A page server with the product's own passage to the media process, and Chromium with fake devices."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from mentorhub.api import video_signalling
from mentorhub.components import room
from tests.servers import free_port, wait_for_port

_PAGE = Path(__file__).with_name("room_page.html")
_CHROMIUM = "/usr/bin/chromium"
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
]


@contextmanager
def page_server(media_url: str) -> Iterator[str]:
    """Serves the test page and the room's scripts, with `/rtc/…` passed on to the media process."""

    async def page(request: Any) -> FileResponse:
        return FileResponse(_PAGE)

    scripts = Mount("/room", StaticFiles(directory=Path(room.__file__).parent))
    with serve(media_url, [Route("/", page), scripts]) as url:
        yield url


@contextmanager
def serve(media_url: str, routes: list[BaseRoute]) -> Iterator[str]:
    """Serves routes and the product's passage to the media process, in a thread; yields the address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    application = Starlette(routes=[*video_signalling.routes(media_url, public_url=url), *routes])
    started: list[tuple[asyncio.AbstractEventLoop, Server]] = []

    async def run() -> None:
        server = Server(application, port=port, interface=Interfaces.ASGINL, log_enabled=False)
        started.append((asyncio.get_running_loop(), server))
        await server.serve()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    wait_for_port(port)
    yield url
    loop, server = started[0]
    loop.call_soon_threadsafe(server.stop)
    thread.join(10)


@contextmanager
def chromium() -> Iterator[Browser]:
    """One Chromium; each page gets a context of its own, as two people have two browsers."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


def open_page(browser: Browser, url: str, token: str, *, listen: bool = False) -> Page:
    """A page of one person, not yet in the room."""
    context = browser.new_context(permissions=["camera", "microphone"])
    page = context.new_page()
    page.goto(f"{url}/?token={token}" + ("&listen=1" if listen else ""))
    until(page, "window.room !== undefined && room.state().reached")
    return page


def until(page: Page, condition: str, *, seconds: float = 20) -> None:
    """Wait until an expression over `room`, which may await, holds in the page; fails when it never does."""
    page.evaluate(
        f"""async () => {{
          const last = performance.now() + {seconds * 1000};
          for (;;) {{
            if (await (async () => {condition})()) return;
            if (performance.now() > last) throw new Error({condition!r} + " never came true");
            await new Promise((resolve) => setTimeout(resolve, 40));
          }}
        }}"""
    )
