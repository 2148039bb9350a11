"""How often something may be tried: some tries freely, then waits that double; never a hard lock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(minutes=15)
_FORGOTTEN_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Allowance:
    """`key` names who tries what; `free` tries within an hour cost no wait."""

    key: str
    free: int


@dataclass(frozen=True)
class Tries:
    """How often something was tried since `since`, and until when no further try is taken."""

    count: int
    since: datetime
    blocked_until: datetime | None = None


def next_try(before: Tries | None, *, free: int, now: datetime) -> Tries:
    """Count one more try; after the free ones each is followed by a wait of 30 s, 1 min, 2 min … 15 min.

    An hour after the first try, and once no wait is running, counting begins anew.
    """
    if before is None or (now - before.since >= _FORGOTTEN_AFTER and minutes_left(before, now) == 0):
        before = Tries(0, now)
    count = before.count + 1
    if count < free:
        return Tries(count, before.since)
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(count - free, 10))
    return Tries(count, before.since, now + wait)


def minutes_left(tries: Tries | None, now: datetime) -> int:
    """For how many minutes, rounded up, no try is taken; 0 when one may try now."""
    if tries is None or tries.blocked_until is None or tries.blocked_until <= now:
        return 0
    return -int(-(tries.blocked_until - now).total_seconds() // 60)
