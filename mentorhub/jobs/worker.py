"""The job worker: claims what is due in the outbox, does it outside any transaction, notes how it went.

Any number of workers may run. One that dies in the middle loses nothing: its lease runs out and another
does the work again, which is why every handler's effect is keyed.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlmodel import Session

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.common import outbox
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError
from mentorhub.jobs.handlers import DUTIES, HANDLERS
from mentorhub.jobs.post import Later
from mentorhub.jobs.schedule import DUTY, Duty, Handler, Schedule, turns_of

_AT_ONCE = 6
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Job:
    """A claimed row of the outbox."""

    row_id: UUID
    topic: str
    subject: str


@dataclass(frozen=True)
class _Pace:
    stop: asyncio.Event
    wake: asyncio.Event
    poll_seconds: float

    async def wait(self, busy: Iterable[asyncio.Future[None]]) -> None:
        """Return when a job is done, there is news, or it is time to look again."""
        events: list[asyncio.Future[Any]] = [asyncio.ensure_future(event.wait()) for event in (self.stop, self.wake)]
        try:
            await asyncio.wait([*events, *busy], timeout=self.poll_seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiting in events:
                waiting.cancel()


async def run(
    out: Outside,
    stop: asyncio.Event | None = None,
    *,
    handlers: Mapping[str, Handler] = HANDLERS,
    duties: Sequence[Duty] = DUTIES,
    poll_seconds: float = 1.0,
) -> None:
    """Work until `stop` is set or the task is cancelled; wakes at once for new rows, else every second.

    What is in hand is finished before this returns.
    """
    stop, wake, schedule = stop or asyncio.Event(), asyncio.Event(), Schedule(duties)
    table = {**handlers, DUTY: turns_of(duties)}
    unsubscribe = out.bus.subscribe(lambda topic: wake.set() if topic == outbox.WORK_WAITS else None)
    # Threads of its own: a mail server that hangs must not keep the pages waiting for a thread.
    hands = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="jobs")
    try:
        await _work(out, _Pace(stop, wake, poll_seconds), schedule, table, hands)
    finally:
        unsubscribe()
        await asyncio.to_thread(hands.shutdown)


async def _work(
    out: Outside,
    pace: _Pace,
    schedule: Schedule,
    table: Mapping[str, Handler],
    hands: ThreadPoolExecutor,
) -> None:
    loop, busy = asyncio.get_running_loop(), set[asyncio.Future[None]]()
    while not pace.stop.is_set():
        pace.wake.clear()
        free = _AT_ONCE - len(busy)
        jobs = await asyncio.to_thread(_claimed, schedule, free) if free else []
        busy |= {loop.run_in_executor(hands, do, out, job, table) for job in jobs}
        if len(jobs) < free or not free:
            await pace.wait(busy)
        busy = {future for future in busy if not future.done()}


def _claimed(schedule: Schedule, limit: int) -> list[Job]:
    try:
        return claim(schedule, limit=limit, now=utc_now())
    except Exception:
        _log.exception("jobs.no_database")
        return []


def claim(schedule: Schedule, *, limit: int, now: datetime) -> list[Job]:
    """Ask for the duties whose turn has come and take up to `limit` rows that are due."""
    schedule.enqueue_due(now)
    with database.reading() as db:
        if not outbox.is_work_due(db, now=now):
            return []
    with database.transaction() as db:
        return [Job(row.id, row.topic, row.subject) for row in outbox.lease_due(db, now=now, limit=limit)]


def do(out: Outside, job: Job, handlers: Mapping[str, Handler]) -> None:
    """Handle one job and note how it went; never raises, so that one failure stops no other job."""
    failure, later = "", None
    try:
        handlers[job.topic](out, job.subject)
    except Later as waiting:
        later = waiting.until
    except Exception as error:
        failure = type(error).__name__
        # A refusal is foreseen, such as a provider that does not answer: its name says it all.
        unforeseen = None if isinstance(error, DomainError) else error
        _log.warning("job.failed", topic=job.topic, row=str(job.row_id), error=failure, exc_info=unforeseen)
    try:
        with database.transaction() as db:
            _note(db, job, failure, later, utc_now())
    except Exception:
        _log.exception("job.not_noted", topic=job.topic, row=str(job.row_id))


def _note(db: Session, job: Job, failure: str, later: datetime | None, now: datetime) -> None:
    if later is not None:
        outbox.wait(db, job.row_id, until=later)
    elif not failure or job.topic == DUTY:
        outbox.finish(db, job.row_id, now=now)
    elif not outbox.postpone(db, job.row_id, error=failure, now=now):
        _log.error("job.given_up", topic=job.topic, row=str(job.row_id))
