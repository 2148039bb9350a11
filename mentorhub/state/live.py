"""Live pages: topics of the bus become ordinary `refresh` events of the tabs that watch them.

The only file that knows Reflex's private table of connected tabs; `tests/state/test_live.py` pins it.
"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import reflex as rx
import structlog
from reflex_base.event import Event

from mentorhub.domain.common.ports import Bus

_log = structlog.get_logger(__name__)
_GATHER_FOR = 0.03


@dataclass(frozen=True)
class Watch:
    """A handler of a page, and the topics it runs for."""

    handler: Any
    topics: frozenset[str]


class LiveHub:
    """Topic -> the tabs of this worker that watch it; a tab's page may have several handlers to run."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[str]] = defaultdict(set)
        self._pages: dict[str, list[Watch]] = defaultdict(list)
        self._frames: dict[str, dict[str, Any]] = defaultdict(dict)
        self._framed: dict[str, str] = {}
        self._due: set[str] = set()
        self._versions: dict[str, int] = {}
        self._wake = asyncio.Event()

    def watch(self, token: str, handler: Any, *topics: str) -> None:
        """Let the tab `token` run `handler` whenever one of `topics` changes; replaces what it watched."""
        self.forget(token)
        self.watch_too(token, handler, *topics)

    def watch_too(self, token: str, handler: Any, *topics: str) -> None:
        """Let another handler of the tab's page run for `topics` of its own, until the tab watches something else."""
        self._pages[token].append(Watch(handler, frozenset(topics)))
        for topic in topics:
            self._watchers[topic].add(token)

    def watch_in_frame(self, token: str, handler: Any, topic: str) -> None:
        """Let the tab run `handler` when `topic` changes, whatever page it is on: what the header shows."""
        self.forget_frame(token)
        self._frames[topic][token] = handler
        self._framed[token] = topic

    def forget_frame(self, token: str) -> None:
        """Stop telling the tab's header anything, as when its person signed out."""
        topic = self._framed.pop(token, "")
        tabs = self._frames.get(topic, {})
        tabs.pop(token, None)
        if not tabs:
            self._frames.pop(topic, None)

    def forget(self, token: str) -> None:
        """Stop telling the page of the tab `token` anything."""
        for topic in {topic for watch in self._pages.pop(token, ()) for topic in watch.topics}:
            tabs = self._watchers.get(topic, set())
            tabs.discard(token)
            if not tabs:
                self._watchers.pop(topic, None)
                self._versions.pop(topic, None)

    def handlers_of(self, token: str) -> list[Any]:
        """Everything the tab `token` runs when what it watches changes, in the order it was asked for."""
        return [watch.handler for watch in self._pages.get(token, ())]

    def changed(self, topic: str) -> None:
        """Note that `topic` changed; changes within 30 ms reach a tab as one."""
        if topic in self._watchers:
            self._versions[topic] = self.version_of(topic) + 1
        if topic in self._watchers or topic in self._frames:
            self._due.add(topic)
            self._wake.set()

    def version_of(self, topic: str) -> int:
        """How often this worker heard of `topic`: what was read at one version holds until the next."""
        return self._versions.get(topic, 0)

    async def run(self, app: rx.App, bus: Bus) -> None:
        """Deliver until cancelled."""
        stop = bus.subscribe(self.changed)
        try:
            while True:
                await self._wake.wait()
                await asyncio.sleep(_GATHER_FOR)
                self._wake.clear()
                due, self._due = self._due, set()
                await self._deliver(app, due)
        finally:
            stop()

    async def _deliver(self, app: rx.App, due: set[str]) -> None:
        frames = {token: handler for topic in due for token, handler in self._frames.get(topic, {}).items()}
        connected = _connected_tabs(app)
        for token, handler in (*frames.items(), *self._pages_due(due)):
            if token not in connected:
                self.forget(token)
                self.forget_frame(token)
                continue
            try:
                (event,) = Event.from_event_type(handler)
                with app.set_contexts():
                    await app.event_processor.enqueue(token, event)
            except Exception:
                _log.exception("live.undelivered")

    def _pages_due(self, due: set[str]) -> list[tuple[str, Any]]:
        tabs = {token for topic in due for token in self._watchers.get(topic, ())}
        return [
            (token, watch.handler)
            for token in tabs
            for watch in self._pages.get(token, ())
            if not due.isdisjoint(watch.topics)
        ]


def _connected_tabs(app: rx.App) -> Any:
    namespace = app.event_namespace
    return namespace._token_manager.token_to_socket if namespace is not None else {}


hub = LiveHub()
