"""What a reader is used to: the day a week begins with, and a clock of 24 or of 12 hours.

As a language is with gettext, the habits of one reader are in force for a task: whoever writes a time into words need
not be handed them. What somebody else will read is written with theirs in force.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global

USUAL_HOURS: Final = 24
CLOCKS: Final = (USUAL_HOURS, 12)
"""How many hours a clock may count to before it begins again."""

KEPT_IN: Final = "mentorhub-hours"
"""The cookie in which a browser keeps the clock its visitor chose; an account keeps its own."""

_MONDAY = 0
_LONGEST_HEADER, _MOST_LANGUAGES = 400, 12
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?:-[a-z0-9-]*)?", re.ASCII | re.IGNORECASE)
_WEIGHT = re.compile(r"q=([01](?:\.\d{0,3})?)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Habits:
    """How one reader reads time; weekdays count from 0 = Monday."""

    clock_hours: int = USUAL_HOURS
    week_begins: int = _MONDAY


OF_THE_HOUSE: Final = Habits()
"""24 hours and weeks from Monday, where nobody said otherwise."""
_in_force: ContextVar[Habits] = ContextVar("habits", default=OF_THE_HOUSE)


def current() -> Habits:
    """The habits in force."""
    return _in_force.get()


def adopt(habits: Habits) -> None:
    """Put a reader's habits in force for the rest of this task."""
    _in_force.set(habits)


@contextmanager
def of(habits: Habits) -> Iterator[None]:
    """Put a reader's habits in force for a while: for words that are theirs to read."""
    before = _in_force.set(habits)
    try:
        yield
    finally:
        _in_force.reset(before)


def hours_named(text: str) -> int | None:
    """The clock a remembered choice such as "12" names; `None` when it names none."""
    return next((hours for hours in CLOCKS if str(hours) == text), None)


def weekdays() -> tuple[int, ...]:
    """The seven weekdays (0 = Monday) in the reader's order."""
    begins = current().week_begins
    return tuple((begins + number) % 7 for number in range(7))


def place_in_week(weekday: int) -> int:
    """Where in the reader's week a weekday (0 = Monday) stands, from 0."""
    return (weekday - current().week_begins) % 7


def week_begins(accept_language: str) -> int:
    """The first day of a week (0 = Monday) where the reader lives, as CLDR has it.

    `accept_language` is a browser's header (RFC 9110, 12.5.4); of its languages the first whose region is known
    decides. One without a region is that of its likeliest region; where nothing is known the week begins on Monday.
    """
    return _week_begins(accept_language[:_LONGEST_HEADER])


@lru_cache(maxsize=512)
def _week_begins(header: str) -> int:
    for language, region in _places(header):
        at_home = get_global("likely_subtags").get(f"und_{region}")
        for name in (f"{language}_{region}", at_home, f"en_{region}"):
            with suppress(UnknownLocaleError):
                if name:
                    return int(Locale.parse(name).first_week_day)
    return _MONDAY


def _places(header: str) -> list[tuple[str, str]]:
    """Language and region of each entry a browser names, the dearest first; what is no language is left out."""
    found = []
    for entry in header.split(",")[:_MOST_LANGUAGES]:
        tag, _, weight = (part.strip() for part in entry.partition(";"))
        read, wanted = _LANGUAGE.fullmatch(tag), _weight(weight)
        if read is None or not wanted:
            continue
        language, script = read[1].lower(), (read[2] or "").title()
        region = (read[3] or "").upper() or _likely_region(language, script)
        if region:
            found.append((-wanted, language, region))
    return [(language, region) for _, language, region in sorted(found, key=lambda one: one[0])]


def _weight(text: str) -> float:
    read = _WEIGHT.fullmatch(text.replace(" ", ""))
    return float(read[1]) if read else float(not text)


def _likely_region(language: str, script: str) -> str:
    likely = get_global("likely_subtags")
    known = likely.get(f"{language}_{script}") or likely.get(language) or ""
    return str(known).rpartition("_")[2]
