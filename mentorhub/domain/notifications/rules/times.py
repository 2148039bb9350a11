"""Moments as mails say them: with the year, and with the place, since the two people may live in two."""

from datetime import datetime

from mentorhub.domain.common import moments


def moment(at: datetime, zone: str) -> str:
    """A moment on the zone's clock: "Tue 24 Nov 2026, 14:30 in Kolkata (UTC+5:30)"."""
    here = moments.zone_of(zone)
    day, place = moments.day(at, here), moments.place_then(here, at)
    return f"{day} {at.astimezone(here).year}, {moments.clock(at, here)} in {place}"


def span(begins: datetime, ends: datetime, zone: str) -> str:
    """A span on the zone's clock, weekday and month in full; the end names its day when that is another one."""
    here = moments.zone_of(zone)
    first = begins.astimezone(here)
    start = f"{first:%A} {first.day} {first:%B %Y}, {moments.clock(begins, here)}"
    same_day = moments.day(begins, here) == moments.day(ends, here)
    end = moments.clock(ends, here) + ("" if same_day else f" ({moments.day(ends, here)})")
    return f"{start} to {end} in {moments.place_then(here, begins)}"
