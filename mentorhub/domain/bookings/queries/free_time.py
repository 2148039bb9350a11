"""Reads of free time: when an offering can be booked, as a list and as a week looks to a viewer."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.bookings.models import Status
from mentorhub.domain.bookings.queries.approval import notice_of
from mentorhub.domain.bookings.queries.mentor_time import ALTERNATIVES, MentorTime, load_time
from mentorhub.domain.bookings.queries.time_rows import SessionRow
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.scheduling.rules import SlotRequest, compute_slots, last_day_ends, to_instant


def free_starts(
    db: Session,
    *,
    mentor_id: UUID,
    offering_id: UUID,
    since: datetime,
    until: datetime,
    viewer_id: UUID | None,
    now: datetime,
) -> list[datetime]:
    """When an offering can be booked in `[since, until)`; a hold of the viewer does not stand in their way."""
    offering = db.get(Offering, offering_id)
    time = load_time(db, [mentor_id], now=now).get(mentor_id)
    if offering is None or offering.mentor_id != mentor_id or time is None:
        return []
    own = own_holds(time.bookings, viewer_id)
    request = time.request(
        offering_id=offering_id,
        minutes=offering.minutes,
        since=since,
        until=until,
        now=now,
        leave_out=own,
        notice=notice_of(db, offering, viewer_id),
    )
    return time.starts(request, leave_out=own)


def free_starts_of_many(
    db: Session,
    *,
    offerings: Iterable[Offering],
    since: datetime,
    until: datetime,
    now: datetime,
) -> dict[UUID, list[datetime]]:
    """The free starts of many offerings, by offering id, in a fixed number of queries."""
    wanted = list(offerings)
    times = load_time(db, {offering.mentor_id for offering in wanted}, now=now)
    answers = {}
    for offering in wanted:
        time = times.get(offering.mentor_id)
        if time is not None:
            request = time.request(
                offering_id=offering.id,
                minutes=offering.minutes,
                since=since,
                until=until,
                now=now,
                notice=notice_of(db, offering, None),
            )
            answers[offering.id] = time.starts(request)
    return answers


@dataclass(frozen=True)
class TimesView:
    """The starts of one offering in a range: the free ones, and those only a session stands in the way of.

    Of the booked ones, `full` are those nobody has: their day or week has all the sessions the mentor takes. `had`
    are the starts of the sessions there.
    """

    free: tuple[datetime, ...]
    booked: tuple[datetime, ...]
    mentor_zone: str
    last_day_ends: datetime
    full: tuple[datetime, ...] = ()
    had: tuple[datetime, ...] = ()


def times_of(
    db: Session,
    *,
    mentor_id: UUID,
    offering_id: UUID,
    since: datetime,
    until: datetime,
    viewer_id: UUID | None,
    now: datetime,
) -> TimesView | None:
    """What a week of an offering looks like to a viewer, whose own hold counts as free; `None` without hours."""
    offering = db.get(Offering, offering_id)
    time = load_time(db, [mentor_id], now=now).get(mentor_id)
    if offering is None or offering.mentor_id != mentor_id or time is None:
        return None
    own = own_holds(time.bookings, viewer_id)
    request = time.request(
        offering_id=offering_id,
        minutes=offering.minutes,
        since=since,
        until=until,
        now=now,
        leave_out=own,
        notice=notice_of(db, offering, viewer_id),
    )
    return times_within(time, request, own)


def times_within(time: MentorTime, request: SlotRequest, own: Collection[UUID] = ()) -> TimesView:
    """The range of a request as a week shows it; the viewer's `own` holds are left out of the request already."""
    free = time.starts(request, leave_out=own)
    alone = replace(request, bookings=(), max_per_day=None)
    booked = set(compute_slots(alone)) - set(free)
    full = booked.intersection(time.starts_but_for_caps(request, leave_out=own)) if booked else booked
    return TimesView(
        free=tuple(free),
        booked=tuple(sorted(booked)),
        mentor_zone=time.preferences.time_zone,
        last_day_ends=last_day_ends(request),
        full=tuple(sorted(full)),
        had=tuple(
            one.starts_at
            for one in time.bookings
            if one.id not in own and request.range_start <= to_instant(one.starts_at) < request.range_end
        ),
    )


def nearest(starts: Sequence[datetime], wanted: datetime, *, count: int = ALTERNATIVES) -> list[datetime]:
    """The `count` starts nearest to the wanted one, in the order of time."""
    return sorted(sorted(starts, key=lambda start: abs(start - wanted))[:count])


def own_holds(bookings: Iterable[SessionRow], viewer_id: UUID | None) -> frozenset[UUID]:
    """The holds of the viewer among a mentor's live bookings."""
    return frozenset(b.id for b in bookings if b.status is Status.HELD and b.mentee_id == viewer_id)
