"""Instants in words: always of a named zone, day before month, hours as the reader in force counts them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mentorhub.domain.common import habits

Zone = ZoneInfo

# Browsers still report these zones by the names of long ago.
_CALLED_NOW = {
    "Calcutta": "Kolkata",
    "Godthab": "Nuuk",
    "Katmandu": "Kathmandu",
    "Kiev": "Kyiv",
    "Rangoon": "Yangon",
    "Saigon": "Ho Chi Minh City",
    "Ho Chi Minh": "Ho Chi Minh City",
}


_RENAMED = {
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Godthab": "America/Nuuk",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Dacca": "Asia/Dhaka",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Asia/Thimbu": "Asia/Thimphu",
    "Asia/Ulan_Bator": "Asia/Ulaanbaatar",
    "Atlantic/Faeroe": "Atlantic/Faroe",
    "Europe/Kiev": "Europe/Kyiv",
    "Pacific/Enderbury": "Pacific/Kanton",
}
"""Zones that browsers still call by an older spelling (Unicode keeps the first name a zone ever had)."""


def spelled_now(name: str) -> str:
    """The zone's name as its people write it today."""
    return _RENAMED.get(name, name)


def zone_of(name: str) -> ZoneInfo:
    """The zone of that IANA name; UTC when the name is empty."""
    return ZoneInfo(name or "UTC")


def day(moment: datetime, zone: ZoneInfo) -> str:
    """Such as "Tue 24 Nov"."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b}"


def date_in_full(moment: datetime, zone: ZoneInfo) -> str:
    """Such as "24 Nov 2026"."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b} {local.year}"


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Such as "14:30", or "2:30 pm" for who reads a clock of 12 hours."""
    local = moment.astimezone(zone)
    return time_of_day(local.hour * 60 + local.minute)


def time_of_day(minute: int) -> str:
    """A minute of the day as `clock` says it; the day's end is "24:00", or "12:00 am"."""
    hour, rest = divmod(minute, 60)
    if habits.current().clock_hours == habits.USUAL_HOURS:
        return f"{hour:02}:{rest:02}"
    return f"{hour % 12 or 12}:{rest:02} {'pm' if hour % 24 >= 12 else 'am'}"


def when(moment: datetime, zone: ZoneInfo) -> str:
    """Such as "Tue 24 Nov, 14:30"."""
    return f"{day(moment, zone)}, {clock(moment, zone)}"


def span(begins: datetime, ends: datetime, zone: ZoneInfo) -> str:
    """Such as "Tue 24 Nov, 14:30 to 15:00"; a span over midnight names both days."""
    if day(begins, zone) == day(ends, zone):
        return f"{when(begins, zone)} to {clock(ends, zone)}"
    return f"{when(begins, zone)} to {when(ends, zone)}"


def offset(zone: ZoneInfo, at: datetime) -> str:
    """Such as "UTC+5:30", at an instant, since clocks change."""
    minutes = int((at.astimezone(zone).utcoffset() or timedelta(0)).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def place_of(zone: ZoneInfo) -> str:
    """The city a zone is named for, such as "London" or "New York", by the name it bears today."""
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    return _CALLED_NOW.get(city, city)


def place_then(zone: ZoneInfo, at: datetime) -> str:
    """The city with its offset at an instant, such as "London (UTC+1)"; UTC is named once."""
    return place_of(zone) if _is_utc(zone) else f"{place_of(zone)} ({offset(zone, at)})"


def place_in_words(zone: ZoneInfo, at: datetime) -> str:
    """The city with all that its clocks go by, such as "Kolkata (IST, UTC+5:30)"; UTC is named once."""
    return f"{place_of(zone)} {zone_note(zone, at)}".rstrip()


def zone_note(zone: ZoneInfo, at: datetime) -> str:
    """What stands after the name of a place, such as "(IST, UTC+5:30)"; nothing after "UTC".

    A zone without letters of its own is named by its offset alone.
    """
    if _is_utc(zone):
        return ""
    letters = at.astimezone(zone).tzname() or ""
    named = letters.isalpha() and letters != "UTC"
    return f"({letters}, {offset(zone, at)})" if named else f"({offset(zone, at)})"


def _is_utc(zone: ZoneInfo) -> bool:
    return place_of(zone) == "UTC"


def next_turn(now: datetime, zone: ZoneInfo) -> datetime:
    """The next instant, to the second, at which the zone's date or its offset becomes another."""
    low, step = now, timedelta(minutes=10)
    here = _date_and_offset(now, zone)
    while _date_and_offset(low + step, zone) == here:
        low += step
    high = low + step
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if _date_and_offset(middle, zone) == here else (low, middle)
    return high


def clock_note(zones: Iterable[ZoneInfo], now: datetime, at: datetime) -> str:
    """Which clocks change between now and a time that is shown, in a sentence; empty when none does."""
    said = []
    for zone in dict.fromkeys(zones):
        before, after = (moment.astimezone(zone).utcoffset() or timedelta() for moment in (now, at))
        if before != after:
            low, high = now, at
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
            on = high.astimezone(zone)
            way = "forward" if after > before else "back"
            said.append(f"Clocks in {place_of(zone)} go {way} on {on:%A} {on.day} {on:%B}.")
    return " ".join([*said, "Times after that are on the new clock."] if said else [])


def _date_and_offset(moment: datetime, zone: ZoneInfo) -> tuple[object, object]:
    local = moment.astimezone(zone)
    return local.date(), local.utcoffset()


def how_long(length: timedelta) -> str:
    """Such as "30 min", "1 h" or "1 h 30 min", minutes rounded down."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else "") if part
    )


def until(moment: datetime, now: datetime) -> str:
    """How far ahead, roughly: "in 3 days", "in 5 h", "in 12 min", "now"."""
    ahead = moment - now
    if ahead < timedelta(minutes=1):
        return "now"
    if ahead < timedelta(hours=1):
        return f"in {int(ahead.total_seconds()) // 60} min"
    if ahead < timedelta(days=2):
        return f"in {int(ahead.total_seconds()) // 3600} h"
    return f"in {ahead.days} days"
