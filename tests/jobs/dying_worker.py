"""A worker process for tests whose handler says that it has begun and then never ends; `topic` may be given."""

import asyncio
import os
import sys
import threading

from mentorhub import database, settings
from mentorhub.adapters import outside
from mentorhub.domain.common import clock
from mentorhub.jobs import worker


def _begin_and_hang(out: object, subject: str) -> None:
    os.write(sys.stdout.fileno(), b"begun\n")  # in one piece: two may begin at once
    threading.Event().wait()


if __name__ == "__main__":
    here = settings.current()
    clock.use_offset_file(here.clock_offset_file)
    database.connect(sys.argv[1])
    topic = sys.argv[2] if len(sys.argv) > 2 else "test.effect"
    asyncio.run(worker.run(outside(), handlers={topic: _begin_and_hang}, duties=()))
