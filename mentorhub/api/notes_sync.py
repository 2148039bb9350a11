"""The socket of a notepad, `/notes/{booking_id}/sync`: an update is acknowledged once it is in the database.

A page that loses its connection keeps typing; when it is back it says what it has, and both sides exchange
what the other lacks. Nothing that was acknowledged can be lost, and what was not is sent again.
"""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit
from uuid import UUID

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from mentorhub import database
from mentorhub.api import notes_frames as frames
from mentorhub.api.notes_frames import BrokenFrame, Kind, Step
from mentorhub.api.notes_room import Peer, Room, Rooms, read
from mentorhub.domain.accounts.queries import viewer
from mentorhub.domain.accounts.rules import cookie_value, session_cookie_name
from mentorhub.domain.common import clock
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.common.ports import Bus
from mentorhub.domain.notes import queries, service
from mentorhub.domain.notes.errors import BrokenUpdate, MissingParts, NotesLocked, NotesNotOpen, NotesTooLong

LOOK_AGAIN = 3.0
_PER_SECOND = 40.0
_AT_ONCE = 200.0
_FIRST_FRAME = 2.0
_NOTHING = b"\x00\x00"

BROKEN, SIGNED_OUT, FOREIGN, NO_NOTES, SEND_ALL, TOO_LONG, LOCKED, TOO_FAST = (
    4400,
    4401,
    4403,
    4404,
    4409,
    4413,
    4423,
    4429,
)
_CODES: tuple[tuple[type[DomainError], int], ...] = (
    (MissingParts, SEND_ALL),
    (BrokenUpdate, BROKEN),
    (NotesTooLong, TOO_LONG),
    (NotesLocked, LOCKED),
    (NotesNotOpen, LOCKED),
    (NotFound, NO_NOTES),
)


class _Closing(Exception):
    """The connection ends, with a code that tells the page why."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(str(code))


def routes(bus: Bus, *, public_url: str, look_again: float = LOOK_AGAIN) -> list[WebSocketRoute]:
    """The route of the notes.

    `public_url` is the address people type; every `look_again` seconds each connection is checked anew: is
    the session still open, may the person still write, and did the bus lose anything.
    """
    desk = _Desk(Rooms(bus), public_url, look_again)
    return [WebSocketRoute("/notes/{booking_id}/sync", desk.serve)]


class _Desk:
    def __init__(self, rooms: Rooms, public_url: str, look_again: float) -> None:
        self._rooms = rooms
        self._host = urlsplit(public_url).netloc
        self._secure = public_url.startswith("https://")
        self._look_again = look_again

    async def serve(self, socket: WebSocket) -> None:
        """Serve one notepad from its handshake to its end."""
        origin = urlsplit(socket.headers.get("origin", "")).netloc
        if not origin or origin not in (self._host, socket.headers.get("host")):
            await socket.close(FOREIGN)
            return
        await socket.accept()
        try:
            code = await self._welcome(socket)
        except _Closing as closing:
            code = closing.code
        except (WebSocketDisconnect, RuntimeError):
            return
        with suppress(RuntimeError, WebSocketDisconnect):
            await socket.close(code)

    async def _welcome(self, socket: WebSocket) -> int:
        booking_id = parse_id(socket.path_params["booking_id"])
        token = cookie_value(socket.headers.get("cookie", ""), session_cookie_name(self._secure))
        try:
            view = await _admitted(token, booking_id)
        except _Closing:
            await _hear_out(socket)
            raise
        peer = Peer(view, is_mentor=view.viewer_id == view.mentor_id)
        room = self._rooms.enter(view.booking_id, peer)
        try:
            await room.pull()
            await room.describe()
            room.greet(peer)
            return await self._until_one_ends(socket, room, peer, token)
        finally:
            await self._rooms.leave(room, peer)

    async def _until_one_ends(self, socket: WebSocket, room: Room, peer: Peer, token: str) -> int:
        tasks = [
            asyncio.create_task(self._listen(socket, room, peer)),
            asyncio.create_task(_speak(socket, peer)),
            asyncio.create_task(self._watch(room, peer, token)),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return next(iter(done)).result()

    async def _listen(self, socket: WebSocket, room: Room, peer: Peer) -> int:
        kept, pace = 0, _Pace()
        while True:
            frame = await socket.receive_bytes()
            if len(frame) > frames.LARGEST_FRAME:
                return TOO_LONG
            if not pace.allows():
                return TOO_FAST
            try:
                more = await self._take(frame, room, peer)
            except BrokenFrame:
                return BROKEN
            if more:
                kept += more
                peer.tell(frames.saved(kept))

    async def _take(self, frame: bytes, room: Room, peer: Peer) -> int:
        """Act on one frame; returns how many updates it kept, 0 or 1."""
        reader = frames.Reader(frame)
        kind = reader.number()
        if kind == Kind.AWARENESS:
            await self._take_carets(frames.read_carets(reader.chunk()), room, peer)
            return 0
        if kind != Kind.SYNC:
            raise BrokenFrame
        step, data = reader.number(), reader.chunk()
        reader.end()
        if step == Step.HAVE:
            peer.tell(frames.sync(Step.LACK, room.missing(data)))
            return 0
        if step not in (Step.LACK, Step.UPDATE):
            raise BrokenFrame
        if data != _NOTHING:
            await _keep(room.booking_id, peer.user_id, data)
            await room.pull()
        return 1

    async def _take_carets(self, carets: list[frames.Caret], room: Room, peer: Peer) -> None:
        others = {client for other in room.peers if other is not peer for client in other.clients}
        own = [frames.dressed(caret, name=peer.name, side=peer.side) for caret in carets if caret.client not in others]
        peer.clients |= {caret.client for caret in own}
        if len(peer.clients) > 8:
            raise BrokenFrame
        await self._rooms.show(room, own)

    async def _watch(self, room: Room, peer: Peer, token: str) -> int:
        while True:
            await asyncio.sleep(self._look_again)
            await _admitted(token, room.booking_id)
            await room.pull()
            await room.describe()


class _Pace:
    """A bucket that fills with `_PER_SECOND` and holds `_AT_ONCE`."""

    def __init__(self) -> None:
        self._left, self._at = _AT_ONCE, asyncio.get_running_loop().time()

    def allows(self) -> bool:
        """Whether one more frame may come now."""
        now = asyncio.get_running_loop().time()
        self._left = min(_AT_ONCE, self._left + (now - self._at) * _PER_SECOND) - 1
        self._at = now
        return self._left >= 0


async def _hear_out(socket: WebSocket) -> None:
    """Wait for the frame a page begins with: a close that crosses it may end as a reset, which tells no reason."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_FIRST_FRAME):
            await socket.receive()


async def _speak(socket: WebSocket, peer: Peer) -> int:
    while True:
        frame = await peer.waiting.get()
        if frame is None:
            return TOO_FAST
        await socket.send_bytes(frame)


async def _admitted(token: str, booking_id: UUID | None) -> queries.NotepadView:
    """The notepad as the cookie's person may see it; ends the connection otherwise."""
    now = clock.utc_now()
    person = await read(viewer, token=token, now=now) if token else None
    if person is None:
        raise _Closing(SIGNED_OUT)
    view = (
        await read(queries.notepad, booking_id=booking_id, viewer_id=person.user_id, now=now)
        if booking_id is not None
        else None
    )
    if view is None:
        raise _Closing(NO_NOTES)
    return view


async def _keep(booking_id: UUID, author_id: UUID, update: bytes) -> None:
    def call() -> None:
        with database.transaction() as db:
            service.apply_update(db, booking_id=booking_id, author_id=author_id, update=update, now=clock.utc_now())

    try:
        await asyncio.to_thread(call)
    except DomainError as refusal:
        code = next((code for kind, code in _CODES if isinstance(refusal, kind)), BROKEN)
        raise _Closing(code) from None
