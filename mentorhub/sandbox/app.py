"""The sandbox as one ASGI app, to be mounted under a path or run as a process of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from mentorhub.sandbox.control import Control
from mentorhub.sandbox.deliveries import Courier
from mentorhub.sandbox.hosted_page import HostedPage
from mentorhub.sandbox.interface import Interface
from mentorhub.sandbox.mischief import Mischief
from mentorhub.sandbox.offset_clock import real_time
from mentorhub.sandbox.store import House, Store


class Sandbox:
    """The app, with `start` and `stop` for whoever mounts it: a mounted app hears nothing of the lifespan.

    The courier also starts by itself with the first request.
    """

    def __init__(self, app: ASGIApp, store: Store, courier: Courier) -> None:
        self._app = app
        self._store = store
        self._courier = courier

    async def start(self) -> None:
        """Begin to deliver what is due; call it in the serving loop."""
        self._courier.start()

    async def stop(self) -> None:
        """Stop delivering and close the file."""
        await self._courier.stop()
        self._store.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and see to what it set in motion."""
        if scope["type"] == "http":
            self._courier.start()
        await self._app(scope, receive, send)
        if scope["type"] == "http" and scope["method"] == "POST":
            self._courier.ring()


def create_app(
    *,
    database: Path,
    api_key: str,
    webhook_url: str | None,
    webhook_secret: str,
    public_base: str,
    clock: Callable[[], datetime] = real_time,
    fonts: Path | None = None,
) -> Sandbox:
    """Make the sandbox.

    `public_base` is the address people and the SDK reach it under, its path included; `clock` decides when a
    checkout expires; `fonts` is a folder with the page's woff2 files, and without it the system's are used.
    """
    base = public_base.rstrip("/")
    house = House(clock=clock, public_base=base, webhook_url=webhook_url, mischief=Mischief())
    store = Store(database, house)
    courier = Courier(store, url=webhook_url, secret=webhook_secret)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        courier.start()
        yield
        await courier.stop()
        store.close()

    page = HostedPage(store, base=urlsplit(base).path, fonts=fonts)
    interface = Interface(store, api_key=api_key)
    control = Control(store, api_key=api_key)
    routes = [*interface.routes(), *page.routes(), *control.routes()]
    return Sandbox(Starlette(routes=routes, lifespan=lifespan), store, courier)
