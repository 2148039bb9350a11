"""Faults to order, so that tests and demonstrations see the provider on its bad days.

They live in memory only: a restart is always a good day.
"""

import threading
from dataclasses import dataclass
from typing import Literal, get_args

Trouble = Literal["broken", "busy", "time_out", "reply_lost"]
TROUBLES: tuple[str, ...] = get_args(Trouble)


@dataclass(frozen=True)
class Order:
    """The next `calls` calls go wrong in one way: `broken` answers 500 and does nothing, `busy` answers 429,
    `time_out` does nothing and answers too late, `reply_lost` does the work and answers too late.
    """

    trouble: Trouble
    calls: int
    seconds: float


@dataclass(frozen=True)
class Post:
    """How notices of coming events travel: `delay` seconds late, `copies` times, the next `drop` never."""

    delay: float = 0.0
    copies: int = 1
    drop: int = 0


class Mischief:
    """What was ordered and is still to come; safe to use from several threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._order: Order | None = None
        self._post = Post()

    def order(self, order: Order | None) -> None:
        """Let the next API calls go wrong; `None` takes the order back."""
        with self._guard:
            self._order = order

    def take(self) -> Order | None:
        """The fault this call must suffer, counted down."""
        with self._guard:
            now = self._order
            if now is None:
                return None
            self._order = Order(now.trouble, now.calls - 1, now.seconds) if now.calls > 1 else None
            return now

    def disturb_post(self, post: Post) -> None:
        """Let notices of coming events travel badly."""
        with self._guard:
            self._post = post

    def take_post(self) -> Post:
        """How the notice of this event travels; a dropped one has no copies."""
        with self._guard:
            now = self._post
            if now.drop:
                self._post = Post(now.delay, now.copies, now.drop - 1)
                return Post(now.delay, 0)
            return now
