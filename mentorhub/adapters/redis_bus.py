"""The bus between processes, over one Redis channel; it reconnects by itself."""

import asyncio
from collections.abc import Callable

import redis
import redis.asyncio
import structlog

from mentorhub.adapters.listeners import Listeners
from mentorhub.domain.common.ports import Listener

_CHANNEL = "mentorhub:topics"
_log = structlog.get_logger(__name__)


class RedisBus:
    """A bus for any number of processes; a lost topic is healed by the next read of the database."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._sender = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._listeners = Listeners()
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
        wait = 0.1
        while True:
            try:
                await self._listen()
                wait = 0.1
            except (redis.RedisError, OSError) as error:
                _log.warning("bus.lost", error=type(error).__name__, retry_in=wait)
            finally:
                self.listening.clear()
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5.0)

    def answers(self) -> bool:
        """Whether Redis answers and this process hears it."""
        try:
            return self.listening.is_set() and bool(self._sender.ping())
        except redis.RedisError:
            return False

    async def _listen(self) -> None:
        async with redis.asyncio.Redis.from_url(self._url) as link, link.pubsub() as channel:
            await channel.subscribe(_CHANNEL)
            self.listening.set()
            async for message in channel.listen():
                if message["type"] == "message":
                    self._listeners.tell(message["data"].decode())
