"""The open notepads of this worker: one room a booking, kept in step with the database.

The database is the document; a room holds a copy to answer newcomers with, and hands on what was kept since
it last looked. Another worker's writing reaches it the same way, after the bus said that something is there.
Only carets travel on the bus themselves, as `carets:<booking>:<worker>:<frame>`: they are kept nowhere, and
the next move of one heals a lost one.
"""

import asyncio
import base64
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import structlog

from mentorhub import database
from mentorhub.api import notes_frames as frames
from mentorhub.api.notes_frames import BrokenFrame, Caret, Step
from mentorhub.domain.common import clock, topics
from mentorhub.domain.common.ids import new_id, parse_id
from mentorhub.domain.common.ports import Bus
from mentorhub.domain.notes import queries

T = TypeVar("T")

_WAITING = 256
_log = structlog.get_logger(__name__)


async def read(query: Callable[..., T], **arguments: Any) -> T:
    """Run one domain query off the event loop."""

    def call() -> T:
        with database.reading() as db:
            return query(db, **arguments)

    return await asyncio.to_thread(call)


class Peer:
    """One open notepad: what waits to be sent to it, and whose it is."""

    def __init__(self, view: queries.NotepadView, *, is_mentor: bool) -> None:
        self.user_id = view.viewer_id
        self.name = view.names[view.viewer_id].split(" ")[0]
        self.side = "mentor" if is_mentor else "mentee"
        self.clients: set[int] = set()
        self.waiting: asyncio.Queue[bytes | None] = asyncio.Queue(_WAITING)
        self.told: dict[str, Any] = {}

    def tell(self, frame: bytes) -> None:
        """Put a frame in line; a notepad that takes nothing any more is let go."""
        if self.waiting.full():
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(None)
        else:
            self.waiting.put_nowait(frame)

    def tell_about(self, facts: dict[str, Any]) -> None:
        """Say who writes here and which items there are, when that differs from what was said last."""
        if facts != self.told:
            self.told = facts
            self.tell(frames.about(facts))


class Room:
    """The notes of one booking as this worker knows them."""

    def __init__(self, booking_id: UUID) -> None:
        self.booking_id = booking_id
        self.peers: set[Peer] = set()
        self.doc = queries.open_document(())
        self.carets: dict[int, Caret] = {}
        self._seen = 0
        self._turn = asyncio.Lock()

    async def pull(self) -> None:
        """Take in what was kept since the last look, and hand it on."""
        async with self._turn:
            rows = await read(queries.updates_after, booking_id=self.booking_id, after=self._seen)
            for row in rows:
                self.doc.apply_update(row.content)
                self._seen = row.id
                self._tell_all(frames.sync(Step.UPDATE, row.content))
        if rows:
            await self.describe()

    async def describe(self) -> None:
        """Tell each notepad its facts, where they changed."""
        for peer in tuple(self.peers):
            view = await read(queries.notepad, booking_id=self.booking_id, viewer_id=peer.user_id, now=clock.utc_now())
            if view is not None:
                peer.tell_about(self._facts(view))

    def greet(self, peer: Peer) -> None:
        """Ask a newcomer what it has, and show it the carets."""
        peer.tell(frames.sync(Step.HAVE, self.doc.get_state()))
        if self.carets:
            peer.tell(frames.awareness(list(self.carets.values())))

    def missing(self, state: bytes) -> bytes:
        """What a page that has `state` lacks; raises BrokenFrame when it is no state."""
        try:
            return self.doc.get_update(state)
        except ValueError:
            raise BrokenFrame from None

    def see(self, carets: list[Caret]) -> list[Caret]:
        """Take in carets and show the news among them to every notepad; returns the news."""
        news = [caret for caret in carets if self._is_news(caret)]
        for caret in news:
            if caret.is_gone:
                self.carets.pop(caret.client, None)
            else:
                self.carets[caret.client] = caret
        if news:
            self._tell_all(frames.awareness(news))
        return news

    def _is_news(self, caret: Caret) -> bool:
        known = self.carets.get(caret.client)
        return (known is None and not caret.is_gone) or (known is not None and caret.clock >= known.clock)

    def _tell_all(self, frame: bytes) -> None:
        for peer in self.peers:
            peer.tell(frame)

    def _facts(self, view: queries.NotepadView) -> dict[str, Any]:
        lines = {line.key: line.wish for line in queries.lines_of(self.doc) if line.key}
        return {
            "me": str(view.viewer_id),
            "names": {str(person): name for person, name in view.names.items()},
            "mentor": str(view.mentor_id),
            "canWrite": view.can_write,
            "items": [_item(item, lines[item.key].due) for item in view.items if item.key in lines],
        }


def _item(item: queries.ItemView, said: str) -> dict[str, Any]:
    due = f"due {item.due_on:%a} {item.due_on.day} {item.due_on:%b}" if item.due_on else ""
    return {
        "key": item.key,
        "text": item.text,
        "owner": item.owner.split(" ")[0],
        "due": due,
        "refused": bool(said and not item.due_on),
        "done": item.is_done,
    }


class Rooms:
    """The rooms of this worker; listens to the bus for what other workers kept."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._rooms: dict[UUID, Room] = {}
        self._worker = new_id().hex
        self._pulling: set[asyncio.Task[None]] = set()
        bus.subscribe(self._heard)

    def enter(self, booking_id: UUID, peer: Peer) -> Room:
        """Add a notepad to its booking's room."""
        room = self._rooms.setdefault(booking_id, Room(booking_id))
        room.peers.add(peer)
        return room

    async def leave(self, room: Room, peer: Peer) -> None:
        """Take a notepad out and its carets with it; an empty room is forgotten."""
        room.peers.discard(peer)
        gone = [
            Caret(client, room.carets[client].clock + 1, "null") for client in peer.clients if client in room.carets
        ]
        if not room.peers:
            self._rooms.pop(room.booking_id, None)
        await self.show(room, gone)

    async def show(self, room: Room, carets: list[Caret]) -> None:
        """Show carets to everyone in the room, in this worker and in the others."""
        news = room.see(carets)
        if news:
            coded = base64.urlsafe_b64encode(frames.awareness(news)).decode()
            await asyncio.to_thread(self._bus.publish, f"carets:{room.booking_id}:{self._worker}:{coded}")

    def _heard(self, topic: str) -> None:
        kind, _, rest = topic.partition(":")
        if kind == "notes":
            self._pull(parse_id(rest))
        elif kind == "carets":
            booking_id, worker, coded = rest.split(":")
            room = self._rooms.get(UUID(booking_id))
            if room is not None and worker != self._worker:
                room.see(frames.read_carets(frames.Reader(base64.urlsafe_b64decode(coded)[1:]).chunk()))

    def _pull(self, booking_id: UUID | None) -> None:
        room = self._rooms.get(booking_id) if booking_id is not None else None
        if room is None:
            return
        task = asyncio.get_running_loop().create_task(_pull(room))
        self._pulling.add(task)
        task.add_done_callback(self._pulling.discard)


async def _pull(room: Room) -> None:
    try:
        await room.pull()
    except Exception:
        _log.exception("notes.unread", topic=topics.notes_of(room.booking_id))
