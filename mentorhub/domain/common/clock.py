"""The one clock: real time plus, outside live mode, an offset that all processes read from one file.

Tests and the demo banner move time for server, worker and media process at once by writing that file.
Live mode never calls `use_offset_file`, so its offset is always zero.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

_offset_file: Path | None = None
_seen: tuple[int, float] = (0, 0.0)


def use_offset_file(path: Path | None) -> None:
    """Read the offset, in seconds, from `path` from now on; `None` means real time only."""
    global _offset_file, _seen
    _offset_file = path
    _seen = (0, 0.0)


def offset_seconds() -> float:
    """How far this clock runs ahead of real time, in seconds; 0 when nothing was set."""
    global _seen
    if _offset_file is None:
        return 0.0
    try:
        stamp = os.stat(_offset_file).st_mtime_ns
    except FileNotFoundError:
        return 0.0
    if stamp != _seen[0]:
        text = _offset_file.read_text(encoding="ascii").strip()
        _seen = (stamp, float(text) if text else 0.0)
    return _seen[1]


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) + timedelta(seconds=offset_seconds())


def move(by: timedelta) -> None:
    """Move the clock of every process by `by`; refused where no offset file is in use (live mode)."""
    if _offset_file is None:
        raise RuntimeError("the clock cannot be moved here")
    target = offset_seconds() + by.total_seconds()
    _offset_file.parent.mkdir(parents=True, exist_ok=True)
    fresh = _offset_file.with_suffix(f".{os.getpid()}")
    fresh.write_text(f"{target:.3f}", encoding="ascii")
    fresh.replace(_offset_file)
