"""One ordinary question for start times, to be changed in the one point a test is about."""

from typing import Any

from mentorhub.domain.scheduling.rules import compute_slots, format_slots, parse_request

MONDAY = "2026-06-01"


def question(**changes: Any) -> dict[str, Any]:
    """A mentor in London, open on Mondays from 09:00 to 12:00 (08:00Z to 11:00Z), for sessions of an hour."""
    return {
        "mentor_timezone": "Europe/London",
        "weekly_rules": [{"weekday": 0, "start": "09:00", "end": "12:00"}],
        "overrides": [],
        "busy": [],
        "bookings": [],
        "session_minutes": 60,
        "slot_step_minutes": 30,
        "buffer_before_minutes": 0,
        "buffer_after_minutes": 0,
        "min_notice_minutes": 0,
        "horizon_days": None,
        "max_per_day": None,
        "now": "2026-05-31T12:00:00Z",
        "range_start": "2026-06-01T00:00:00Z",
        "range_end": "2026-06-02T00:00:00Z",
        **changes,
    }


def starts(**changes: Any) -> list[str]:
    """The starts of that question, in full."""
    return format_slots(compute_slots(parse_request(question(**changes))))


def clocks(**changes: Any) -> list[str]:
    """The starts of that question as `HH:MM` in UTC."""
    return [start[11:16] for start in starts(**changes)]


def weekly(*hours: tuple[int, str, str]) -> list[dict[str, Any]]:
    """Weekly rules from (weekday, start, end)."""
    return [{"weekday": weekday, "start": start, "end": end} for weekday, start, end in hours]


def every_day(start: str, end: str) -> list[dict[str, Any]]:
    """The same weekly rule on all seven days."""
    return weekly(*((weekday, start, end) for weekday in range(7)))
