"""The bus of a single process: topics hop from any thread to the event loop."""

import asyncio
from collections.abc import Callable

from mentorhub.adapters.listeners import Listeners
from mentorhub.domain.common.ports import Listener


class MemoryBus:
    """A bus for one process; what is published before `run` starts reaches nobody."""

    def __init__(self) -> None:
        self._listeners = Listeners()
        self._loop: asyncio.AbstractEventLoop | None = None

    def publish(self, topic: str) -> None:
        """Tell this process's listeners that `topic` changed."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        try:
            loop.call_soon_threadsafe(self._listeners.tell, topic)
        except RuntimeError:
            self._loop = None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(topic)` on the event loop for each topic; returns how to stop."""
        return self._listeners.add(listener)

    async def run(self) -> None:
        """Carry topics until cancelled."""
        self._loop = asyncio.get_running_loop()
        try:
            await asyncio.Event().wait()
        finally:
            self._loop = None

    def answers(self) -> bool:
        """Whether topics are being carried right now."""
        return self._loop is not None
