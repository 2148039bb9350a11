"""What weeks would look like with hours that are not saved yet: the very answer a mentee would get."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.bookings.queries.approval import notice_of
from mentorhub.domain.bookings.queries.free_time import TimesView, times_within
from mentorhub.domain.bookings.queries.mentor_time import MentorTime, load_time
from mentorhub.domain.bookings.queries.plans import Plan
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.scheduling.rules import WeeklyHours
from mentorhub.domain.scheduling.rules.editing import Limits


@dataclass(frozen=True)
class Draft:
    """Hours and limits as somebody edits them; `offering_id` where the hours are those of one offering alone."""

    weekly: Sequence[WeeklyHours]
    limits: Limits
    offering_id: UUID | None = None


def times_as_edited(
    db: Session,
    *,
    mentor_id: UUID,
    draft: Draft,
    offering_id: UUID | None,
    minutes: int,
    since: datetime,
    until: datetime,
    now: datetime,
) -> TimesView:
    """The starts of an offering of `minutes` in `[since, until)` if the draft were saved.

    To somebody the mentor has not met: an offering that is asked for takes its own notice. Single days, busy time,
    sessions and the hours that are not edited are those of the database; nothing is written.
    """
    time = time_as_edited(db, mentor_id=mentor_id, draft=draft, now=now)
    notice = notice_for_strangers(db, offering_id)
    request = time.request(offering_id=offering_id, minutes=minutes, since=since, until=until, now=now, notice=notice)
    return times_within(time, request)


def notice_for_strangers(db: Session, offering_id: UUID | None) -> timedelta:
    """The least notice an offering takes beside the mentor's own; none where only hours are edited."""
    offering = db.get(Offering, offering_id) if offering_id is not None else None
    return notice_of(db, offering, None) if offering is not None else timedelta(0)


def time_as_edited(db: Session, *, mentor_id: UUID, draft: Draft, now: datetime) -> MentorTime:
    """A mentor's time as of the database, with the hours and limits of the draft in place of the saved ones."""
    known = load_time(db, [mentor_id], now=now).get(mentor_id) or MentorTime(Plan(draft.limits))
    weekly = {**known.plan.weekly, draft.offering_id: tuple(draft.weekly)}
    return replace(known, plan=replace(known.plan, limits=draft.limits, weekly=weekly))
