"""One start of one offering for one mentee: everything that decides about it, read in one statement.

On SQLite and on PostgreSQL the database puts the rows into JSON texts, which cost a fraction of result rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.queries import plans, time_rows
from mentorhub.domain.bookings.queries.free_time import MentorTime
from mentorhub.domain.bookings.queries.plans import listed, row_text, rows_text
from mentorhub.domain.bookings.queries.time_rows import Standing, Waiting
from mentorhub.domain.catalog.models import MentorProfile, Offering, OfferingKind, Policy
from mentorhub.domain.scheduling.models import BusyBlock, ImportedBusy

_ANCHORS = timedelta(days=3)
"""A grid begins at the latest thing that took time on the same day, whose span is shorter than this on any clock."""
_ONE_DAY = timedelta(hours=24)


class Offered(NamedTuple):
    """What of an offering and its mentor's profile goes into a booking; without a profile nobody can book it."""

    id: UUID
    mentor_id: UUID
    kind: OfferingKind
    title: str
    minutes: int
    price_minor: int
    currency: str
    needs_approval: bool
    met_book_instantly: bool
    is_active: bool
    is_open: bool
    policy: Policy


@dataclass(frozen=True, slots=True)
class AskedTime:
    """An offering, its mentor's time about the start, and what waits for either person.

    `let_go` is how often the mentee held this very time within a day without booking it.
    """

    offering: Offered
    time: MentorTime | None
    mentee_zone: str
    waiting: list[Waiting]
    let_go: int


def asked_time(
    db: Session, *, offering_id: UUID, mentee_id: UUID, starts_at: datetime, now: datetime
) -> AskedTime | None:
    """Read what decides about a start; `None` when there is no such offering."""
    db.flush()
    terms, zone, waiting, let_go, *mentors = _read(
        db,
        _asked,
        since=starts_at - _ANCHORS,
        until=starts_at + _ANCHORS,
        offering=offering_id,
        mentee=mentee_id,
        start=starts_at,
        now=now,
        yesterday=now - _ONE_DAY,
    )
    if terms is None:
        return None
    offering = _offered(terms)
    return AskedTime(
        offering=offering,
        time=_time(offering.mentor_id, *mentors),
        mentee_zone=zone or "UTC",
        waiting=[
            Waiting(UUID(id_), UUID(mentee), moment(hold), moment(lapse))
            for id_, mentee, hold, lapse in listed(waiting)
        ],
        let_go=let_go,
    )


def time_about(db: Session, *, mentor_id: UUID, since: datetime, until: datetime, now: datetime) -> MentorTime | None:
    """A mentor's time as far as it decides about `[since, until)`, taken ticks included."""
    db.flush()
    ticks, *mentors = _read(
        db, _about, since=since, until=until, mentor=mentor_id, now=now, first_tick=int(since.timestamp()) // 300
    )
    time = _time(mentor_id, *mentors)
    if time is not None:
        time.claimed.update((tick, UUID(booking or group)) for _, tick, booking, group in listed(ticks))
    return time


def _read(db: Session, statement: Any, *, since: datetime, until: datetime, **parameters: Any) -> Any:
    span = {"since": since, "until": until, **time_rows.sessions_about(since, until), **plans.days_about(since, until)}
    connection = db.connection()
    return connection.execute(statement(connection.dialect.name), {**span, **parameters}).one()


def _time(
    mentor_id: UUID, limits: str | None, weekly: str, days: str, blocks: str, imports: str, sessions: str
) -> MentorTime | None:
    if limits is None:
        return None
    time = MentorTime(plans.plan_of(limits, weekly, days))
    time.busy.extend((_at(begins), _at(ends)) for text in (blocks, imports) for _, begins, ends in listed(text))
    time.take(mentor_id, _standing(sessions))
    return time


def _standing(sessions: str | None) -> Iterable[Standing]:
    for id_, mentor, mentee, status, begins, ends in listed(sessions):
        yield Standing(UUID(id_), _id(mentor), _id(mentee), Status(status), _at(begins), _at(ends))


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


@lru_cache(maxsize=4096)
def _offered(terms: str) -> Offered:
    (row,) = listed(f"[{terms}]")
    id_, mentor, kind, title, minutes, price, currency, *flags, policy = row
    approval, instantly, active, is_open = map(bool, flags)
    return Offered(
        UUID(id_), UUID(mentor), OfferingKind(kind), title, minutes, price, currency,
        approval, instantly, active, is_open, Policy(policy or Policy.STANDARD),
    )  # fmt: skip


def moment(text: str | None) -> datetime | None:
    """A time as either database writes it into JSON."""
    return _at(text) if text else None


def _at(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _mentors(dialect: str, whose: plans.Whose) -> tuple[Any, ...]:
    """What of a mentor decides: plan, blocks, imports, sessions."""
    read = (
        time_rows.busy_in(BusyBlock, whose),
        time_rows.busy_in(ImportedBusy, whose),
        time_rows.standing(whose),
    )
    return (*plans.columns(dialect, whose), *(_texts(dialect, rows) for rows in read))


def _texts(dialect: str, rows: Any) -> Any:
    found = rows.subquery()
    return select(rows_text(dialect, *found.c)).scalar_subquery()


@cache
def _asked(dialect: str) -> Any:
    offered, held = Offering, Booking
    mentor = select(col(offered.mentor_id)).where(col(offered.id) == bindparam("offering")).scalar_subquery()
    terms = (
        select(
            row_text(
                dialect, offered.id, offered.mentor_id, offered.kind, offered.title, offered.minutes,
                offered.price_minor, offered.currency, offered.needs_approval, offered.met_book_instantly,
                offered.is_active, MentorProfile.is_open, MentorProfile.policy,
            )
        )
        .join_from(offered, MentorProfile, col(MentorProfile.user_id) == col(offered.mentor_id), isouter=True)
        .where(col(offered.id) == bindparam("offering"))
    )  # fmt: skip
    let_go = select(func.count(col(held.id))).where(
        col(held.mentor_id) == mentor,
        col(held.mentee_id) == bindparam("mentee"),
        col(held.starts_at) == bindparam("start"),
        col(held.status) == Status.EXPIRED,
        col(held.created_at) > bindparam("yesterday"),
    )
    zone = select(col(User.time_zone)).where(col(User.id) == bindparam("mentee"))
    waiting = time_rows.waiting(lambda person: (col(person) == mentor) | (col(person) == bindparam("mentee")))
    return select(
        terms.scalar_subquery(),
        zone.scalar_subquery(),
        _texts(dialect, waiting),
        let_go.scalar_subquery(),
        *_mentors(dialect, lambda person: col(person) == mentor),
    )


@cache
def _about(dialect: str) -> Any:
    def whose(person: Any) -> Any:
        return col(person) == bindparam("mentor")

    return select(_texts(dialect, time_rows.claimed(whose)), *_mentors(dialect, whose))
