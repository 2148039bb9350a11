"""Pure rules of the notes: how a line becomes an action item, whose and until when, and when notes lock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

LOCKED_AFTER = timedelta(days=7)
LONGEST_TEXT = 300
MOST_ITEMS = 100
LARGEST_UPDATE = 100_000
LARGEST_DOCUMENT = 400_000
SQUASH_ABOVE = 200
_FARTHEST = timedelta(days=3 * 365)
_CLEARLY_NEXT_YEAR = timedelta(days=183)

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|today|tomorrow|"
    rf"(?:{_WEEKDAY},?\s+)?(?:{_NUMBER}\s+{_MONTH}|{_MONTH}\s+{_NUMBER})(?:,?\s+\d{{4}})?|{_WEEKDAY})"
)
_LINE = re.compile(r"^\s*(?:[-*•]\s+)?(?P<box>\[(?P<mark>[ xX]?)\])(?:\s+(?P<body>.*))?$")
_WHO = re.compile(r"(?:^|(?<=\s))@([\w.\-']+)\s*")
_DUE = re.compile(rf"(?:^|\s)(?:(?P<by>by|on|until|before|due)\s+)?(?P<date>{_DATE})[.,;]?\s*$", re.IGNORECASE)
_BARE_WEEKDAY = re.compile(rf"^{_WEEKDAY}$", re.IGNORECASE)


@dataclass(frozen=True)
class Wish:
    """What one line "[ ] text @who date" asks for; `who` and `due` as written, empty when left out."""

    text: str
    who: str = ""
    due: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the notes that asks for something: where its bracket stands (in characters), and its name."""

    at: int
    key: str
    wish: Wish


def parse_line(line: str) -> Wish | None:
    """Read one line; `None` when it is no action item or says nothing yet."""
    found = _LINE.match(line)
    body = (found["body"] or "").strip() if found else ""
    if found is None or not body:
        return None
    names = list(_WHO.finditer(body))
    who = names[-1][1] if names else ""
    if names:
        body = f"{body[: names[-1].start()].rstrip()} {body[names[-1].end() :]}".strip()
    due = ""
    ending = _DUE.search(body)
    if ending is not None and _means_a_date(ending, named=bool(who)):
        due, body = ending["date"].casefold(), body[: ending.start()].rstrip(" ,;-–")
    if not body:
        return None
    text = (body[0].upper() + body[1:])[:LONGEST_TEXT]
    return Wish(text=text, who=who.rstrip(".'-"), due=due, is_done=found["mark"] in ("x", "X"))


def _means_a_date(ending: re.Match[str], *, named: bool) -> bool:
    """A small "sun" at the end of a line is the sun, unless the line names a person or says "by"."""
    said = ending["date"]
    return bool(not _BARE_WEEKDAY.match(said) or named or ending["by"] or said[0].isupper())


def read_lines(text: str, keys: Mapping[int, str]) -> list[Line]:
    """The asking lines of a document in order; `keys` names some of them by their bracket's position.

    A name counts once, for the first line that bears it, so that a copied line is a line of its own.
    """
    lines: list[Line] = []
    seen: set[str] = set()
    start = 0
    for line in text.split("\n"):
        wish = parse_line(line)
        if wish is not None and len(lines) < MOST_ITEMS:
            at = start + line.index("[")
            key = keys.get(at, "")
            lines.append(Line(at=at, key="" if key in seen else key, wish=wish))
            seen.add(key)
        start += len(line) + 1
    return lines


def read_due(said: str, *, today: date) -> date | None:
    """The day `said` means on the owner's clock; `None` when it is empty, no day, or past (PRODUCT.md E6).

    A weekday is the next such day after today. A day without a year that passed within half a year is past;
    one that passed longer ago means next year.
    """
    meant = _meant(said.casefold().strip(), today)
    if meant is None or not today <= meant <= today + _FARTHEST:
        return None
    return meant


def _meant(said: str, today: date) -> date | None:
    if said in ("today", "tomorrow"):
        return today + timedelta(days=said == "tomorrow")
    if _BARE_WEEKDAY.match(said):
        ahead = (_WEEKDAYS.index(said[:3]) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", said)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    month = re.search(rf"(?<![a-z]){_MONTH}(?![a-z])", said)
    number = re.search(r"(?<!\d)\d{1,2}(?!\d)", said)
    if month is None or number is None:
        return None
    which, day = _MONTHS.index(month[0][:3]) + 1, int(number[0])
    year = re.search(r"\d{4}", said)
    if year:
        return _day(int(year[0]), which, day)
    this_year = _day(today.year, which, day)
    if this_year is None or this_year >= today - _CLEARLY_NEXT_YEAR:
        return this_year or _day(today.year + 1, which, day)
    return _day(today.year + 1, which, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def choose_owner(who: str, *, mentee: tuple[UUID, str], mentor: tuple[UUID, str]) -> UUID:
    """Whose item it is: the one of the two whose name `who` begins, else the mentee (PRODUCT.md E6)."""
    wanted = _letters(who)
    if wanted:
        named = [person for person, name in (mentee, mentor) if wanted in _short_names(name)]
        if len(named) == 1:
            return named[0]
    return mentee[0]


def _short_names(name: str) -> set[str]:
    words = name.split()
    return {_letters(name), *(_letters(word) for word in words)}


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def locks_at(ends_at: datetime) -> datetime:
    """When notes of a session that ends at `ends_at` can no longer be changed."""
    return ends_at + LOCKED_AFTER
