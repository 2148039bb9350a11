"""One start of one offering for one mentee: everything that decides about it, read in one statement.

On SQLite and on PostgreSQL the database puts the rows into JSON texts, which cost a fraction of result rows.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlmodel import Session, col

from mentorhub.database.prepared import Prepared
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.queries import plans, time_rows
from mentorhub.domain.bookings.queries.mentor_time import MentorTime
from mentorhub.domain.bookings.queries.plans import listed, row_text, rows_text
from mentorhub.domain.bookings.queries.time_rows import SessionRow, Waiting
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
    found = _read(
        db,
        _ASKED,
        since=starts_at - _ANCHORS,
        until=starts_at + _ANCHORS,
        **time_rows.sessions_about(starts_at, starts_at),
        offering=offering_id,
        mentee=mentee_id,
        start=starts_at,
        now=now,
        yesterday=now - _ONE_DAY,
    )
    if found is None:
        return None
    terms, zone, waiting, let_go, *mentors = found
    offering = _offered(terms)
    return AskedTime(
        offering=offering,
        time=_time(offering.mentor_id, *mentors),
        mentee_zone=zone or "UTC",
        waiting=[_waiting(*row) for row in listed(waiting)],
        let_go=let_go,
    )


def time_about(db: Session, *, mentor_id: UUID, since: datetime, until: datetime, now: datetime) -> MentorTime | None:
    """A mentor's time as far as it decides about `[since, until)`, taken ticks included."""
    db.flush()
    ticks, *mentors = _read(
        db,
        _ABOUT,
        since=since - _ANCHORS,
        until=until + _ANCHORS,
        **time_rows.sessions_about(since, until),
        mentor=mentor_id,
        now=now,
        first_tick=int((since - _ANCHORS).timestamp()) // 300,
    )
    time = _time(mentor_id, *mentors)
    if time is not None:
        time.claimed.update((tick, UUID(booking or group)) for _, tick, booking, group in listed(ticks))
    return time


def _read(db: Session, statement: Prepared, *, since: datetime, until: datetime, **parameters: Any) -> Any:
    span = {"since": since, "until": until, **plans.days_about(since, until)}
    return next(iter(statement.rows(db.connection(), {**span, **parameters})), None)


def _time(
    mentor_id: UUID, limits: str | None, weekly: str, days: str, blocks: str, imports: str, *sessions: str
) -> MentorTime | None:
    if limits is None:
        return None
    time = MentorTime(plans.plan_of(limits, weekly, days))
    time.busy.extend((_at(begins), _at(ends)) for text in (blocks, imports) for begins, ends in listed(text))
    time.take(mentor_id, (_session(*row) for text in sessions for row in listed(text)))
    return time


@lru_cache(maxsize=16_384)
def _session(id_: str, mentor: str | None, mentee: str | None, status: str, begins: str, ends: str) -> SessionRow:
    return SessionRow(
        UUID(id_),
        UUID(mentor) if mentor else None,
        UUID(mentee) if mentee else None,
        Status(status),
        _at(begins),
        _at(ends),
    )


@lru_cache(maxsize=16_384)
def _waiting(id_: str, mentee: str, hold_expires_at: str | None, lapses_at: str | None) -> Waiting:
    return Waiting(
        UUID(id_),
        UUID(mentee),
        _at(hold_expires_at) if hold_expires_at else None,
        _at(lapses_at) if lapses_at else None,
    )


@lru_cache(maxsize=4096)
def _offered(terms: str) -> Offered:
    (row,) = listed(f"[{terms}]")
    id_, mentor, kind, title, minutes, price, currency, *flags, policy = row
    approval, instantly, active, is_open = map(bool, flags)
    return Offered(
        UUID(id_), UUID(mentor), OfferingKind(kind), title, minutes, price, currency,
        approval, instantly, active, is_open, Policy(policy or Policy.STANDARD),
    )  # fmt: skip


def _at(text: str) -> datetime:
    """A time as either database writes it into JSON."""
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _mentors(dialect: str, whose: plans.Whose) -> tuple[Any, ...]:
    """What of a mentor decides: plan, blocks, imports, sessions, group sessions."""
    return (
        *plans.columns(dialect, whose),
        _texts(dialect, time_rows.busy_in(BusyBlock, whose), first=1),
        _texts(dialect, time_rows.busy_in(ImportedBusy, whose), first=1),
        _texts(dialect, time_rows.standing(whose)),
        _texts(dialect, time_rows.standing_groups(whose)),
    )


def _texts(dialect: str, rows: Select[*tuple[Any, ...]], *, first: int = 0) -> Any:
    return rows.with_only_columns(rows_text(dialect, *list(rows.selected_columns)[first:])).scalar_subquery()


def _asked(dialect: str) -> Select[*tuple[Any, ...]]:
    """One row about the offering, if there is one."""
    offered, held = Offering, Booking
    mentee: BindParameter[UUID] = bindparam("mentee")
    terms = row_text(
        dialect, offered.id, offered.mentor_id, offered.kind, offered.title, offered.minutes,
        offered.price_minor, offered.currency, offered.needs_approval, offered.met_book_instantly,
        offered.is_active, MentorProfile.is_open, MentorProfile.policy,
    )  # fmt: skip
    let_go = select(func.count(col(held.id))).where(
        col(held.mentor_id) == col(offered.mentor_id),
        col(held.mentee_id) == mentee,
        col(held.starts_at) == bindparam("start"),
        time_rows.is_in(Status.EXPIRED),
        col(held.created_at) > bindparam("yesterday"),
    )
    zone = select(col(User.time_zone)).where(col(User.id) == mentee)
    waiting = time_rows.waiting(lambda person: (col(person) == col(offered.mentor_id)) | (col(person) == mentee))
    return (
        select(
            terms,
            zone.scalar_subquery(),
            _texts(dialect, waiting),
            let_go.correlate(Offering).scalar_subquery(),
            *_mentors(dialect, lambda person: col(person) == col(offered.mentor_id)),
        )
        .join_from(offered, MentorProfile, col(MentorProfile.user_id) == col(offered.mentor_id), isouter=True)
        .where(col(offered.id) == bindparam("offering"))
    )


def _about(dialect: str) -> Select[*tuple[Any, ...]]:
    def whose(person: Any) -> Any:
        return col(person) == bindparam("mentor")

    return select(_texts(dialect, time_rows.claimed(whose)), *_mentors(dialect, whose))


_ASKED = Prepared(_asked)
_ABOUT = Prepared(_about)
