"""Pieces several pages show the same way: a meeting on two clocks, the terms of a booking, the lines of a bill."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from mentorhub.domain.bookings.models import Status
from mentorhub.domain.bookings.queries import BookingView, IntakeView, PersonView, SessionRowView
from mentorhub.domain.common import habits, moments
from mentorhub.domain.common.files import size_words
from mentorhub.domain.common.money import Money
from mentorhub.domain.common.words import first_name, initials

__all__ = [
    "FileShown",
    "IntakeShown",
    "LineShown",
    "LinkShown",
    "MeetingShown",
    "TermShown",
    "bill",
    "files",
    "first_name",
    "free_until",
    "initials",
    "intake",
    "iso",
    "meeting",
    "meeting_of",
    "status_word",
    "terms",
]


@dataclass(frozen=True)
class MeetingShown:
    """What the two-zone ribbon draws."""

    start: str = ""
    end: str = ""
    your_zone: str = "UTC"
    their_zone: str = "UTC"
    your_place: str = ""
    their_name: str = ""
    their_place: str = ""
    your_time: str = ""
    their_time: str = ""
    clock_hours: int = habits.USUAL_HOURS


@dataclass(frozen=True)
class TermShown:
    """One share that comes back, and until when."""

    share: str
    until: str


@dataclass(frozen=True)
class LineShown:
    """One line of a bill."""

    label: str
    amount: str
    is_total: bool = False


@dataclass(frozen=True)
class LinkShown:
    """A link of an intake; `label` is where it goes, without the scheme."""

    href: str
    label: str


@dataclass(frozen=True)
class FileShown:
    """A file of an intake; `words` are its kind and size."""

    file_id: str
    name: str
    words: str
    href: str
    is_picture: bool = False


@dataclass(frozen=True)
class IntakeShown:
    """What a mentee wants of a session, as its two people read it."""

    goal: str = ""
    situation: str = ""
    questions: list[str] = field(default_factory=list)
    links: list[LinkShown] = field(default_factory=list)
    files: list[FileShown] = field(default_factory=list)
    is_empty: bool = True


def intake(view: IntakeView) -> IntakeShown:
    """An intake as the pages draw it."""
    links = [LinkShown(link, link.removeprefix("https://")[:60]) for link in view.links]
    return IntakeShown(view.goal, view.situation, list(view.questions), links, files(view), view.is_empty)


def files(view: IntakeView) -> list[FileShown]:
    """The files of an intake, each with the address it is saved from."""
    return [
        FileShown(
            str(file.file_id),
            file.name,
            f"{file.kind.label}, {size_words(file.size)}",
            f"/intake/files/{file.file_id}",
            file.kind.is_picture,
        )
        for file in view.files
    ]


def iso(moment: datetime) -> str:
    """An instant as the browser reads it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"


def meeting(
    begins: datetime, ends: datetime, *, zone: ZoneInfo, their_zone: ZoneInfo, their_name: str, their_place: str = ""
) -> MeetingShown:
    """A session on both people's clocks; `their_name` is shortened to the first name."""
    return MeetingShown(
        start=iso(begins),
        end=iso(ends),
        your_zone=zone.key,
        their_zone=their_zone.key,
        your_place=moments.place_then(zone, begins),
        their_name=first_name(their_name),
        their_place=(
            f"{their_place} ({moments.offset(their_zone, begins)})"
            if their_place
            else moments.place_then(their_zone, begins)
        ),
        your_time=moments.span(begins, ends, zone),
        their_time=moments.span(begins, ends, their_zone),
        clock_hours=habits.current().clock_hours,
    )


def meeting_of(booking: BookingView, zone: ZoneInfo) -> MeetingShown:
    """A booking's session, from the viewer's side."""
    other: PersonView = booking.other
    return meeting(
        booking.starts_at, booking.ends_at, zone=zone, their_zone=ZoneInfo(other.zone), their_name=other.name
    )


def terms(
    full_until: datetime, half_until: datetime, *, zone: ZoneInfo, now: datetime, price: Money
) -> list[TermShown]:
    """What a mentee who calls off gets back until when, as dates; a deadline that has passed is left out.

    Of what is free there are none.
    """
    if not price:
        return []
    shares = [("All", full_until, price), ("Half", half_until, Money(price.minor - price.minor // 2, price.currency))]
    ahead = [
        TermShown(f"{word} back, {money.format()}", f"until {moments.when(until, zone)}")
        for word, until, money in shares
        if until >= now
    ]
    return [*ahead, TermShown("Nothing back", "after that" if ahead else "from now on")]


def status_word(booking: BookingView | SessionRowView) -> str:
    """The word of a booking's badge: a request that came to nothing by itself is no hold that ended."""
    return "lapsed" if booking.by_request and booking.status is Status.EXPIRED else booking.status.value


def free_until(full_until: datetime, half_until: datetime, *, zone: ZoneInfo, now: datetime) -> str:
    """The terms in one sentence with their dates, for beside a button."""
    if full_until >= now:
        return f"until {moments.when(full_until, zone)}, half back until {moments.when(half_until, zone)}."
    if half_until >= now:
        return f"for half of it until {moments.when(half_until, zone)}."
    return "no more for money back: it starts too soon."


def bill(lines: Sequence[tuple[str, Money]], total: tuple[str, Money]) -> list[LineShown]:
    """Lines and their total, with decimals."""
    return [
        *(LineShown(label, amount.format()) for label, amount in lines),
        LineShown(total[0], total[1].format(), is_total=True),
    ]
