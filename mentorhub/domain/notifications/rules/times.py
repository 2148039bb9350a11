"""Moments as mails say them: with the year, and with the place, since the two people may live in two."""

from datetime import datetime

from mentorhub.domain.common import habits, moments
from mentorhub.domain.notifications.rules.notice import SessionPerson


def moment(at: datetime, reader: SessionPerson, *, zone: str = "") -> str:
    """A moment as `reader` reads it, in their own zone or another: "Tue 24 Nov 2026, 14:30 in Kolkata (UTC+5:30)"."""
    here = moments.zone_of(zone or reader.zone)
    day, place = moments.day(at, here), moments.place_then(here, at)
    with habits.of(reader.habits):
        return f"{day} {at.astimezone(here).year}, {moments.clock(at, here)} in {place}"


def short_moment(at: datetime, reader: SessionPerson) -> str:
    """A moment without its place, for a subject: "Tue 24 Nov 2026, 14:30"."""
    return moment(at, reader).partition(" in ")[0]


def span(begins: datetime, ends: datetime, reader: SessionPerson, *, zone: str = "") -> str:
    """A span as its reader reads it, weekday and month in full; the end names its day when that is another one."""
    here = moments.zone_of(zone or reader.zone)
    first = begins.astimezone(here)
    day = "" if moments.day(begins, here) == moments.day(ends, here) else f" ({moments.day(ends, here)})"
    with habits.of(reader.habits):
        clocks = f"{moments.clock(begins, here)} to {moments.clock(ends, here)}"
    return f"{first:%A} {first.day} {first:%B %Y}, {clocks}{day} in {moments.place_then(here, begins)}"
