"""The notes' socket on a real server, and notepads that speak to it as a browser does."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from mentorhub import database
from mentorhub.api import notes_frames as frames
from mentorhub.api import notes_sync
from mentorhub.api.notes_frames import Caret, Kind, Reader, Step
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.common import clock
from mentorhub.domain.common.ports import Bus
from tests.domain.notes.typing import Writer
from tests.people import People, add_booking
from tests.servers import free_port, wait_for_port


@asynccontextmanager
async def worker(
    bus: Bus, *, look_again: float = 0.1, pages: Sequence[BaseRoute] = (), port: int | None = None
) -> AsyncIterator[str]:
    """A web worker that serves the notes, and `pages`, in this process; yields its address."""
    port = free_port() if port is None else port
    public_url = f"http://127.0.0.1:{port}"
    application = Starlette(routes=[*notes_sync.routes(bus, public_url=public_url, look_again=look_again), *pages])
    server = Server(application, port=port, interface=Interfaces.ASGINL, log_enabled=False)
    database.publish_after_commit(bus.publish)
    tasks = [asyncio.create_task(bus.run()), asyncio.create_task(server.serve())]
    await asyncio.to_thread(wait_for_port, port)
    try:
        yield public_url
    finally:
        server.stop()
        tasks[0].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        database.publish_after_commit(None)


def sign_in(user_id: UUID) -> str:
    """Open a session of a person; returns the cookie's secret."""
    with database.transaction() as db:
        return accounts.open_session(db, user_id=user_id, device="test", address="127.0.0.1", now=clock.utc_now())


def book(people: People, *, ago: timedelta = timedelta(0)) -> UUID:
    """A confirmed booking that begins `ago` before the present."""
    with database.transaction() as db:
        return add_booking(db, people, starts_at=clock.utc_now() - ago)


class Notepad:
    """One browser's notepad: keeps its document when the connection goes, and syncs when it is back."""

    def __init__(self, booking: UUID, token: str, *, client: int) -> None:
        self.writer = Writer(client=client)
        self.facts: dict[str, Any] = {}
        self.carets: dict[int, Caret] = {}
        self.saved = self.sent = 0
        self.code: int | None = None
        self.reached = False
        self._path, self._token = f"/notes/{booking}/sync", token
        self._socket: ClientConnection | None = None
        self._news = asyncio.Condition()
        self._listening: asyncio.Task[None] | None = None

    async def open(self, url: str, *, origin: str | None = None) -> "Notepad":
        """Connect and begin to sync."""
        headers = {"Cookie": f"mh_session={self._token}", "Origin": url if origin is None else origin}
        self.saved = self.sent = 0
        self.code, self.reached = None, False
        self._socket = await connect(url.replace("http", "ws", 1) + self._path, additional_headers=headers, proxy=None)
        self._listening = asyncio.create_task(self._listen(self._socket))
        await self.send(frames.sync(Step.HAVE, self.writer.doc.get_state()))
        return self

    async def send(self, frame: bytes) -> None:
        """Send a frame as it is."""
        assert self._socket is not None
        with suppress(ConnectionClosed):
            await self._socket.send(frame)

    async def type(self, words: str, *, at: int | None = None) -> None:
        """Type and send."""
        await self.send_update(self.writer.type(words, at=at))

    async def send_update(self, update: bytes) -> None:
        """Send one update and count it."""
        self.sent += 1
        await self.send(frames.sync(Step.UPDATE, update))

    async def drop(self) -> None:
        """Lose the connection without a word."""
        assert self._socket is not None
        assert self._listening is not None
        self._socket.transport.abort()
        await self._listening

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds; fails after ten seconds."""
        async with self._news:
            try:
                await asyncio.wait_for(self._news.wait_for(holds), 10)
            except TimeoutError:
                raise AssertionError(f"{what} never came; the text is {self.text!r}, code {self.code}") from None

    async def until_text(self, text: str) -> None:
        """Wait until the notes read `text`."""
        await self.until(lambda: self.text == text, repr(text))

    async def until_saved(self) -> None:
        """Wait until the server said that everything sent is kept."""
        await self.until(lambda: self.reached and self.saved == self.sent, "the acknowledgement")

    async def until_closed(self) -> int:
        """Wait for the end; returns its code."""
        await self.until(lambda: self.code is not None, "the end")
        assert self.code is not None
        return self.code

    @property
    def text(self) -> str:
        """What this notepad shows."""
        return str(self.writer.text)

    async def _listen(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for frame in socket:
                assert isinstance(frame, bytes)
                await self._take(Reader(frame))
                async with self._news:
                    self._news.notify_all()
        async with self._news:
            self.code = socket.close_code
            self._news.notify_all()

    async def _take(self, reader: Reader) -> None:
        kind = reader.number()
        if kind == Kind.SAVED:
            self.saved = reader.number()
        elif kind == Kind.ABOUT:
            self.facts = json.loads(reader.chunk())
        elif kind == Kind.AWARENESS:
            self.carets |= {caret.client: caret for caret in frames.read_carets(reader.chunk())}
        elif reader.number() == Step.HAVE:
            self.sent += 1
            await self.send(frames.sync(Step.LACK, self.writer.doc.get_update(reader.chunk())))
            self.reached = True
        else:
            self.writer.see(reader.chunk())
