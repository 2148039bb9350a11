"""Quiet hours: when, on their own clock, a person wants no mail that can wait."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)
_LONGEST_DAY = 2 * 24 * 60


@dataclass(frozen=True)
class Quiet:
    """From and to in minutes after midnight; across midnight when `from` is the later one, none when equal."""

    from_minute: int
    to_minute: int

    def covers(self, minute: int) -> bool:
        """Whether a minute of the day lies in them; the end is outside."""
        if self.from_minute <= self.to_minute:
            return self.from_minute <= minute < self.to_minute
        return minute >= self.from_minute or minute < self.to_minute


def quiet_until(quiet: Quiet | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the quiet hours that run at `now` end, in UTC; `None` when none do.

    The end is the first whole minute at which the clock on that person's wall reads another time, so that an
    hour that is skipped or comes twice needs no rule of its own.
    """
    moment = now.astimezone(UTC).replace(second=0, microsecond=0)
    if quiet is None or not quiet.covers(_on_the_wall(moment, zone)):
        return None
    for _ in range(_LONGEST_DAY):
        moment += _MINUTE
        if not quiet.covers(_on_the_wall(moment, zone)):
            return moment
    return None


def _on_the_wall(moment: datetime, zone: ZoneInfo) -> int:
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute
