"""`python -m mentorhub.cli.sandbox_pay`: the payment sandbox as a process of its own, for several workers."""

import os
import signal
import time
from threading import Thread
from typing import Annotated

import typer

from mentorhub import settings
from mentorhub.domain.common import clock
from mentorhub.sandbox.app import Sandbox

_LOOK_SECONDS = 1.0


def _make() -> Sandbox:
    from mentorhub.api.payment_sandbox import payment_sandbox

    here = settings.current()
    clock.use_offset_file(here.clock_offset_file)
    return payment_sandbox(here)


def _end_with_the_parent() -> None:
    """A server that is killed cannot stop what it started: what it started looks for it."""
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=look, daemon=True, name="parent").start()


def sandbox_pay(
    port: Annotated[int, typer.Option(help="The loopback port to listen on.")],
    embedded: Annotated[bool, typer.Option(help="End when the process that started this one ends.")] = False,
) -> None:
    """Serve the payment sandbox on this machine until stopped."""
    from granian.constants import Interfaces
    from granian.server import Server

    if embedded:
        _end_with_the_parent()
    server = Server(
        "payment sandbox",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        log_enabled=False,
        workers_kill_timeout=5,
    )
    server.serve(target_loader=_make, wrap_loader=False)


if __name__ == "__main__":
    typer.run(sandbox_pay)
