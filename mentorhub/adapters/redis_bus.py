"""The bus between processes, over one Redis channel; it reconnects by itself."""

import asyncio
import uuid
from collections.abc import Callable
from typing import cast

import redis
import redis.asyncio
import structlog

from mentorhub.adapters.listeners import Listeners
from mentorhub.domain.common.ports import Listener

_CHANNEL = "mentorhub:topics"
_SHORTEST_WAIT = 0.1  # seconds
_log = structlog.get_logger(__name__)


class RedisBus:
    """A bus for any number of processes; a lost topic is healed by the next read of the database."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._sender = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._listeners = Listeners()
        self._own = f"{_CHANNEL}:{uuid.uuid4()}"
        self.listening = asyncio.Event()

    def publish(self, topic: str) -> None:
        """Tell every process that `topic` changed; an unreachable Redis is logged, not raised."""
        try:
            self._sender.publish(_CHANNEL, topic)
        except redis.RedisError as error:
            _log.warning("bus.unreachable", error=type(error).__name__)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(topic)` on the event loop for each topic; returns how to stop."""
        return self._listeners.add(listener)

    async def run(self) -> None:
        """Carry topics until cancelled, waiting a little longer after each failure in a row."""
        wait = _SHORTEST_WAIT
        while True:
            try:
                await self._listen()
            except (redis.RedisError, OSError) as error:
                wait = _SHORTEST_WAIT if self.listening.is_set() else wait
                _log.warning("bus.lost", error=type(error).__name__, retry_in=wait)
            finally:
                self.listening.clear()
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5.0)

    def answers(self) -> bool:
        """Whether this process hears Redis and Redis counts it among those it tells."""
        try:
            counted = cast("list[tuple[bytes, int]]", self._sender.pubsub_numsub(self._own))
            return self.listening.is_set() and counted[0][1] > 0
        except redis.RedisError:
            return False

    async def _listen(self) -> None:
        """Hear until the line breaks; Redis confirms the subscription first, what is said sooner is not heard."""
        async with redis.asyncio.Redis.from_url(self._url) as link, link.pubsub() as channel:
            await channel.subscribe(_CHANNEL, self._own)
            async for message in channel.listen():
                if message["channel"].decode() == self._own:
                    self.listening.set()
                elif message["type"] == "message":
                    self._listeners.tell(message["data"].decode())
