"""`mentorhub worker`: do the jobs in a process of their own, beside any number of others."""

import asyncio
import contextlib
import signal

import typer

from mentorhub import database, settings
from mentorhub.adapters import outside
from mentorhub.cli import logs
from mentorhub.domain.common import clock
from mentorhub.jobs import worker as jobs
from mentorhub.settings import SettingsError


def worker() -> None:
    """Work until SIGTERM or SIGINT; the job in hand is finished first."""
    try:
        here = settings.current()
    except SettingsError as error:
        typer.echo(f"The worker cannot start.\n{error}", err=True)
        raise SystemExit(2) from None
    logs.set_up(as_json=here.log_json)
    clock.use_offset_file(here.clock_offset_file)
    database.connect(here.database_url)
    try:
        asyncio.run(_work())
    finally:
        database.dispose()


async def _work() -> None:
    out, stop = outside(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    database.publish_after_commit(out.bus.publish)
    carrying = asyncio.create_task(out.bus.run())
    try:
        await jobs.run(out, stop)
    finally:
        carrying.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await carrying
        database.publish_after_commit(None)


if __name__ == "__main__":
    worker()
