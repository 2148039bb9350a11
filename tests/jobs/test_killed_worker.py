"""A worker that dies in the middle of a job, as a power cut would have it."""

import asyncio
import subprocess
import sys
from datetime import timedelta

from mentorhub.adapters import Outside
from mentorhub.domain.common import clock
from mentorhub.domain.common.outbox import LEASE
from tests.jobs.harness import EFFECT, ask, eventually, is_done, row, working

STARTS_PROCESSES = True


async def test_a_worker_killed_in_the_middle_loses_nothing_and_the_work_is_done_once(
    out: Outside, database_url: str
) -> None:
    done: list[str] = []
    ask("a")
    dying = subprocess.Popen(  # noqa: ASYNC220 starting it takes a moment, and nothing else runs yet
        [sys.executable, "-m", "tests.jobs.dying_worker", database_url], stdout=subprocess.PIPE, text=True
    )
    try:
        assert dying.stdout is not None
        assert await asyncio.to_thread(dying.stdout.readline) == "begun\n"
    finally:
        dying.kill()
        dying.wait(20)

    async with working(out, {EFFECT: lambda _, subject: done.append(subject)}):
        await asyncio.to_thread(ask, "sentinel")
        await eventually(is_done("sentinel"))
        assert done == ["sentinel"]
        clock.move(LEASE + timedelta(seconds=1))
        await eventually(is_done("a"))

    assert done == ["sentinel", "a"]
    assert row("a").attempts == 2
