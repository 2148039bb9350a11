"""The five-minute steps that starts lie on and claims are counted in."""

from datetime import datetime, timedelta

TICK = timedelta(minutes=5)


def ticks(begins: datetime, ends: datetime) -> range:
    """The five-minute ticks, counted from the epoch, that the half-open span touches (DECISIONS.md 2)."""
    length = int(TICK.total_seconds())
    return range(int(begins.timestamp()) // length, -(-int(ends.timestamp()) // length))


def is_on_a_tick(moment: datetime) -> bool:
    """Whether a start lies on a five-minute step, the only ones forms allow."""
    return moment.timestamp() % TICK.total_seconds() == 0
