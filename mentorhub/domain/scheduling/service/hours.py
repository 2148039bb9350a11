"""Verbs of a mentor's time: hours, single days, blocked time, limits. Each acts on the actor's own time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, delete, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.catalog.errors import NotAMentor
from mentorhub.domain.catalog.models import MentorProfile, Offering
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.words import tidy
from mentorhub.domain.scheduling.models import AvailabilityRule, BusyBlock, DateOverride, SchedulePreferences
from mentorhub.domain.scheduling.rules.blocks import REASON_LENGTH
from mentorhub.domain.scheduling.rules.editing import (
    HoursRow,
    Limits,
    checked_days,
    checked_limits,
    checked_week,
)

_MOST_BLOCKS = 100


def replace_hours(db: Session, *, actor_id: UUID, rows: Sequence[HoursRow], offering_id: UUID | None = None) -> None:
    """Open these hours every week in place of the ones before, for one offering or (without) in general.

    Overlapping and touching rows are joined. Raises FieldError ("row-" and the place of the row, or "week" for
    an offering without any), NotAMentor, NotFound for an offering of somebody else.
    """
    week = checked_week(rows)
    _own_preferences(db, actor_id)
    if offering_id is not None:
        _own_offering(db, actor_id, offering_id)
        if not week:
            raise FieldError("week", "Open some hours for this session, or go back to the general hours.")
    _forget_hours(db, actor_id, offering_id)
    db.add_all(
        AvailabilityRule(
            mentor_id=actor_id,
            offering_id=offering_id,
            weekday=hours.weekday,
            start_minute=hours.start_minute,
            end_minute=hours.end_minute,
        )
        for hours in week
    )
    topics.announce(db, topics.grid_of(actor_id))


def use_general_hours(db: Session, *, actor_id: UUID, offering_id: UUID) -> None:
    """Offer this offering in the general hours again; raises NotAMentor, NotFound."""
    _own_preferences(db, actor_id)
    _own_offering(db, actor_id, offering_id)
    _forget_hours(db, actor_id, offering_id)
    topics.announce(db, topics.grid_of(actor_id))


def set_limits(db: Session, *, actor_id: UUID, limits: Limits) -> None:
    """Set zone, step, breaks, notice, horizon and caps; raises FieldError named for the limit, NotAMentor.

    Booked sessions keep their moment and their price, whatever changes.
    """
    checked = checked_limits(limits)
    row = _own_preferences(db, actor_id)
    for name, value in vars(checked).items():
        setattr(row, name, value)
    topics.announce(db, topics.grid_of(actor_id))


def save_schedule(
    db: Session, *, actor_id: UUID, rows: Sequence[HoursRow], limits: Limits, offering_id: UUID | None = None
) -> None:
    """Weekly hours and limits at once, both or neither; raises what `replace_hours` and `set_limits` raise."""
    replace_hours(db, actor_id=actor_id, rows=rows, offering_id=offering_id)
    set_limits(db, actor_id=actor_id, limits=limits)


def change_days(
    db: Session,
    *,
    actor_id: UUID,
    first: date,
    last: date,
    spans: Iterable[tuple[str, str]],
    now: datetime,
) -> None:
    """Open other hours from `first` to `last` than every week, or none at all; replaces earlier changes there.

    Booked sessions stay. Raises FieldError on "first", "last", "start" or "end", NotAMentor.
    """
    row = _own_preferences(db, actor_id)
    today = now.astimezone(ZoneInfo(row.time_zone)).date()
    days, minutes = checked_days(first, last, spans, today=today)
    _forget_days(db, actor_id, first, last)
    for day in days:
        if not minutes:
            db.add(DateOverride(mentor_id=actor_id, day=day))
        db.add_all(
            DateOverride(mentor_id=actor_id, day=day, start_minute=opens, end_minute=closes)
            for opens, closes in minutes
        )
    topics.announce(db, topics.grid_of(actor_id))


def restore_days(db: Session, *, actor_id: UUID, first: date, last: date) -> None:
    """Go back to the weekly hours from `first` to `last`; raises NotAMentor."""
    _own_preferences(db, actor_id)
    _forget_days(db, actor_id, first, last)
    topics.announce(db, topics.grid_of(actor_id))


def block_out(
    db: Session, *, actor_id: UUID, starts_at: datetime, ends_at: datetime, reason: str, now: datetime
) -> BusyBlock:
    """Keep a span of time free of new sessions; the reason is for the mentor alone. Booked sessions stay.

    Raises FieldError on "reason" or "block_first", NotAMentor.
    """
    _own_preferences(db, actor_id)
    why = tidy(reason)
    if len(why) > REASON_LENGTH:
        raise FieldError("reason", f"Please keep the reason to {REASON_LENGTH} characters.")
    ahead = select(BusyBlock.id).where(BusyBlock.mentor_id == actor_id, BusyBlock.ends_at > now)
    if len(db.exec(ahead).all()) >= _MOST_BLOCKS:
        raise FieldError("block_first", f"There is room for {_MOST_BLOCKS} blocked times ahead.")
    block = BusyBlock(mentor_id=actor_id, starts_at=starts_at, ends_at=ends_at, reason=why)
    db.add(block)
    topics.announce(db, topics.grid_of(actor_id))
    return block


def open_again(db: Session, *, actor_id: UUID, block_id: UUID) -> None:
    """Take a blocked time away; raises NotAMentor, and NotFound for one of somebody else."""
    _own_preferences(db, actor_id)
    block = db.get(BusyBlock, block_id)
    if block is None or block.mentor_id != actor_id:
        raise NotFound
    db.delete(block)
    topics.announce(db, topics.grid_of(actor_id))


def _own_offering(db: Session, actor_id: UUID, offering_id: UUID) -> None:
    offering = db.get(Offering, offering_id)
    if offering is None or offering.mentor_id != actor_id:
        raise NotFound


def _forget_hours(db: Session, actor_id: UUID, offering_id: UUID | None) -> None:
    scope = col(AvailabilityRule.offering_id)
    mine = scope.is_(None) if offering_id is None else scope == offering_id
    db.exec(delete(AvailabilityRule).where(col(AvailabilityRule.mentor_id) == actor_id, mine))


def _forget_days(db: Session, actor_id: UUID, first: date, last: date) -> None:
    within = col(DateOverride.day).between(first, last)
    db.exec(delete(DateOverride).where(col(DateOverride.mentor_id) == actor_id, within))


def _own_preferences(db: Session, actor_id: UUID) -> SchedulePreferences:
    """The actor's preferences, made on the first save; their row is locked, so two tabs never mix."""
    user = db.exec(select(User).where(User.id == actor_id).with_for_update()).first()
    if user is None or db.get(MentorProfile, actor_id) is None:
        raise NotAMentor
    row = db.get(SchedulePreferences, actor_id)
    if row is None:
        row = SchedulePreferences(mentor_id=actor_id, time_zone=user.time_zone)
        db.add(row)
        db.flush()
    return row
