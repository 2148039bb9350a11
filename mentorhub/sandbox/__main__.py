"""Run the sandbox as a process of its own: `python -m mentorhub.sandbox --port 4242`.

The two secrets come from the environment, because a command line can be read by everyone on the machine.
"""

import argparse
import os
from functools import partial
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server

from mentorhub.sandbox.app import Sandbox, create_app
from mentorhub.sandbox.offset_clock import moved_by, real_time

_SECRETS = ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m mentorhub.sandbox", description="A payment provider for tests.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", type=Path, default=Path(".data/sandbox.db"))
    parser.add_argument("--webhook-url", help="where notices of events are posted; none are when it is missing")
    parser.add_argument("--public-base", help="the address people reach it under; its own by default")
    parser.add_argument("--fonts", type=Path, help="a folder with the page's woff2 files")
    parser.add_argument("--clock-offset", type=Path, help="a file with the seconds to add to real time")
    return parser.parse_args()


def _secret(variable: str) -> str:
    try:
        return os.environ[variable]
    except KeyError:
        raise SystemExit(f"{variable}: expected the secret the product uses too") from None


def _make(given: argparse.Namespace) -> Sandbox:
    return create_app(
        database=given.database,
        api_key=_secret(_SECRETS[0]),
        webhook_url=given.webhook_url,
        webhook_secret=_secret(_SECRETS[1]),
        public_base=given.public_base or f"http://{given.host}:{given.port}",
        clock=moved_by(given.clock_offset) if given.clock_offset else real_time,
        fonts=given.fonts,
    )


def main() -> None:
    """Serve until stopped; STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be set."""
    given = _arguments()
    for variable in _SECRETS:
        _secret(variable)
    server = Server(
        "mentorhub.sandbox", address=given.host, port=given.port, interface=Interfaces.ASGI, log_access=False
    )
    server.serve(target_loader=partial(_make, given), wrap_loader=False)


if __name__ == "__main__":
    main()
