"""All rooms of this process: opened when first asked for, forgotten when idle, ticked once a second."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from mentorhub.video.attendance import HEARTBEAT_SECONDS
from mentorhub.video.join_token import JoinToken
from mentorhub.video.participant import JoinRefused
from mentorhub.video.room import House, Room, monotonic

_TICK_SECONDS = 1.0


class Rooms:
    """The rooms, their ticking and their end."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.stopping = asyncio.Event()
        self.loop_delay = 0.0
        self._rooms: dict[str, Room] = {}
        self._cancelled: dict[str, float] = {}
        self._dismissed: dict[tuple[str, str], tuple[float, float]] = {}
        self._beat_at = 0.0

    def open(self, booking_id: str, token: JoinToken) -> Room:
        """The room of a booking for who shows this token.

        Raises JoinRefused when it was cancelled, for all or for them since, or this process is stopping.
        """
        if self.stopping.is_set():
            raise JoinRefused("moving", "The room is moving to another server.")
        dismissed_at, _ = self._dismissed.get((booking_id, token.user_id), (0.0, 0.0))
        if booking_id in self._cancelled or token.issued_at < dismissed_at:
            raise JoinRefused("cancelled", "This session was cancelled.")
        return self._rooms.setdefault(booking_id, Room(booking_id, self.house))

    def find(self, booking_id: str) -> Room | None:
        """The room of a booking if it is in use."""
        return self._rooms.get(booking_id)

    def cancel(self, booking_id: str, until: float) -> None:
        """Let everybody out of a room and keep it shut until `until` (seconds since 1970)."""
        self._cancelled[booking_id] = until
        if (room := self._rooms.get(booking_id)) is not None:
            room.close("cancelled")

    def dismiss(self, booking_id: str, user_id: str, until: float) -> None:
        """Let one person out, and refuse the tokens they were given before until `until`."""
        self._dismissed[booking_id, user_id] = (self.house.clock(), until)
        if (room := self._rooms.get(booking_id)) is not None:
            room.dismiss(user_id, "cancelled")

    async def run(self) -> None:
        """Tick all rooms until cancelled."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due += _TICK_SECONDS
            await asyncio.sleep(max(0.0, due - loop.time()))
            self.loop_delay = max(0.0, loop.time() - due)
            self.tick(monotonic())

    def tick(self, now: float) -> None:
        """One second's work; `now` is the monotonic clock."""
        clock = self.house.clock()
        for booking_id, room in list(self._rooms.items()):
            room.tick(now)
            if room.is_idle:
                del self._rooms[booking_id]
        for booking_id in [key for key, until in self._cancelled.items() if until <= clock]:
            del self._cancelled[booking_id]
        for key in [key for key, (_, until) in self._dismissed.items() if until <= clock]:
            del self._dismissed[key]
        if now - self._beat_at >= HEARTBEAT_SECONDS and any(self._occupied()):
            self._beat_at = now
            self.house.journal.beat(clock)

    def _occupied(self) -> list[Room]:
        return [room for room in self._rooms.values() if any(one.is_in for one in room.participants.values())]

    async def stop(self, reason: str) -> None:
        """Let everybody out and write it down; pages rejoin wherever the web server sends them next."""
        self.stopping.set()
        for room in self._rooms.values():
            room.close(reason)
        with suppress(TimeoutError):
            async with asyncio.timeout(3):
                await asyncio.gather(*(room.settle() for room in self._rooms.values()))
        self.house.journal.close()

    def figures(self) -> dict[str, Any]:
        """Rooms, people and delay of the loop, for operators."""
        return {
            "rooms": {booking_id: room.figures() for booking_id, room in self._rooms.items()},
            "loop_delay_ms": round(self.loop_delay * 1000, 1),
        }
