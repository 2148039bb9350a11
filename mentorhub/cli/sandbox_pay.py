"""`python -m mentorhub.cli.sandbox_pay`: the payment sandbox as a process of its own, for several workers."""

from typing import Annotated

import typer

from mentorhub import settings
from mentorhub.domain.common import clock
from mentorhub.sandbox.app import Sandbox


def _make() -> Sandbox:
    from mentorhub.api.payment_sandbox import payment_sandbox

    here = settings.current()
    clock.use_offset_file(here.clock_offset_file)
    return payment_sandbox(here)


def sandbox_pay(port: Annotated[int, typer.Option(help="The loopback port to listen on.")]) -> None:
    """Serve the payment sandbox on this machine until stopped."""
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server("payment sandbox", address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False)
    server.serve(target_loader=_make, wrap_loader=False)


if __name__ == "__main__":
    typer.run(sandbox_pay)
