"""How fast slots are computed: one mentor for a month and a year, a thousand mentors for a fortnight.

Run `python bench/slots.py`; it prints one line a figure and, last, all of them as JSON.
"""

import json
import statistics
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from time import perf_counter
from typing import Any

from mentorhub.domain.common.zones import zone_names
from mentorhub.domain.scheduling.rules import compute_slots, parse_request

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TARGETS_MS = {"month": 5.0, "year": 40.0, "thousand_mentors_fortnight": 2000.0}


def question(random: Random, *, days: int, zone: str = "Europe/London", busy: int = 200) -> dict[str, Any]:
    """One mentor open Monday to Friday in two ranges, with random events of 15 to 120 minutes."""
    events = []
    for _ in range(busy):
        start = NOW + timedelta(minutes=random.randrange(days * 24 * 60))
        end = start + timedelta(minutes=random.randrange(15, 121))
        events.append([start.isoformat(), end.isoformat()])
    return {
        "mentor_timezone": zone,
        "weekly_rules": [
            {"weekday": weekday, "start": start, "end": end}
            for weekday in range(5)
            for start, end in (("09:00", "12:30"), ("13:30", "18:00"))
        ],
        "overrides": [],
        "busy": events,
        "bookings": [],
        "session_minutes": 30,
        "slot_step_minutes": 30,
        "buffer_before_minutes": 5,
        "buffer_after_minutes": 5,
        "min_notice_minutes": 120,
        "horizon_days": None,
        "max_per_day": None,
        "now": NOW.isoformat(),
        "range_start": NOW.isoformat(),
        "range_end": (NOW + timedelta(days=days)).isoformat(),
    }


def milliseconds(work: Callable[[], object], *, times: int) -> float:
    """The median time of one call."""
    spent = []
    for _ in range(times):
        begun = perf_counter()
        work()
        spent.append((perf_counter() - begun) * 1000)
    return round(statistics.median(spent), 3)


def answer(asked: dict[str, Any]) -> list[datetime]:
    return compute_slots(parse_request(asked))


def measure() -> dict[str, float]:
    random = Random(20260302)
    figures: dict[str, float] = {}
    for name, days, times in (("month", 30, 101), ("year", 365, 31)):
        asked = question(random, days=days)
        figures[name] = milliseconds(partial(compute_slots, parse_request(asked)), times=times)
        figures[f"{name}_with_parsing"] = milliseconds(partial(answer, asked), times=times)
    zones = random.choices(sorted(zone_names()), k=1000)
    mentors = [parse_request(question(random, days=14, zone=zone, busy=40)) for zone in zones]
    figures["thousand_mentors_fortnight"] = milliseconds(lambda: [compute_slots(mentor) for mentor in mentors], times=3)
    return figures


if __name__ == "__main__":
    figures = measure()
    for name, figure in figures.items():
        target = f" (at most {TARGETS_MS[name]:g})" if name in TARGETS_MS else ""
        print(f"{name}: {figure:g} ms{target}")
    print(json.dumps({"bench": "slots", "milliseconds": figures, "targets": TARGETS_MS}))
    sys.exit(any(figures[name] > limit for name, limit in TARGETS_MS.items()))
