"""Live pages: what was committed reaches the tabs that watch it; the only test of Reflex's private names."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
import reflex as rx
from reflex.utils.token_manager import SocketRecord
from reflex_base.registry import RegistrationContext

from mentorhub import database
from mentorhub.adapters.memory_bus import MemoryBus
from mentorhub.domain.common import topics
from mentorhub.state.base import Access, event
from mentorhub.state.live import LiveHub
from tests.people import People


class BoardState(rx.State):
    """A page that counts how often it was told."""

    @event(Access.EVERYONE)
    def refresh(self, tab: str) -> None:
        """Note which tab it was."""
        told.put_nowait(tab)


told: asyncio.Queue[str]


@dataclass
class Stage:
    """The parts as the running product joins them, without a server."""

    app: rx.App
    hub: LiveHub = field(default_factory=LiveHub)
    bus: MemoryBus = field(default_factory=MemoryBus)

    def connect(self, token: str) -> None:
        """As the socket's namespace notes a tab that came."""
        assert self.app.event_namespace is not None
        self.app.event_namespace._token_manager.token_to_socket[token] = SocketRecord(instance_id="here", sid=token)

    def disconnect(self, token: str) -> None:
        """As the socket's namespace notes a tab that went."""
        assert self.app.event_namespace is not None
        del self.app.event_namespace._token_manager.token_to_socket[token]


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """An app whose event processor runs, a bus, and the hub between them."""
    global told
    told = asyncio.Queue()
    mine = RegistrationContext.set(RegistrationContext.get().fork())
    here = Stage(rx.App())
    async with here.app._setup_event_processor():
        tasks = [asyncio.create_task(here.bus.run()), asyncio.create_task(here.hub.run(here.app, here.bus))]
        await asyncio.sleep(0)
        database.publish_after_commit(here.bus.publish)
        yield here
        database.publish_after_commit(None)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    RegistrationContext.reset(mine)


@pytest.fixture(autouse=True)
def _nothing_published() -> Iterator[None]:
    yield
    database.publish_after_commit(None)


async def told_next() -> str:
    """Which tab was refreshed next."""
    return await asyncio.wait_for(told.get(), 5)


async def told_nobody_else(here: Stage) -> bool:
    """Whether no further refresh follows: a later one of another tab arrives first."""
    here.connect("last")
    here.hub.watch("last", BoardState.refresh("last"), "the last topic")
    here.bus.publish("the last topic")
    return await told_next() == "last"


async def test_a_tab_hears_of_what_it_watches_and_of_nothing_else() -> None:
    async with stage() as here:
        here.connect("riya")
        here.connect("sam")
        here.hub.watch("riya", BoardState.refresh("riya"), "grid:1", "grid:2")
        here.hub.watch("sam", BoardState.refresh("sam"), "grid:3")

        here.bus.publish("grid:2")

        assert await told_next() == "riya"
        assert await told_nobody_else(here)


async def test_a_change_is_told_after_the_commit_and_a_refused_one_never(three: People) -> None:
    async with stage() as here:
        here.connect("riya")
        here.hub.watch("riya", BoardState.refresh("riya"), topics.grid_of(three.mentor))

        with suppress(ZeroDivisionError), database.transaction() as db:
            topics.announce(db, topics.grid_of(three.mentor))
            raise ZeroDivisionError
        assert await told_nobody_else(here)

        with database.transaction() as db:
            topics.announce(db, topics.grid_of(three.mentor))
            await asyncio.sleep(0)
            assert told.empty()
        assert await told_next() == "riya"


async def test_changes_in_a_burst_reach_a_tab_as_one() -> None:
    async with stage() as here:
        here.connect("riya")
        here.hub.watch("riya", BoardState.refresh("riya"), "grid:1", "grid:2")

        for _ in range(50):
            here.bus.publish("grid:1")
            here.bus.publish("grid:2")
            await asyncio.sleep(0)

        assert await told_next() == "riya"
        assert await told_nobody_else(here)
        assert here.hub.version_of("grid:1") == 50


async def test_a_tab_that_went_is_forgotten_at_the_next_change() -> None:
    async with stage() as here:
        here.connect("riya")
        here.hub.watch("riya", BoardState.refresh("riya"), "grid:1")
        here.disconnect("riya")

        here.bus.publish("grid:1")

        assert await told_nobody_else(here)
        here.connect("riya")
        here.bus.publish("grid:1")
        assert await told_nobody_else(here)


async def test_watching_another_page_replaces_what_the_tab_watched() -> None:
    async with stage() as here:
        here.connect("riya")
        here.hub.watch("riya", BoardState.refresh("riya"), "grid:1")
        here.hub.watch("riya", BoardState.refresh("riya"), "grid:2")

        here.bus.publish("grid:1")

        assert await told_nobody_else(here)


async def test_a_page_of_two_parts_has_each_told_of_what_it_shows() -> None:
    async with stage() as here:
        here.connect("riya")
        times, seats = BoardState.refresh("times"), BoardState.refresh("seats")
        here.hub.watch("riya", times, "grid:1")
        here.hub.watch_too("riya", seats, "grid:1", "session:1")

        here.bus.publish("grid:1")
        here.bus.publish("session:1")
        assert [await told_next(), await told_next()] == ["times", "seats"]
        assert [handler is times for handler in here.hub.handlers_of("riya")] == [True, False]

        here.bus.publish("session:1")
        assert await told_next() == "seats"
        here.hub.watch("riya", times, "grid:1")
        here.bus.publish("session:1")
        assert await told_nobody_else(here)


async def test_a_handler_that_fails_stops_no_other_delivery() -> None:
    async with stage() as here:
        for tab in ("riya", "sam"):
            here.connect(tab)
        here.hub.watch("riya", lambda wrong: wrong, "grid:1")
        here.hub.watch("sam", BoardState.refresh("sam"), "grid:1")

        here.bus.publish("grid:1")

        assert await told_next() == "sam"


async def test_the_header_goes_on_hearing_while_pages_come_and_go() -> None:
    async with stage() as here:
        here.connect("riya")
        here.hub.watch_in_frame("riya", BoardState.refresh("bell"), "notices:1")
        here.hub.watch("riya", BoardState.refresh("page"), "grid:1")
        here.hub.watch("riya", BoardState.refresh("page"), "notices:1")

        here.bus.publish("notices:1")
        assert [await told_next(), await told_next()] == ["bell", "page"]

        here.hub.forget("riya")
        here.bus.publish("notices:1")
        assert await told_next() == "bell"
        here.hub.forget_frame("riya")
        here.bus.publish("notices:1")
        assert await told_nobody_else(here)
