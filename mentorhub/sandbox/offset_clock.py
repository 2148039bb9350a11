"""A clock that a demonstration moves: real time plus the seconds written in a file."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path


def real_time() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def moved_by(path: Path) -> Callable[[], datetime]:
    """A clock that runs ahead of real time by what `path` says; by nothing while there is no such file."""

    def now() -> datetime:
        try:
            text = path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            text = ""
        return real_time() + timedelta(seconds=float(text or 0))

    return now
