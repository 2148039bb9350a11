"""Sample data for /design: one booking seen from all sides, long names and empty states included."""

from __future__ import annotations

from dataclasses import dataclass, field

from mentorhub.components.paths import Station

KABIR = "/portraits/kabir.svg"
RIYA = "/portraits/riya.svg"


@dataclass(frozen=True)
class Line:
    """A line of a bill."""

    label: str
    amount: str
    is_total: bool = False
    minor: int = 0


@dataclass(frozen=True)
class Term:
    """A part of the cancellation terms."""

    share: str
    until: str


@dataclass(frozen=True)
class Bar:
    """How many reviews gave so many stars."""

    stars: int
    count: int
    share: int


@dataclass(frozen=True)
class Milestone:
    """A station of a goal."""

    title: str
    when: str
    state: str


@dataclass(frozen=True)
class Slot:
    """A time in the week grid."""

    start: str
    time: str
    their_time: str
    row: int
    is_free: bool
    spoken: str


@dataclass(frozen=True)
class Day:
    """A day of the week grid."""

    key: str
    weekday: str
    number: str
    is_off: bool
    spoken: str
    slots: list[Slot] = field(default_factory=list)


HOURS = ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30")
_YOURS = ("14:30", "15:00", "15:30", "16:00", "16:30", "17:00")
_WEEK = (
    ("Mon", 23, "45"),
    ("Tue", 24, "012x45"),
    ("Wed", 25, ""),
    ("Thu", 26, "012345"),
    ("Fri", 27, ""),
    ("Sat", 28, "01x345"),
    ("Sun", 29, ""),
)


def _slot(weekday: str, number: int, row: int, is_free: bool) -> Slot:
    return Slot(
        start=f"2026-11-{number}T{HOURS[row]}:00Z",
        time=_YOURS[row],
        their_time=f"{HOURS[row]} London",
        row=row + 1,
        is_free=is_free,
        spoken=f"{weekday} {number} November, {_YOURS[row]} your time, {HOURS[row]} in London",
    )


def _day(weekday: str, number: int, rows: str) -> Day:
    booked = rows.index("x") if "x" in rows else -1
    slots = [_slot(weekday, number, int(row), True) for row in rows if row != "x"]
    if booked > 0:
        slots.append(_slot(weekday, number, booked, False))
    slots.sort(key=lambda slot: slot.row)
    return Day(str(number), weekday, str(number), not rows, f"{weekday} {number}, {len(slots)} times", slots)


DAYS = [_day(*day) for day in _WEEK]
CHOSEN = "2026-11-24T09:00:00Z"
GONE = ["2026-11-26T09:00:00Z"]
TERMS = [
    Term("Everything back", "until Mon 23 Nov, 14:30"),
    Term("Half back", "until Tue 24 Nov, 12:30"),
    Term("Nothing back", "after that"),
]
RECENT = ["attended"] * 8 + ["absent", "attended"]
BARS = [Bar(5, 57, 89), Bar(4, 6, 10), Bar(3, 1, 3), Bar(2, 0, 0), Bar(1, 0, 0)]
MILESTONES = [
    Milestone("Tell my story in two minutes", "18 Sep", "done"),
    Milestone("Ship a small app that 20 people use", "9 Oct", "done"),
    Milestone("Talk to three product managers", "6 Nov", "done"),
    Milestone("CV ready for product roles", "due 30 Nov", "now"),
    Milestone("Four mock interviews", "by 31 Jan", "ahead"),
    Milestone("First internship offer", "by 31 Mar", "end"),
]
STATIONS = [
    Station("Group product manager", "Lumen Health, since 2022", mentor="face"),
    Station("First product job", "2016, your goal", you="ahead"),
    Station("Software tester", "Hyderabad, 2013", you="passing"),
    Station("Final-year engineer, Pune", "2011, you today", mentor="to", you="face"),
]
