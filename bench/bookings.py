"""Bookings under pressure: 64 callers on one slot have one winner, and how many bookings a second there are.

The same callers, rows and database also run two bare transactions that write what a booking writes and decide
nothing, so that the price of the rules shows: one as it is ordinarily written (add, flush, claim), one with the very
statements of a hold, which are faster. Run `make bench`, or `PYTHONPATH=. python bench/bookings.py`; it
prints one line a figure and, last, all of them as JSON.
"""

import json
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Uuid, bindparam, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, delete, select

from mentorhub import database
from mentorhub.cli.db import bring_up_to_date
from mentorhub.database.columns import UtcDateTime
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.errors import SlotTaken
from mentorhub.domain.bookings.models import Booking, BookingChange, Claim
from mentorhub.domain.bookings.rules import ticks
from mentorhub.domain.bookings.service.claims import place
from mentorhub.domain.bookings.service.writing import draft
from mentorhub.domain.catalog.models import OfferingKind
from mentorhub.domain.scheduling.models import AvailabilityRule, SchedulePreferences
from tests import people, servers

CROWD, ROUNDS = 64, 100
CALLERS, EACH, REPEATS = 16, 8, 25
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIRST = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
CLAIMS_SQLITE = sqlite.insert(Claim).on_conflict_do_nothing()
UNNESTED = (
    func.unnest(bindparam("people", type_=postgresql.ARRAY(Uuid)), bindparam("ticks", type_=postgresql.ARRAY(Integer)))
    .table_valued("person_id", "tick")
    .render_derived()
)
CLAIMS_POSTGRES = (
    postgresql.insert(Claim)
    .from_select(
        ["person_id", "tick", "booking_id", "until"],
        select(
            UNNESTED.c.person_id,
            UNNESTED.c.tick,
            bindparam("booking_id", type_=Uuid),
            bindparam("until", type_=UtcDateTime),
        ),
    )
    .on_conflict_do_nothing()
)
TARGETS = {"winners_a_round": 1, "p99_ms": 1000.0, "share_of_bare": 0.8}


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """An empty database of either kind."""
    with tempfile.TemporaryDirectory() as folder, servers.postgres() as url:
        yield {"sqlite": f"sqlite:///{Path(folder) / 'bench.db'}", "postgres": url}


def town(mentors: int, mentees: int) -> tuple[list[UUID], list[UUID]]:
    """Offerings of mentors who are open day and night, and mentees."""
    with database.transaction() as db:
        offerings = []
        for number in range(mentors):
            mentor = people.add_mentor(db, name=f"Mentor {number}", email=f"mentor{number}@example.org", zone="UTC")
            wants = db.get_one(SchedulePreferences, mentor)
            wants.max_per_day, wants.max_per_week = None, None
            for weekday in range(7):
                db.add(AvailabilityRule(mentor_id=mentor, weekday=weekday, start_minute=720, end_minute=1440))
            offerings.append(
                people.add_offering(
                    db, mentor, kind=OfferingKind.CV_REVIEW, title="CV review", minutes=30, price_minor=120000
                )
            )
        crowd = [
            people.add_person(db, name=f"Mentee {number}", email=f"mentee{number}@example.org", zone="UTC")
            for number in range(mentees)
        ]
    return offerings, crowd


def all_at_once(work: list[Callable[[], object]]) -> list[float]:
    """Run every piece of work in a thread of its own from one signal on; the time of each in seconds."""
    gate = threading.Barrier(len(work))

    def run(one: Callable[[], object]) -> float:
        gate.wait()
        begun = perf_counter()
        one()
        return perf_counter() - begun

    with ThreadPoolExecutor(len(work)) as threads:
        return list(threads.map(run, work))


def crowd_on_one_slot(offering: UUID, crowd: list[UUID]) -> dict[str, Any]:
    """Every round, the whole crowd wants the same time."""
    winners, spent = [], []
    for number in range(ROUNDS):
        won: list[UUID] = []
        at = FIRST + timedelta(days=number // 20, hours=12) + number % 20 * HALF_HOUR

        def want(mentee: UUID, at: datetime = at, won: list[UUID] = won) -> None:
            try:
                with database.transaction() as db:
                    wish = service.Wish(offering_id=offering, starts_at=at, offered=frozenset({at}))
                    service.place_hold(db, mentee_id=mentee, wish=wish, now=NOW)
                won.append(mentee)
            except SlotTaken:
                return

        spent += all_at_once([partial(want, mentee) for mentee in crowd])
        winners.append(len(won))
    spent.sort()
    return {
        "winners": winners,
        "p50_ms": round(statistics.median(spent) * 1000, 1),
        "p99_ms": round(spent[int(len(spent) * 0.99)] * 1000, 1),
    }


def rate(book: Callable[[int, int], None]) -> float:
    """How often a second `book(caller, number)` is done by all callers together."""

    def go(caller: int) -> None:
        for number in range(EACH):
            book(caller, number)

    begun = perf_counter()
    all_at_once([partial(go, caller) for caller in range(CALLERS)])
    return CALLERS * EACH / (perf_counter() - begun)


def bookings_a_second(offerings: list[UUID], crowd: list[UUID]) -> dict[str, float]:
    """Holds placed by the rules, and their rows written by a bare transaction; each caller at a mentor of its own."""

    def mentee(caller: int, number: int) -> UUID:
        return crowd[caller * EACH + number]

    def start(number: int) -> datetime:
        return FIRST + timedelta(hours=12) + number * HALF_HOUR

    def by_the_rules(caller: int, number: int) -> None:
        with database.transaction() as db:
            wish = service.Wish(offering_id=offerings[caller], starts_at=start(number))
            service.place_hold(db, mentee_id=mentee(caller, number), wish=wish, now=NOW)

    def bare(caller: int, number: int) -> None:
        with database.transaction() as db:
            booking = rows[caller * EACH + number]
            db.add(booking)
            db.flush()
            write_claims(db, booking)

    def same_statements(caller: int, number: int) -> None:
        with database.transaction() as db:
            place(db, draft(**columns[caller * EACH + number]))

    ruled, written, same = [], [], []
    for _ in range(REPEATS):
        ruled.append(rate(by_the_rules))
        with database.reading() as db:
            columns = [booking.model_dump() for booking in db.exec(select(Booking)).all()]
            rows = [Booking(**booking) for booking in columns]
        clear()
        written.append(rate(bare))
        clear()
        same.append(rate(same_statements))
        clear()
    return {
        "bookings_a_second": round(statistics.median(ruled), 1),
        "bare_transactions_a_second": round(statistics.median(written), 1),
        "share_of_bare": round(statistics.median(ruled) / statistics.median(written), 2),
        "same_statements_a_second": round(statistics.median(same), 1),
        "share_of_same_statements": round(statistics.median(ruled) / statistics.median(same), 2),
    }


def write_claims(db: Session, booking: Booking) -> None:
    """The ticks of a booking as SQLAlchemy ordinarily writes many rows that may be there already."""
    owner = {"booking_id": booking.id, "until": booking.hold_expires_at}
    wanted = [(booking.mentor_id, tick) for tick in ticks(booking.blocked_from, booking.blocked_to)]
    wanted += [(booking.mentee_id, tick) for tick in ticks(booking.starts_at, booking.ends_at)]
    if db.get_bind().dialect.name == "sqlite":
        db.connection().execute(CLAIMS_SQLITE, [{"person_id": who, "tick": tick, **owner} for who, tick in wanted])
    else:
        people, numbers = zip(*wanted, strict=True)
        db.connection().execute(CLAIMS_POSTGRES, {"people": list(people), "ticks": list(numbers), **owner})


def clear() -> None:
    """Forget every booking."""
    with database.transaction() as db:
        for table in (Claim, BookingChange, Booking):
            db.exec(delete(table))


def measure(url: str) -> dict[str, Any]:
    database.connect(url)
    try:
        bring_up_to_date()
        offerings, crowd = town(CALLERS, max(CROWD, CALLERS * EACH))
        figures = crowd_on_one_slot(offerings[0], crowd[:CROWD])
        clear()
        return figures | bookings_a_second(offerings, crowd)
    finally:
        database.dispose()


if __name__ == "__main__":
    with databases() as urls:
        found = {name: measure(url) for name, url in urls.items()}
    for name, figures in found.items():
        print(f"{name}: {CROWD} callers on one slot: winners a round {set(figures['winners'])} (exactly 1 each)")
        print(f"{name}: one call p50 {figures['p50_ms']} ms, p99 {figures['p99_ms']} ms")
        print(
            f"{name}: {figures['bookings_a_second']} bookings/s at {CALLERS} callers, "
            f"{figures['share_of_bare']} of {figures['bare_transactions_a_second']} bare transactions/s, "
            f"{figures['share_of_same_statements']} of {figures['same_statements_a_second']} with the same statements"
        )
    print(json.dumps({"bench": "bookings", "figures": found, "targets": TARGETS}))
    sys.exit(any(set(figures["winners"]) != {1} for figures in found.values()))
