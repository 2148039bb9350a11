"""Publishing a group session: a time of the mentor's own for several people."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import GroupSession
from mentorhub.domain.bookings.service import claims, group_telling, lapsing
from mentorhub.domain.catalog.models import MentorProfile, Offering, OfferingKind
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.scheduling.models import SchedulePreferences

DECIDE_TOPIC = "bookings.decide_group"
"""Due at the moment of decision; the subject is the group session's id."""
FEWEST_SEATS, MOST_SEATS = 2, 20


@dataclass(frozen=True)
class GroupPlan:
    """A group session as its mentor wants it; `seats_needed` people by `decide_by`, or it does not take place."""

    offering_id: UUID
    starts_at: datetime
    seats: int
    seats_needed: int
    decide_by: datetime


def publish_group_session(db: Session, *, mentor_id: UUID, plan: GroupPlan, now: datetime) -> GroupSession:
    """Open a time of the mentor's own for several people; price, policy and length are copied from the offering.

    The mentor's hours and caps do not bind their own choice, their other sessions do. Raises NotFound, or
    FieldError beside what cannot be.
    """
    offering = db.get(Offering, plan.offering_id)
    profile = db.get(MentorProfile, mentor_id)
    wants = db.get(SchedulePreferences, mentor_id)
    if offering is None or offering.mentor_id != mentor_id or profile is None or wants is None:
        raise NotFound
    if offering.kind is not OfferingKind.GROUP or not offering.is_active:
        raise FieldError("offering", "Please choose one of your group offerings.")
    _check(plan, now)
    claims.lock_people(db, mentor_id)
    lapsing.expire_lapsed(db, [mentor_id], now=now)
    group = _opened(offering, profile, wants, plan, now)
    db.add(group)
    db.flush()
    if not claims.claim_group(db, group):
        raise FieldError("starts_at", "You have another session then, or the break beside one. Choose another time.")
    subject, key = str(group.id), f"group:{group.id}:"
    outbox.enqueue(db, DECIDE_TOPIC, key=f"{key}decide", subject=subject, now=now, due_at=group.decide_by)
    group_telling.published(db, group, now=now)
    topics.announce(db, topics.groups_of(mentor_id), topics.grid_of(mentor_id), topics.person(mentor_id))
    return group


def _check(plan: GroupPlan, now: datetime) -> None:
    if not rules.is_on_a_tick(plan.starts_at):
        raise FieldError("starts_at", "Sessions begin on a full five minutes, such as 10:05.")
    if plan.starts_at - rules.SEATS_SOLD_UNTIL <= now:
        raise FieldError("starts_at", "Please choose a start that is more than an hour ahead.")
    if plan.starts_at > now + rules.FURTHEST_AHEAD:
        raise FieldError("starts_at", "Please choose a start within a year.")
    if not FEWEST_SEATS <= plan.seats <= MOST_SEATS:
        raise FieldError("seats", f"A group session has {FEWEST_SEATS} to {MOST_SEATS} seats.")
    if not 1 <= plan.seats_needed <= plan.seats:
        raise FieldError("seats_needed", "It takes at least 1 person, and no more than there are seats.")
    if not now < plan.decide_by <= plan.starts_at - rules.SEATS_SOLD_UNTIL:
        raise FieldError("decide_by", "The decision falls after now, and at least one hour before the start.")


def _opened(
    offering: Offering, profile: MentorProfile, wants: SchedulePreferences, plan: GroupPlan, now: datetime
) -> GroupSession:
    group_id, ends_at = new_id(), plan.starts_at + timedelta(minutes=offering.minutes)
    return GroupSession(
        id=group_id,
        mentor_id=offering.mentor_id,
        offering_id=offering.id,
        title=offering.title,
        starts_at=plan.starts_at,
        ends_at=ends_at,
        blocked_from=plan.starts_at - timedelta(minutes=wants.buffer_before_minutes),
        blocked_to=ends_at + timedelta(minutes=wants.buffer_after_minutes),
        seats=plan.seats,
        seats_needed=plan.seats_needed,
        decide_by=plan.decide_by,
        price_minor=offering.price_minor,
        currency=offering.currency,
        policy=profile.policy,
        mentor_zone=wants.time_zone,
        calendar_uid=f"{group_id}@mentorhub",
        created_at=now,
    )
