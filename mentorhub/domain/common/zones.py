"""Time zones as people call them: by name, by the city in the name, or by another large city in them."""

from functools import cache
from importlib import resources

from mentorhub.domain.common.moments import spelled_now

CITIES = {
    "Ahmedabad": "Asia/Kolkata",
    "Abuja": "Africa/Lagos",
    "Atlanta": "America/New_York",
    "Austin": "America/Chicago",
    "Barcelona": "Europe/Madrid",
    "Beijing": "Asia/Shanghai",
    "Bengaluru": "Asia/Kolkata",
    "Boston": "America/New_York",
    "Cape Town": "Africa/Johannesburg",
    "Chennai": "Asia/Kolkata",
    "Dallas": "America/Chicago",
    "Delhi": "Asia/Kolkata",
    "Edinburgh": "Europe/London",
    "Geneva": "Europe/Zurich",
    "Hamburg": "Europe/Berlin",
    "Hanoi": "Asia/Bangkok",
    "Houston": "America/Chicago",
    "Hyderabad": "Asia/Kolkata",
    "Islamabad": "Asia/Karachi",
    "Kyoto": "Asia/Tokyo",
    "Lahore": "Asia/Karachi",
    "Manchester": "Europe/London",
    "Miami": "America/New_York",
    "Milan": "Europe/Rome",
    "Mumbai": "Asia/Kolkata",
    "Munich": "Europe/Berlin",
    "Osaka": "Asia/Tokyo",
    "Philadelphia": "America/New_York",
    "Pune": "Asia/Kolkata",
    "Rio de Janeiro": "America/Sao_Paulo",
    "San Diego": "America/Los_Angeles",
    "San Francisco": "America/Los_Angeles",
    "Seattle": "America/Los_Angeles",
    "Shenzhen": "Asia/Shanghai",
    "Washington": "America/New_York",
    "Wellington": "Pacific/Auckland",
}
"""Large cities no zone is named for."""


@cache
def zone_names() -> frozenset[str]:
    """Every zone and link of the IANA database, as the pinned `tzdata` has it; spelling and case matter."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="ascii").split())


def zone_called(text: str) -> str | None:
    """The zone somebody means by "Europe/London", "london" or "Pune"; `None` when there is none."""
    wanted = " ".join(text.replace("_", " ").split()).casefold()
    if not wanted:
        return None
    city = next((zone for name, zone in CITIES.items() if name.casefold() == wanted), None)
    if city is not None:
        return city
    known = sorted(name for name in zone_names() if not name.startswith("Etc/"))
    by_name = next((name for name in known if name.replace("_", " ").casefold() == wanted), None)
    by_city = (name for name in known if "/" in name and name.rsplit("/", 1)[1].replace("_", " ").casefold() == wanted)
    found = by_name or next(by_city, None)
    return spelled_now(found) if found else None
