"""A worker to watch: ask for work, let it run for a while, wait until something holds."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlmodel import select

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.common import outbox
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.jobs import worker
from mentorhub.jobs.schedule import Duty, Handler

EFFECT = "test.effect"


def ask(key: str, *, subject: str = "", after: timedelta = timedelta()) -> None:
    now = utc_now()
    with database.transaction() as db:
        outbox.enqueue(db, EFFECT, key=key, subject=subject or key, now=now, due_at=now + after)


def row(key: str) -> OutboxRow:
    with database.reading() as db:
        return db.exec(select(OutboxRow).where(OutboxRow.key == key)).one()


@asynccontextmanager
async def working(
    out: Outside, handlers: Mapping[str, Handler], duties: Sequence[Duty] = (), *, poll_seconds: float = 1
) -> AsyncIterator[asyncio.Event]:
    """A worker that runs for the block, with its bus, and is asked to stop at its end."""
    stop = asyncio.Event()
    carrying = asyncio.create_task(out.bus.run())
    database.publish_after_commit(out.bus.publish)
    task = asyncio.create_task(worker.run(out, stop, handlers=handlers, duties=duties, poll_seconds=poll_seconds))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)
        database.publish_after_commit(None)
        carrying.cancel()
        await asyncio.gather(carrying, return_exceptions=True)


async def eventually(holds: Callable[[], bool], *, seconds: float = 15) -> None:
    deadline = asyncio.get_running_loop().time() + seconds
    while not await asyncio.to_thread(holds):
        assert asyncio.get_running_loop().time() < deadline, "it never came to that"
        await asyncio.sleep(0.01)


def is_done(key: str) -> Callable[[], bool]:
    return lambda: row(key).done_at is not None
