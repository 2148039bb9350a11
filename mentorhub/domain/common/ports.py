"""The outside that every feature shares: the bus that carries topics between processes."""

from collections.abc import Callable
from typing import Protocol

Listener = Callable[[str], None]


class Bus(Protocol):
    """Carries topics, never facts: a lost one is healed by the next read of the database."""

    def publish(self, topic: str) -> None:
        """Tell every process that `topic` changed; callable from any thread, never raises."""
        ...

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(topic)` on the event loop for each topic; returns how to stop."""
        ...

    async def run(self) -> None:
        """Carry topics until cancelled; started once in each process that listens."""
        ...

    def answers(self) -> bool:
        """Whether topics are being carried right now; may wait for a network, so not for the event loop."""
        ...
