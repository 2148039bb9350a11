"""Pure rules of the goals: what they may say, how far one has come, and how the line is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.common.words import one_line, paragraphs

MOST_GOALS = 5
MOST_MILESTONES = 12
SHORTEST_TITLE = 3
LONGEST_TITLE = 120
LONGEST_WHY = 400
_FARTHEST = timedelta(days=10 * 366)


class Station(StrEnum):
    """How a milestone stands on the line: the first open one is now, the last open one the end."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    END = "end"


@dataclass(frozen=True)
class Progress:
    """How many milestones of all are done; ticked items never move it (DECISIONS.md 18)."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """The share of done milestones, rounded down, so that only all of them make a hundred."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def is_complete(self) -> bool:
        """Whether there are milestones and all are done."""
        return 0 < self.total == self.done


def progress(done: Sequence[bool]) -> Progress:
    """The progress of a goal whose milestones are done or not."""
    return Progress(done=sum(done), total=len(done))


def stations(done: Sequence[bool]) -> list[Station]:
    """How the milestones of a goal stand on its line, in order."""
    now = next((place for place, is_done in enumerate(done) if not is_done), None)
    last = len(done) - 1
    return [
        Station.DONE if is_done else Station.NOW if place == now else Station.END if place == last else Station.AHEAD
        for place, is_done in enumerate(done)
    ]


def asks_whether_reached(*, items_done: Sequence[bool], is_done: bool) -> bool:
    """Whether the last open item of an open milestone was just ticked, so that one asks."""
    return not is_done and len(items_done) > 0 and all(items_done)


def moved(order: Sequence[int], *, place: int, to: int) -> list[int]:
    """The order after what stands at `place` was put at `to`; a target beyond an end is that end."""
    rest = [one for at, one in enumerate(order) if at != place]
    to = max(0, min(to, len(rest)))
    return [*rest[:to], order[place], *rest[to:]]


def checked_title(field: str, text: str, *, needed: str) -> str:
    """A title of 3 to 120 characters on one line; raises FieldError."""
    title = one_line(field, text, longest=LONGEST_TITLE, needed=needed)
    if len(title) < SHORTEST_TITLE:
        raise FieldError(field, f"Please write at least {SHORTEST_TITLE} characters.")
    return title


def checked_why(text: str) -> str:
    """The reason behind a goal, empty or up to 400 characters; raises FieldError."""
    return paragraphs("why", text, longest=LONGEST_WHY)


def checked_target(target_on: date | None, *, today: date) -> date | None:
    """A date from today on, on the owner's clock; raises FieldError on `target_on`."""
    if target_on is None:
        return None
    if target_on < today:
        raise FieldError("target_on", "That day has passed. Please choose today or later.")
    if target_on > today + _FARTHEST:
        raise FieldError("target_on", "Please choose a day within the next ten years.")
    return target_on
