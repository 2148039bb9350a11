"""From the text of somebody's calendar to the spans in which they are busy, within limits that always hold."""

import json
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mentorhub.domain.scheduling.errors import CalendarUnreadable

_PROGRAM = Path(__file__).with_name("expanding.py")
_DEADLINE_SECONDS = 20
"""Wider than the limit on computing time inside, so that a busy machine refuses no honest calendar."""
_BACK = timedelta(days=1)
_AHEAD = timedelta(days=400)
_TOO_MUCH = "The calendar is too large or repeats too often to be read."


@dataclass(frozen=True)
class Busy:
    """Merged spans, earliest first; `warning` is a sentence about what had to be guessed, or empty."""

    spans: tuple[tuple[datetime, datetime], ...]
    warning: str = ""


def busy_spans(content: bytes, *, zone: str, own_uids: Collection[str] = (), now: datetime) -> Busy:
    """When the owner of a calendar is busy, from a day ago to 400 days ahead; events in `own_uids` do not count.

    `zone` is the mentor's, for times and days whose calendar names none. Raises CalendarUnreadable.
    """
    if content.lstrip()[:1] == b"<":
        raise CalendarUnreadable("The address answers with a web page, not with a calendar.")
    since, until = int((now - _BACK).timestamp()), int((now + _AHEAD).timestamp())
    question = {"zone": zone, "since": since, "until": until, "own": list(own_uids)}
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_PROGRAM)],
            input=json.dumps(question).encode() + b"\n" + content,
            capture_output=True,
            timeout=_DEADLINE_SECONDS,
            check=True,
            env={},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise CalendarUnreadable(_TOO_MUCH) from None
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise CalendarUnreadable(answer["error"])
    spans = ((_moment(begins), _moment(ends)) for begins, ends in answer["spans"])
    return Busy(tuple(spans), answer["warning"])


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
