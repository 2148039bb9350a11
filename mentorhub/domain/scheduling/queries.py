"""Reads of a mentor's time as the hours form shows it; free time itself is read by `bookings.queries`."""

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.scheduling.models import (
    CALENDAR_IS_DOWN_AFTER,
    AvailabilityRule,
    BusyBlock,
    CalendarFeed,
    CalendarImport,
    DateOverride,
    FeedKind,
    SchedulePreferences,
)
from mentorhub.domain.scheduling.rules import WeeklyHours
from mentorhub.domain.scheduling.rules.addresses import feed_owner, feed_token
from mentorhub.domain.scheduling.rules.editing import Limits
from mentorhub.domain.scheduling.rules.request import Span


@dataclass(frozen=True)
class ChangedDaysView:
    """Dates in a row with the same hours instead of the weekly ones; no hours are days off."""

    first: date
    last: date
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class BlockView:
    """Time blocked out by hand; the reason is for its mentor alone."""

    block_id: UUID
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True)
class ScheduleView:
    """A mentor's limits, weekly hours, single days from today on and blocked times ahead.

    `weekly` are the hours of the offering asked for where it has its own, else the general ones;
    `with_own_hours` are the offerings that have. `is_new` before the first save.
    """

    limits: Limits
    weekly: tuple[WeeklyHours, ...]
    days: tuple[ChangedDaysView, ...]
    is_new: bool
    blocks: tuple[BlockView, ...] = ()
    with_own_hours: frozenset[UUID] = frozenset()


def schedule_of(db: Session, *, mentor_id: UUID, now: datetime, offering_id: UUID | None = None) -> ScheduleView:
    """What the hours form starts from; raises NotFound for an unknown person."""
    row = db.get(SchedulePreferences, mentor_id)
    limits = limits_of(row) if row is not None else Limits(time_zone=_zone_of(db, mentor_id))
    every = db.exec(
        select(AvailabilityRule)
        .where(AvailabilityRule.mentor_id == mentor_id)
        .order_by(col(AvailabilityRule.weekday), col(AvailabilityRule.start_minute))
    ).all()
    with_own = frozenset(rule.offering_id for rule in every if rule.offering_id is not None)
    scope = offering_id if offering_id in with_own else None
    rules = [rule for rule in every if rule.offering_id == scope]
    blocks = db.exec(
        select(BusyBlock)
        .where(BusyBlock.mentor_id == mentor_id, BusyBlock.ends_at > now)
        .order_by(col(BusyBlock.starts_at))
    )
    today = now.astimezone(ZoneInfo(limits.time_zone)).date()
    overrides = db.exec(
        select(DateOverride)
        .where(DateOverride.mentor_id == mentor_id, DateOverride.day >= today)
        .order_by(col(DateOverride.day), col(DateOverride.start_minute))
    )
    return ScheduleView(
        limits=limits,
        weekly=tuple(WeeklyHours(rule.weekday, rule.start_minute, rule.end_minute) for rule in rules),
        days=tuple(_in_rows(_by_day(overrides))),
        is_new=row is None,
        blocks=tuple(BlockView(block.id, block.starts_at, block.ends_at, block.reason) for block in blocks),
        with_own_hours=with_own,
    )


@dataclass(frozen=True)
class ImportView:
    """A calendar elsewhere as its mentor sees it; `failing_since` is empty while it can be read.

    `words` is why it cannot be read, or what had to be guessed while it can.
    """

    import_id: UUID
    label: str
    host: str
    good_at: datetime | None
    failing_since: datetime | None
    words: str

    @property
    def waits(self) -> bool:
        """Whether it was never read, well or badly."""
        return self.good_at is None and self.failing_since is None

    def is_down(self, now: datetime) -> bool:
        """Whether it could not be read for over an hour, which its mentor is told."""
        return self.failing_since is not None and now - self.failing_since > CALENDAR_IS_DOWN_AFTER


@dataclass(frozen=True)
class ReadingView:
    """What one reading of a calendar needs; `mark` is empty when a whole copy is due."""

    mentor_id: UUID
    address: str
    zone: str
    mark: str


def imports_of(db: Session, *, mentor_id: UUID) -> tuple[ImportView, ...]:
    """The calendars a mentor connected, oldest first."""
    rows = db.exec(
        select(CalendarImport).where(CalendarImport.mentor_id == mentor_id).order_by(col(CalendarImport.created_at))
    )
    return tuple(
        ImportView(
            row.id, row.label, urlsplit(row.address).hostname or "", row.good_at, row.failing_since, row.last_error
        )
        for row in rows
    )


def reading_of(db: Session, *, import_id: UUID, now: datetime) -> ReadingView | None:
    """How to read an import, or `None` when it was removed.

    Once a day the whole calendar is asked for, changed or not, as the days ahead move on.
    """
    row = db.get(CalendarImport, import_id)
    if row is None:
        return None
    is_fresh = row.good_at is not None and row.good_at.date() == now.date() and row.failing_since is None
    preferences = db.get(SchedulePreferences, row.mentor_id)
    zone = preferences.time_zone if preferences else _zone_of(db, row.mentor_id)
    return ReadingView(row.mentor_id, row.address, zone, row.etag if is_fresh else "")


def feed_tokens(db: Session, *, user_id: UUID, secret: str) -> dict[FeedKind, str]:
    """The secret part of the address of each feed the person has opened."""
    feeds = db.exec(select(CalendarFeed).where(CalendarFeed.user_id == user_id, col(CalendarFeed.is_on).is_(True)))
    return {feed.kind: feed_token(user_id, feed.kind.value, feed.generation, secret=secret) for feed in feeds}


def feed_reader(db: Session, *, token: str, kind: FeedKind, secret: str) -> UUID | None:
    """Whose feed an address opens; `None` for one that was never given out, is closed or was replaced."""
    user_id = feed_owner(token)
    feed = db.get(CalendarFeed, (user_id, kind)) if user_id else None
    if user_id is None or feed is None or not feed.is_on:
        return None
    expected = feed_token(user_id, kind.value, feed.generation, secret=secret)
    return user_id if hmac.compare_digest(token.encode(), expected.encode()) else None


def limits_of(row: SchedulePreferences) -> Limits:
    """The limits a row of preferences holds."""
    return Limits(
        time_zone=row.time_zone,
        slot_step_minutes=row.slot_step_minutes,
        buffer_before_minutes=row.buffer_before_minutes,
        buffer_after_minutes=row.buffer_after_minutes,
        min_notice_minutes=row.min_notice_minutes,
        horizon_days=row.horizon_days,
        max_per_day=row.max_per_day,
        max_per_week=row.max_per_week,
    )


def _zone_of(db: Session, user_id: UUID) -> str:
    user = db.get(User, user_id)
    if user is None:
        raise NotFound
    return user.time_zone


def _by_day(overrides: Iterable[DateOverride]) -> Iterator[tuple[date, tuple[Span, ...]]]:
    for day, rows in groupby(overrides, key=lambda row: row.day):
        spans = ((row.start_minute, row.end_minute) for row in rows)
        yield day, tuple((opens, closes) for opens, closes in spans if opens is not None and closes is not None)


def _in_rows(days: Iterable[tuple[date, tuple[Span, ...]]]) -> Iterator[ChangedDaysView]:
    """Days that follow each other with the same hours become one."""
    current: ChangedDaysView | None = None
    for day, spans in days:
        if current is not None and current.last + timedelta(days=1) == day and current.spans == spans:
            current = ChangedDaysView(current.first, day, spans)
            continue
        if current is not None:
            yield current
        current = ChangedDaysView(day, day, spans)
    if current is not None:
        yield current
