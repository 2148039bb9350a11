"""Whether somebody may have the start they wish for, and the nearest ones they could have instead."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.bookings.errors import SlotNotOffered, SlotTaken
from mentorhub.domain.bookings.models import Status
from mentorhub.domain.bookings.queries.asked_time import Offered, time_about
from mentorhub.domain.bookings.queries.mentor_time import ALTERNATIVES, MentorTime
from mentorhub.domain.bookings.queries.time_rows import sessions_of
from mentorhub.domain.bookings.rules import REQUEST_NOTICE, is_on_a_tick
from mentorhub.domain.scheduling.rules import fits

_LOOK_CLOSE, _LOOK_AROUND = timedelta(days=2), timedelta(days=14)


@dataclass(frozen=True)
class Wish:
    """What a mentee asks for: an offering at a start. `offered` are the starts the server showed them lately."""

    offering_id: UUID
    starts_at: datetime
    offered: frozenset[datetime] = frozenset()


def require_offered(
    db: Session,
    time: MentorTime,
    offering: Offered,
    wish: Wish,
    *,
    mentee_id: UUID,
    by_request: bool,
    now: datetime,
) -> None:
    """SCHEDULING.md, "beside the function": free now, and in the list now or in one shown lately.

    A shown start that a session lies in the way of is taken; any other one, also of a full day or week, the mentor
    offers no more. Raises SlotTaken or SlotNotOffered, with the nearest starts.
    """
    request = time.request(
        offering_id=offering.id,
        minutes=offering.minutes,
        since=wish.starts_at,
        until=wish.starts_at + timedelta(seconds=1),
        now=now,
        notice=REQUEST_NOTICE if by_request else timedelta(0),
    )
    listed = wish.starts_at in time.starts(request)
    recent = not listed and wish.starts_at in wish.offered and fits(request, wish.starts_at)
    if not is_on_a_tick(wish.starts_at) or not (listed or (recent and time.has_room_that_week(wish.starts_at, ()))):
        near = alternatives(db, offering, wish.starts_at, mentee_id=mentee_id, by_request=by_request, now=now)
        alone, uncapped = replace(request, bookings=()), replace(request, max_per_day=None)
        in_the_way = fits(alone, wish.starts_at) and not fits(uncapped, wish.starts_at)
        raise SlotTaken(near) if in_the_way and wish.starts_at in wish.offered else SlotNotOffered(near)


def alternatives(
    db: Session, offering: Offered, wanted: datetime, *, mentee_id: UUID, by_request: bool, now: datetime
) -> list[datetime]:
    """The nearest starts within two weeks at which the mentee has nothing agreed; a hold of theirs would move.

    When there are some within days, nobody has to look further.
    """
    near: list[datetime] = []
    for around in (_LOOK_CLOSE, _LOOK_AROUND):
        since, until = max(now, wanted - around), wanted + around
        time = time_about(db, mentor_id=offering.mentor_id, since=since, until=until, now=now)
        if time is None:
            return []
        agreed = (one for one in sessions_of(db, [mentee_id], since, until, now=now) if one.status is not Status.HELD)
        time.busy.extend((one.starts_at, one.ends_at) for one in agreed)
        request = time.request(
            offering_id=offering.id,
            minutes=offering.minutes,
            since=since,
            until=until,
            now=now,
            notice=REQUEST_NOTICE if by_request else timedelta(0),
        )
        near = time.nearest(request, wanted)
        if len(near) == ALTERNATIVES:
            break
    return near
