"""What a series would meet: each of its dates as free, or with what stands in the way and what is near."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlmodel import Session, col, or_, select

from mentorhub.domain.bookings.models import Booking, Claim, Status
from mentorhub.domain.bookings.queries.approval import Terms, is_by_request
from mentorhub.domain.bookings.queries.free_time import TimesView, nearest, times_of
from mentorhub.domain.bookings.rules import ticks
from mentorhub.domain.catalog.models import Offering, OfferingKind
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.money import Money
from mentorhub.domain.scheduling.rules.series import Rhythm, rhythm_in_words, series_starts


class Repeated(Terms, Protocol):
    """What of an offering decides whether it may repeat."""

    @property
    def kind(self) -> OfferingKind:
        """What a session of it is about."""


_NEAR = timedelta(days=3)


class DateStanding(StrEnum):
    """How one date of a series stands."""

    FREE = "free"
    TAKEN = "taken"
    FULL = "full"
    NOT_OPEN = "not_open"
    TOO_FAR = "too_far"
    YOU_ARE_BUSY = "you_are_busy"


@dataclass(frozen=True)
class SeriesDateView:
    """One date: its start, how it stands, and up to three free starts near it when it is not free.

    `planned_at` is where the rhythm puts it; the start is another one where the mentee moved it.
    """

    planned_at: datetime
    starts_at: datetime
    standing: DateStanding
    near: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class SeriesView:
    """A series as it would be: its rhythm in words on the mentor's clock, its dates, and the price of one."""

    words: str
    mentor_zone: str
    minutes: int
    price: Money
    dates: tuple[SeriesDateView, ...]


def plan_series(
    db: Session,
    *,
    offering_id: UUID,
    viewer_id: UUID | None,
    first: datetime,
    rhythm: Rhythm,
    count: int,
    now: datetime,
    moved: Mapping[datetime, datetime] | None = None,
) -> SeriesView:
    """How the dates of a series stand now; nothing is held. Raises NotFound, ValueError for the count.

    `moved` says where the mentee moved a date of the rhythm.

    The series keeps the mentor's clock, on which the hours are written.
    """
    offering = db.get(Offering, offering_id)
    if offering is None or not offering.is_active:
        raise NotFound
    look = _look(db, offering, viewer_id, first, first + timedelta(days=1), now)
    planned = series_starts(first, zone=look.mentor_zone, rhythm=rhythm, count=count)
    starts = [(moved or {}).get(start, start) for start in planned]
    since, until = min(starts) - _NEAR, max(starts) + _NEAR
    times = _look(db, offering, viewer_id, since, until, now)
    mine = _own_ticks(db, viewer_id, since, until, now)
    length = timedelta(minutes=offering.minutes)
    free = [start for start in times.free if not mine & set(ticks(start, start + length))]
    return SeriesView(
        words=rhythm_in_words(first, zone=times.mentor_zone, rhythm=rhythm),
        mentor_zone=times.mentor_zone,
        minutes=offering.minutes,
        price=Money(offering.price_minor, offering.currency),
        dates=tuple(_date(*pair, times, free, starts) for pair in zip(planned, starts, strict=True)),
    )


def repeats(db: Session, offering: Repeated, viewer_id: UUID | None) -> bool:
    """Whether a viewer may book a series of this: no intro call, no group, and nothing the mentor answers first."""
    single = offering.kind in (OfferingKind.INTRO, OfferingKind.GROUP)
    return not single and not is_by_request(db, offering, viewer_id)


def may_repeat(db: Session, *, offering_id: UUID, viewer_id: UUID | None) -> bool:
    """Whether a viewer may book a series of an offering; False for one there is not."""
    offering = db.get(Offering, offering_id)
    return offering is not None and offering.is_active and repeats(db, offering, viewer_id)


def _date(
    planned: datetime, start: datetime, times: TimesView, free: list[datetime], chosen: list[datetime]
) -> SeriesDateView:
    if start in free:
        return SeriesDateView(planned, start, DateStanding.FREE)
    around = [other for other in free if abs(other - start) <= _NEAR and other not in chosen]
    return SeriesDateView(planned, start, _standing(start, times), tuple(nearest(around, start)))


def _standing(start: datetime, times: TimesView) -> DateStanding:
    if start in times.free:
        return DateStanding.YOU_ARE_BUSY
    if start in times.full:
        return DateStanding.FULL
    if start in times.booked:
        return DateStanding.TAKEN
    return DateStanding.TOO_FAR if start >= times.last_day_ends else DateStanding.NOT_OPEN


def _look(
    db: Session, offering: Offering, viewer_id: UUID | None, since: datetime, until: datetime, now: datetime
) -> TimesView:
    times = times_of(
        db,
        mentor_id=offering.mentor_id,
        offering_id=offering.id,
        since=since,
        until=until,
        viewer_id=viewer_id,
        now=now,
    )
    if times is None:
        raise NotFound
    return times


def _own_ticks(db: Session, viewer_id: UUID | None, since: datetime, until: datetime, now: datetime) -> set[int]:
    """The ticks the viewer's sessions and requests take; a hold would move, so holds do not count."""
    if viewer_id is None:
        return set()
    span = ticks(since, until)
    taken = (
        select(Claim.tick)
        .outerjoin(Booking, col(Booking.id) == col(Claim.booking_id))
        .where(
            Claim.person_id == viewer_id,
            col(Claim.tick) >= span.start,
            col(Claim.tick) < span.stop,
            or_(col(Claim.until).is_(None), col(Claim.until) > now),
            or_(col(Booking.id).is_(None), Booking.status != Status.HELD),
        )
    )
    return set(db.exec(taken))
