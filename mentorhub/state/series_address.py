"""What somebody chose for a series, in its address: it is there again after a sign-in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from mentorhub.domain.scheduling.rules.series import FEWEST, MOST, Rhythm
from mentorhub.state.week import instant_of, start_of

FIRST_COUNT = 4
_BETWEEN = "_"


@dataclass(frozen=True)
class SeriesChoices:
    """A rhythm, a count, the dates left out and the dates that stand elsewhere."""

    rhythm: Rhythm = Rhythm.WEEKLY
    count: int = FIRST_COUNT
    skipped: Collection[datetime] = frozenset()
    moved: Mapping[datetime, datetime] = field(default_factory=dict)


def written(choices: SeriesChoices) -> str:
    """The choices as parameters of an address."""
    moved = (moment for pair in choices.moved.items() for moment in pair)
    return urlencode(
        {
            "rhythm": choices.rhythm.value,
            "count": choices.count,
            "without": _BETWEEN.join(map(start_of, sorted(choices.skipped))),
            "moved": _BETWEEN.join(map(start_of, moved)),
        }
    )


def read_choices(asked: Mapping[str, str]) -> SeriesChoices:
    """The choices an address names; what is no choice reads as none was made."""
    rhythm, count = asked.get("rhythm", ""), asked.get("count", "")
    moved = _instants(asked.get("moved", ""))
    return SeriesChoices(
        rhythm=Rhythm(rhythm) if rhythm in set(Rhythm) else Rhythm.WEEKLY,
        count=int(count) if count in map(str, range(FEWEST, MOST + 1)) else FIRST_COUNT,
        skipped=frozenset(_instants(asked.get("without", ""))),
        moved=dict(zip(moved[::2], moved[1::2], strict=False)),
    )


def _instants(text: str) -> list[datetime]:
    """At most a move for each date of the longest series; none when one of them is no instant."""
    try:
        return [instant_of(part) for part in text.split(_BETWEEN)[: 2 * MOST]] if text else []
    except ValueError:
        return []
