"""Two group sessions ahead, published and joined as anybody does: one with its last seat free, one short of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import GroupSession
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.catalog.rules import OfferingForm
from mentorhub.domain.payments.rules import smallest_price

_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True)
class _Gathering:
    """What a mentor offers to several, on a weekday at least some days ahead, and who has taken a seat."""

    host: str
    form: OfferingForm
    weekday: int
    starts: time
    days_ahead: int
    seats: int
    seats_needed: int
    guests: Sequence[str]


GATHERINGS = (
    _Gathering(
        host="kabir",
        form=OfferingForm(
            kind="group",
            title="CV clinic",
            minutes=60,
            price="0",
            send_before="Your CV on one page",
            leave_with="What to cut, heard from several sides",
        ),
        weekday=_SUNDAY,
        starts=time(16),
        days_ahead=6,
        seats=6,
        seats_needed=3,
        guests=("ines", "wei", "tomas", "samir", "baraka"),
    ),
    _Gathering(
        host="adaeze",
        form=OfferingForm(
            kind="group",
            title="First product job, in a small round",
            minutes=60,
            price="0",
            send_before="The job post you look at most",
            leave_with="A plan for four weeks and people on the same road",
        ),
        weekday=_SATURDAY,
        starts=time(11),
        days_ahead=9,
        seats=8,
        seats_needed=4,
        guests=("riya", "ines"),
    ),
)


def gather(db: Session, *, now: datetime) -> list[UUID]:
    """Publish the group sessions and take the seats; one whose host is not in this database is left out."""
    return [group for one in GATHERINGS if (group := _gather(db, one, now)) is not None]


def _gather(db: Session, one: _Gathering, now: datetime) -> UUID | None:
    host = _person(db, one.host)
    if host is None:
        return None
    offering_id = catalog.add_offering(db, actor_id=host.id, form=one.form, price_floor=smallest_price, now=now)
    starts_at = _start(one, ZoneInfo(host.time_zone), now)
    decide_by = starts_at - timedelta(days=1)
    plan = bookings.GroupPlan(offering_id, starts_at, one.seats, one.seats_needed, decide_by)
    group = bookings.publish_group_session(db, mentor_id=host.id, plan=plan, now=now)
    for key in one.guests:
        _seat(db, group, key, now)
    return group.id


def _seat(db: Session, group: GroupSession, key: str, now: datetime) -> None:
    guest = _person(db, key)
    if guest is not None:
        seat = bookings.take_seat(db, group_session_id=group.id, mentee_id=guest.id, now=now)
        bookings.confirm_free(db, booking_id=seat.id, mentee_id=guest.id, now=now)


def _person(db: Session, key: str) -> User | None:
    return db.exec(select(User).where(col(User.email).startswith(f"{key}@demo."))).first()


def _start(one: _Gathering, zone: ZoneInfo, now: datetime) -> datetime:
    day = now.astimezone(zone).date() + timedelta(days=one.days_ahead)
    day += timedelta(days=(one.weekday - day.weekday()) % 7)
    return datetime.combine(day, one.starts, zone).astimezone(UTC)
