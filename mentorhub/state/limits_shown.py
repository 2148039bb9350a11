"""The limits of a mentor's time as lists to choose from, and in words."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from mentorhub.domain.scheduling.rules.editing import STEPS, Limits

_LIMITS: tuple[tuple[str, str, str, tuple[int | None, ...]], ...] = (
    ("buffer_before_minutes", "Break before a session", "", (0, 5, 10, 15, 20, 30, 45, 60)),
    ("buffer_after_minutes", "Break after a session", "Both meetings' breaks count.", (0, 5, 10, 15, 20, 30, 45, 60)),
    (
        "min_notice_minutes",
        "Shortest notice",
        "Nobody can book later than that.",
        (0, 60, 120, 240, 720, 1440, 2880, 4320, 10080),
    ),
    (
        "slot_step_minutes",
        "A start every",
        "Half hours suit most lengths, quarters suit 45 and 90 minutes.",
        (None, *STEPS),
    ),
    ("max_per_day", "Sessions a day", "", (None, 1, 2, 3, 4, 5, 6, 8, 10)),
    ("max_per_week", "Sessions a week", "Weeks begin on Monday.", (None, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20)),
    ("horizon_days", "Bookable ahead", "", (14, 30, 60, 90, 180, 365)),
)
LIMIT_NAMES = tuple(name for name, *_ in _LIMITS)


@dataclass(frozen=True)
class ChoiceShown:
    """One answer of a list."""

    value: str
    label: str


@dataclass(frozen=True)
class LimitShown:
    """One limit with the answers to choose from."""

    name: str
    label: str
    hint: str
    value: str
    choices: list[ChoiceShown]


def limits_shown(limits: Limits) -> list[LimitShown]:
    """Every limit with its answers; a value outside the usual ones is added to them."""
    shown = []
    for name, label, hint, usual in _LIMITS:
        value: int | None = getattr(limits, name)
        answers = usual if value in usual else tuple(sorted((*usual, value), key=lambda one: one or 0))
        words = _WORDS[name]
        choices = [ChoiceShown(_written(answer), words(answer)) for answer in answers]
        shown.append(LimitShown(name, label, hint, _written(value), choices))
    return shown


def hours_choices(offerings: Sequence[ChoiceShown], with_own: Collection[UUID]) -> list[ChoiceShown]:
    """Whose hours are edited: the general ones, or those of an offering; `with_own` have hours of their own."""
    own = {str(one) for one in with_own}
    said = ((one.value, f"{one.label}{', own hours' if one.value in own else ''}") for one in offerings)
    return [ChoiceShown("", "General hours"), *(ChoiceShown(value, label) for value, label in said)]


def notes_on(limits: Limits) -> str:
    """What stands under the preview: how breaks and notice show in it."""
    breaks = max(limits.buffer_before_minutes, limits.buffer_after_minutes)
    said = ["Taken times are crossed out."]
    if breaks:
        said.append(f"Breaks of {breaks} minutes stay free around each session.")
    if limits.min_notice_minutes:
        said.append(f"Nothing shows within your notice of {_length(limits.min_notice_minutes)}.")
    return " ".join(said)


def _written(value: int | None) -> str:
    return "" if value is None else str(value)


def _length(minutes: int) -> str:
    days, rest = divmod(minutes, 24 * 60)
    if days and not rest:
        return "24 hours" if days == 1 else f"{days} days"
    hours, rest = divmod(minutes, 60)
    if hours and not rest:
        return "1 hour" if hours == 1 else f"{hours} hours"
    return f"{minutes} minutes" if not hours else f"{hours} h {rest} min"


def _pause(value: int | None) -> str:
    return _length(value) if value else "None"


def _at_most(value: int | None) -> str:
    return f"At most {value}" if value else "No limit"


_WORDS: dict[str, Callable[[int | None], str]] = {
    "buffer_before_minutes": _pause,
    "buffer_after_minutes": _pause,
    "min_notice_minutes": _pause,
    "slot_step_minutes": lambda value: _length(value) if value else "What suits the length",
    "max_per_day": _at_most,
    "max_per_week": _at_most,
    "horizon_days": lambda value: f"{value} days",
}
