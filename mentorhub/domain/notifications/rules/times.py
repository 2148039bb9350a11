"""Moments in words: every time names its place, since the two people may live in two."""

from datetime import datetime
from zoneinfo import ZoneInfo


def place(zone: str) -> str:
    """The city a zone is named for: "Kolkata" of "Asia/Kolkata"; "UTC" stays."""
    return zone.rpartition("/")[2].replace("_", " ")


def offset(at: datetime, zone: str) -> str:
    """How far the zone is from UTC at that moment: "UTC+5:30", or "UTC"."""
    away = at.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(away.total_seconds()) // 60 if away is not None else 0
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02d}" if rest else "")


def moment(at: datetime, zone: str) -> str:
    """A moment on the zone's clock: "Tue 24 Nov 2026, 14:30 in Kolkata (UTC+5:30)"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M} in {place(zone)} ({offset(at, zone)})"


def span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """A span on the zone's clock; the end names its day when that is another one."""
    first, last = starts_at.astimezone(ZoneInfo(zone)), ends_at.astimezone(ZoneInfo(zone))
    end = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%H:%M} ({last:%a} {last.day} {last:%b})"
    start = f"{first:%A} {first.day} {first:%B %Y}, {first:%H:%M}"
    return f"{start} to {end} in {place(zone)} ({offset(starts_at, zone)})"
