"""`mentorhub serve`: bring everything up to date, start what the product leans on, serve on one port."""

import asyncio
import gc
import importlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
import typer

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.cli import build, logs
from mentorhub.cli.db import bring_up_to_date
from mentorhub.cli.vocabulary import teach_words
from mentorhub.domain.common import clock
from mentorhub.settings import Settings, SettingsError

_TARGET = "mentorhub.mentorhub:app"
_DOOR_EVERY = 60.0
_log = structlog.get_logger(__name__)
_STOP_WITHIN = 10


def serve() -> None:
    """Serve the product; `MENTORHUB_MODE`, `MENTORHUB_PORT` and the rest come from the environment."""
    started = time.monotonic()
    # Nothing that a start makes is garbage: looking for some is a fifth of its time.
    gc.disable()
    build.prepare_environment()
    try:
        here = settings.current()
    except SettingsError as error:
        typer.echo(f"MentorHub cannot start.\n{error}", err=True)
        raise SystemExit(2) from None
    logs.set_up(as_json=here.log_json)
    _refuse_a_taken_port(here)
    here.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    clock.use_offset_file(here.clock_offset_file)
    database.connect(here.database_url)
    bring_up_to_date()
    with database.transaction() as db:
        teach_words(db)
    _prepare_people(here)
    children = _start_children(here)
    here = settings.current()
    try:
        if build.needs_build():
            typer.echo("Building the pages (only when they changed) ...")
            build.build()
        _serve(here, lambda: _announce(here, time.monotonic() - started))
    finally:
        for child in children:
            child.terminate()
        for child in children:
            with suppress(subprocess.TimeoutExpired):
                child.wait(10)


def _prepare_people(here: Settings) -> None:
    """Fill a demo; refuse to go live with a demo's people, an admin among them, whose password is public."""
    from mentorhub.cli.seed import holds_invented_people, prepare_demo

    if not here.live:
        # What the store's library runs on does not outlive the fork into several workers: there the parent keeps off.
        prepare_demo(clock.utc_now(), files=Outside(here).files if here.workers == 1 else None)
        return
    with database.reading() as db:
        if not holds_invented_people(db):
            return
    typer.echo(
        "MentorHub cannot start.\nDATABASE_URL: this database holds the demo's people, whose password is public; "
        "live mode needs one of its own.",
        err=True,
    )
    raise SystemExit(2)


def _refuse_a_taken_port(here: Settings) -> None:
    """Granian would share a taken port silently, and half of the requests would go elsewhere."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((here.host, here.port))
        except OSError as error:
            typer.echo(
                f"MentorHub cannot start: {here.host}:{here.port} is taken ({error.strerror}).\n"
                "Stop what runs there, or choose another port with MENTORHUB_PORT.",
                err=True,
            )
            raise SystemExit(2) from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start_children(here: Settings) -> list[subprocess.Popen[bytes]]:
    """Start the media process, and with several workers the payment sandbox, unless they run elsewhere."""
    children = []
    if here.media_url is None:
        port = _free_port()
        os.environ["MEDIA_URL"] = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "mentorhub.cli.media", "--port", str(port), "--embedded"]
        children.append(subprocess.Popen(command))  # noqa: S603  # our own modules
    if here.own_sandbox and here.workers > 1 and here.sandbox_url is None:
        port = _free_port()
        os.environ["PAYMENT_SANDBOX_URL"] = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "mentorhub.cli.sandbox_pay", "--port", str(port), "--embedded"]
        children.append(subprocess.Popen(command))  # noqa: S603  # our own modules
    settings.current.cache_clear()
    return children


def _announce(here: Settings, seconds: float) -> None:
    typer.echo(f"MentorHub is at {here.public_url} (ready to serve after {seconds:.1f} s)")
    if not here.live:
        from mentorhub.cli.seed import SIGN_INS

        typer.echo(SIGN_INS)
    sys.stdout.flush()


def _serve(here: Settings, announce: Callable[[], None]) -> None:
    from granian.constants import Interfaces

    options: dict[str, Any] = {
        "address": here.host,
        "port": here.port,
        "interface": Interfaces.ASGI,
        "log_enabled": False,
        "websockets": True,
    }
    os.environ["__REFLEX_SKIP_COMPILE"] = "true"
    os.environ["__REFLEX_MOUNT_FRONTEND_COMPILED_APP"] = "true"
    if here.workers > 1:
        from granian.server import Server as Granian

        database.dispose()
        gc.enable()
        announce()
        options |= {"workers": here.workers, "respawn_failed_workers": True, "workers_kill_timeout": _STOP_WITHIN}
        Granian(_TARGET, factory=True, **options).serve()
        return
    asyncio.run(_serve_here(here, options, announce))


async def _serve_here(here: Settings, options: dict[str, Any], announce: Callable[[], None]) -> None:
    """Serve from this very process: a second Python would cost a second of the start."""
    import signal

    from granian.server.embed import Server

    module, name = _TARGET.split(":")
    server = Server(getattr(importlib.import_module(module), name)(), **options)
    gc.freeze()
    gc.enable()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    keeping = None if here.live else asyncio.create_task(_keep_a_door_open())
    announce()
    await server.serve()
    if keeping is not None:
        keeping.cancel()


async def _keep_a_door_open() -> None:
    """The demo always has one session that can be entered now, however long it runs."""
    from mentorhub.cli.seed import keep_the_demo_open

    while True:
        await asyncio.sleep(_DOOR_EVERY)
        try:
            await asyncio.to_thread(keep_the_demo_open, clock.utc_now())
        except Exception:
            _log.exception("demo.no_door")
