"""Those of this process who listen to a bus: one that fails stops neither the others nor the bus."""

from collections.abc import Callable

import structlog

from mentorhub.domain.common.ports import Listener

_log = structlog.get_logger(__name__)


class Listeners:
    """A list of listeners, told on the event loop."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def add(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(topic)` from now on; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, topic: str) -> None:
        """Tell everyone that `topic` changed."""
        for listener in tuple(self._listeners):
            try:
                listener(topic)
            except Exception:
                _log.exception("bus.listener_failed")
