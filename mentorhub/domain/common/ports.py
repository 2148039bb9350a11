"""The outside that every feature shares: the bus between processes, and the store of files."""

from collections.abc import Callable, Iterator
from datetime import timedelta
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


class FileStore(Protocol):
    """Keeps files as objects under names we give them, such as `intake/` and 32 random digits.

    Every verb raises StoreAway while the store does not answer; all of them may wait for a network.
    """

    def put(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`; returns once it is safe, and leaves nothing when it fails."""
        ...

    def read(self, name: str) -> Iterator[bytes]:
        """The content under `name`, piece by piece; raises NotFound before the first when there is none."""
        ...

    def remove(self, name: str) -> None:
        """Let go of what is kept under `name`, if anything is."""
        ...

    def older_than(self, age: timedelta, *, folder: str) -> Iterator[str]:
        """The names in `folder` that were put at least `age` ago, by the clock of the machines alone."""
        ...
