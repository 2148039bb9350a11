"""One contract for both buses: topics arrive after the commit, from any thread, and an absent Redis harms nobody."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
import redis
import structlog

from mentorhub import database
from mentorhub.adapters.memory_bus import MemoryBus
from mentorhub.adapters.redis_bus import RedisBus
from mentorhub.domain.common import topics
from mentorhub.domain.common.ports import Bus
from tests import servers

LAST = "the last one"


class Ear:
    """A listener that remembers what it heard and in which thread."""

    def __init__(self, bus: Bus) -> None:
        self.heard: list[str] = []
        self.threads: set[int] = set()
        self._news = asyncio.Event()
        self.stop = bus.subscribe(self._hear)

    def _hear(self, topic: str) -> None:
        self.heard.append(topic)
        self.threads.add(threading.get_ident())
        self._news.set()

    async def until(self, holds: Callable[[list[str]], bool], *, seconds: float = 10) -> None:
        """Wait until what was heard is enough."""
        async with asyncio.timeout(seconds):
            while not holds(self.heard):
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def carried(*buses: Bus) -> AsyncIterator[None]:
    """Every bus carries topics for the block."""
    tasks = [asyncio.create_task(bus.run()) for bus in dict.fromkeys(buses)]
    try:
        for bus in buses:
            await until_it_answers(bus)
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def until_it_answers(bus: Bus) -> None:
    async with asyncio.timeout(15):
        while not await asyncio.to_thread(bus.answers):
            pass


@pytest.fixture(params=["memory", "redis"])
def two(request: pytest.FixtureRequest) -> tuple[Bus, Bus]:
    """The buses of two processes; a memory bus knows only its own."""
    if request.param == "memory":
        one = MemoryBus()
        return one, one
    url: str = request.getfixturevalue("redis_url")
    return RedisBus(url), RedisBus(url)


async def test_what_one_process_publishes_is_heard_by_all_on_their_event_loop(two: tuple[Bus, Bus]) -> None:
    here, there = two
    ears = [Ear(here), Ear(there)]

    async with carried(*two):
        await asyncio.to_thread(here.publish, "grid:1")
        for ear in ears:
            await ear.until(lambda heard: heard == ["grid:1"])
            assert ear.threads == {threading.get_ident()}


async def test_nothing_published_from_many_threads_at_once_is_lost(two: tuple[Bus, Bus]) -> None:
    here, there = two
    ear = Ear(there)
    said = [f"topic {number}" for number in range(200)]

    async with carried(*two):
        await asyncio.gather(*(asyncio.to_thread(here.publish, topic) for topic in said))
        await ear.until(lambda heard: len(heard) == len(said))

    assert sorted(ear.heard) == sorted(said)


async def test_a_topic_is_told_after_the_commit_and_never_when_nothing_was_kept(
    two: tuple[Bus, Bus], sqlite_url: str
) -> None:
    here, there = two
    ear = Ear(there)
    inside, go_on = threading.Event(), threading.Event()

    def change() -> None:
        with database.transaction() as db:
            topics.announce(db, "kept")
            inside.set()
            go_on.wait(10)

    def change_nothing() -> None:
        with database.transaction() as db:
            topics.announce(db, "not kept")
            raise KeyError

    database.publish_after_commit(here.publish)
    try:
        async with carried(*two):
            changing = asyncio.create_task(asyncio.to_thread(change))
            await asyncio.to_thread(inside.wait, 10)
            await asyncio.to_thread(here.publish, "meanwhile")
            await ear.until(lambda heard: "meanwhile" in heard)
            assert ear.heard == ["meanwhile"]
            go_on.set()
            await changing
            with pytest.raises(KeyError):
                await asyncio.to_thread(change_nothing)
            await asyncio.to_thread(here.publish, LAST)
            await ear.until(lambda heard: LAST in heard)
    finally:
        database.publish_after_commit(None)

    assert ear.heard == ["meanwhile", "kept", LAST]


async def test_one_who_stopped_listening_hears_no_more(two: tuple[Bus, Bus]) -> None:
    here, there = two
    gone, staying = Ear(there), Ear(there)

    async with carried(*two):
        gone.stop()
        await asyncio.to_thread(here.publish, LAST)
        await staying.until(lambda heard: heard == [LAST])

    assert gone.heard == []


async def test_a_listener_that_fails_stops_neither_the_others_nor_the_bus(two: tuple[Bus, Bus]) -> None:
    here, there = two

    def fail(topic: str) -> None:
        raise ValueError(topic)

    there.subscribe(fail)
    ear = Ear(there)

    async with carried(*two):
        for topic in ("one", LAST):
            await asyncio.to_thread(here.publish, topic)
        await ear.until(lambda heard: heard == ["one", LAST])


async def test_publishing_while_nobody_carries_raises_nothing(two: tuple[Bus, Bus]) -> None:
    here, _ = two

    await asyncio.to_thread(here.publish, "before")
    async with carried(here):
        pass
    await asyncio.to_thread(here.publish, "after")

    assert not here.answers()


async def test_a_bus_hears_from_the_moment_redis_confirms_it_and_says_so_no_sooner(redis_url: str) -> None:
    bus = RedisBus(redis_url)
    with redis.Redis.from_url(redis_url) as admin:
        admin.client_pause(timeout=3_000, all=True)
    carrying = asyncio.create_task(bus.run())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bus.listening.wait(), 0.5)
    await asyncio.wait_for(bus.listening.wait(), 10)

    carrying.cancel()


async def test_redis_may_die_and_come_back(tmp_path: Path) -> None:
    port = servers.free_port()
    async with AsyncExitStack() as stack:
        with servers.redis(tmp_path, port=port) as url:
            here, there = RedisBus(url), RedisBus(url)
            ear = Ear(there)
            await stack.enter_async_context(carried(here, there))
            await asyncio.to_thread(here.publish, "before")
            await ear.until(lambda heard: heard == ["before"])
        await asyncio.to_thread(here.publish, "lost")
        assert not here.answers()
        with servers.redis(tmp_path, port=port):
            for bus in (here, there):
                await until_it_answers(bus)
            await asyncio.to_thread(here.publish, "again")
            await ear.until(lambda heard: heard[-1] == "again")

    assert ear.heard == ["before", "again"]


async def test_a_line_that_had_stood_is_tried_again_at_once_however_often_it_broke_before(redis_url: str) -> None:
    bus = RedisBus(redis_url)
    with structlog.testing.capture_logs() as said, redis.Redis.from_url(redis_url) as admin:
        async with carried(bus):
            for _ in range(3):
                await asyncio.wait_for(bus.listening.wait(), 10)
                admin.client_kill_filter(_type="pubsub")
                async with asyncio.timeout(10):
                    while await asyncio.to_thread(bus.listening.is_set):
                        pass

    assert [line["retry_in"] for line in said] == [0.1, 0.1, 0.1]
