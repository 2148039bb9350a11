"""Sessions that repeat: the same local time every week, every second week or every month."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

FEWEST, MOST = 2, 12
"""How many sessions a series may have."""


class Rhythm(StrEnum):
    """How often a series comes round."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_LAST_PLACE = 5


def series_starts(first: datetime, *, zone: str, rhythm: Rhythm, count: int) -> list[datetime]:
    """The starts of a series of `count` sessions in UTC, its first included, at one local time of `zone` (IANA).

    Local times become instants as in RFC 5545 section 3.3.5: a skipped time is read with the offset before the
    jump, a doubled one is the first of the two. A month is counted by the place of the weekday ("the second
    Tuesday"); the fifth one is the last one in a month that has only four. Raises ValueError for a count that is
    not from 2 to 12, or a start without a zone.
    """
    if not FEWEST <= count <= MOST or first.tzinfo is None:
        raise ValueError("a series has 2 to 12 sessions and begins at an instant")
    here = ZoneInfo(zone)
    local = first.astimezone(here)
    return [
        first.astimezone(UTC),
        *(_instant(day, local.time(), here) for day in _days(local.date(), rhythm, count)[1:]),
    ]


def rhythm_in_words(first: datetime, *, zone: str, rhythm: Rhythm) -> str:
    """How the series comes round, such as "every month on the second Tuesday"."""
    day = first.astimezone(ZoneInfo(zone)).date()
    if rhythm is Rhythm.WEEKLY:
        return f"every week on {day:%A}"
    if rhythm is Rhythm.FORTNIGHTLY:
        return f"every second week on {day:%A}"
    place = _place(day)
    if place == _LAST_PLACE:
        return f"every month on the fifth {day:%A}, which is the last one in a month that has only four"
    return f"every month on the {_ORDINALS[place - 1]} {day:%A}"


def _days(first: date, rhythm: Rhythm, count: int) -> list[date]:
    if rhythm is Rhythm.MONTHLY:
        return [_same_place(first, months) for months in range(count)]
    weeks = 1 if rhythm is Rhythm.WEEKLY else 2
    return [first + timedelta(weeks=weeks * number) for number in range(count)]


def _place(day: date) -> int:
    """1 for the first such weekday of its month, up to 5."""
    return (day.day - 1) // 7 + 1


def _same_place(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    begins_on, length = monthrange(year, month)
    number = 1 + (first.weekday() - begins_on) % 7 + 7 * (_place(first) - 1)
    return date(year, month, number if number <= length else number - 7)


def _instant(day: date, at: time, here: ZoneInfo) -> datetime:
    return datetime.combine(day, at.replace(fold=0), tzinfo=here).astimezone(UTC)
