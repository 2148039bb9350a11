"""The media process: its own event loop, its own port on this machine, one certificate, one journal.

`python -m mentorhub.video.worker --help` runs it by hand; the product's command line calls `run`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import uvloop
from aiortc import RTCCertificate
from granian.constants import Interfaces
from granian.server.embed import Server

from mentorhub.video import transport
from mentorhub.video.attendance import Journal
from mentorhub.video.room import House
from mentorhub.video.rooms import Rooms
from mentorhub.video.signalling import Signalling

_PARENT_LOOK_SECONDS = 0.5
_PRIORITY = -10


@dataclass(frozen=True, slots=True)
class Options:
    """How a media process runs.

    `data` holds the journal. `addresses` are this machine's addresses to offer to pages, all when empty;
    `loopback` offers 127.0.0.1 too. `public_address` is announced instead of them behind an address
    translation. With `embedded` the process ends when the one that started it does.
    """

    port: int
    secret: str
    data: Path
    host: str = "127.0.0.1"
    addresses: tuple[str, ...] = ()
    loopback: bool = False
    public_address: str | None = None
    clock_offset_file: Path | None = None
    embedded: bool = False


class PortTaken(Exception):
    """Another process listens there; sharing a port would send half of the pages elsewhere."""


def run(options: Options) -> None:
    """Serve until SIGTERM, SIGINT or, embedded, until the parent is gone.

    Raises ContractBroken when the installed libraries do not fit and PortTaken when the port is in use.
    """
    transport.check_contract()
    _refuse_a_taken_port(options)
    transport.offer_addresses(options.addresses, loopback=options.loopback)
    with suppress(OSError):
        # forwarding is little work that must not wait; allowed to root and by a limit only
        os.setpriority(os.PRIO_PROCESS, 0, _PRIORITY)
    uvloop.run(_serve(options))


async def _serve(options: Options) -> None:
    clock = offset_clock(options.clock_offset_file)
    journal = Journal(options.data, now=clock())
    house = House(RTCCertificate.generateCertificate(), clock, journal, options.public_address)
    rooms = Rooms(house)
    server = Server(
        Signalling(rooms, secret=options.secret).application(),
        address=options.host,
        port=options.port,
        interface=Interfaces.ASGINL,
        log_enabled=False,
    )
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, ending.set)
    tasks = [asyncio.create_task(rooms.run()), asyncio.create_task(server.serve())]
    if options.embedded:
        tasks.append(asyncio.create_task(_parent_gone(os.getppid(), ending)))
    waiting = asyncio.create_task(ending.wait())
    await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
    await rooms.stop("stopped")
    server.stop()  # type: ignore[no-untyped-call]
    with suppress(TimeoutError, asyncio.CancelledError):
        async with asyncio.timeout(3):
            await tasks[1]
    for task in (waiting, *tasks):
        task.cancel()
    await asyncio.gather(waiting, *tasks, return_exceptions=True)


async def _parent_gone(parent: int, ending: asyncio.Event) -> None:
    while os.getppid() == parent and not ending.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), _PARENT_LOOK_SECONDS)
    ending.set()


def _refuse_a_taken_port(options: Options) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError as error:
            raise PortTaken(f"{options.host}:{options.port} is taken ({error.strerror}).") from None


def offset_clock(path: Path | None) -> Callable[[], float]:
    """Seconds since 1970, plus the decimal number of seconds in the file, read again when it changes."""
    seen: list[float] = [0, 0.0]

    def clock() -> float:
        if path is not None:
            try:
                stamp = os.stat(path).st_mtime_ns
                if stamp != seen[0]:
                    seen[:] = [stamp, float(path.read_text(encoding="ascii").strip() or 0)]
            except FileNotFoundError:
                seen[:] = [0, 0.0]
        return time.time() + seen[1]

    return clock


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a media process from the command line; the secret comes from a file or MENTORHUB_SECRET."""
    parser = argparse.ArgumentParser(prog="python -m mentorhub.video.worker")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, required=True, help="folder of the attendance journal")
    parser.add_argument("--secret-file", type=Path)
    parser.add_argument("--address", action="append", default=[], help="an address to offer (repeatable)")
    parser.add_argument("--loopback", action="store_true", help="offer 127.0.0.1 too")
    parser.add_argument("--public-address", help="announce this address instead of the machine's own")
    parser.add_argument("--clock-offset-file", type=Path)
    parser.add_argument("--embedded", action="store_true", help="end when the parent process ends")
    given = parser.parse_args(arguments)
    secret = (
        given.secret_file.read_text(encoding="ascii").strip()
        if given.secret_file
        else os.environ.get("MENTORHUB_SECRET", "")
    )
    if len(secret) < 32:
        parser.error("a secret of at least 32 characters is needed: --secret-file or MENTORHUB_SECRET")
    try:
        run(
            Options(
                port=given.port,
                secret=secret,
                data=given.data,
                host=given.host,
                addresses=tuple(given.address),
                loopback=given.loopback,
                public_address=given.public_address,
                clock_offset_file=given.clock_offset_file,
                embedded=given.embedded,
            )
        )
    except (PortTaken, transport.ContractBroken) as error:
        sys.exit(f"The media process cannot start: {error}")


if __name__ == "__main__":
    main()
