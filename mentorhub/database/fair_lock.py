"""A first-come, first-served lock: SQLite has one writer, and no waiting booking may be overtaken."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class FairLock:
    """A mutual exclusion that is handed on in the order of arrival."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the turn, hold the lock for the block, hand it to the next in line."""
        turn = None
        with self._guard:
            if self._taken:
                turn = threading.Event()
                self._waiting.append(turn)
            self._taken = True
        if turn is not None:
            turn.wait()
        try:
            yield
        finally:
            with self._guard:
                if self._waiting:
                    self._waiting.popleft().set()
                else:
                    self._taken = False
