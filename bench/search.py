"""Search among many mentors: the first look of a process, then typical searches, medians in milliseconds.

The market is a seeded one of 1,000 mentors, or of as many as the first argument says (10,000 is what the target is
for). Run `make bench`, or `PYTHONPATH=. python bench/search.py 10000`; it prints one line a figure and, last, all
of them as JSON.
"""

import json
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from mentorhub import database
from mentorhub.cli.db import bring_up_to_date
from mentorhub.cli.demo_world.build import build
from mentorhub.domain.marketplace import queries

SIZE, ROUNDS = 1_000, 15
ZONE = "Asia/Kolkata"
TARGET_MS = 300
SEARCHES = {
    "everyone": {},
    "words": {"q": "product manager mentor"},
    "words_and_hours": {"q": "product manager", "evenings": "1", "to": "1500", "cur": "INR"},
    "soonest_on_a_weekend": {"weekend": "1", "sort": "soonest"},
    "nobody": {"q": "product", "lang": "te", "intro": "1"},
}


def took(address: dict[str, str], now: datetime) -> float:
    """How long one search takes, in milliseconds."""
    began = perf_counter()
    with database.reading() as db:
        queries.search(db, address=address, zone=ZONE, now=now)
    return (perf_counter() - began) * 1000


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        database.connect(f"sqlite:///{Path(folder) / 'bench.db'}")
        bring_up_to_date()
        began = perf_counter()
        with database.transaction() as db:
            build(db, size=size, random_state=7, password_hash="", now=now)
        figures = {"mentors": float(size), "seeding_s": round(perf_counter() - began, 1)}
        figures["first_look_of_a_process_ms"] = round(took({}, now), 1)
        for name, address in SEARCHES.items():
            figures[f"{name}_ms"] = round(statistics.median(took(address, now) for _ in range(ROUNDS)), 1)
        database.dispose()
    for name, value in figures.items():
        print(f"{name:32}{value:>12,.1f}")
    print(json.dumps({"search": figures, "target_ms": TARGET_MS}))


if __name__ == "__main__":
    main()
