"""What several times or several people share at the market: a series, and a group session with its seats."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, GroupSession, GroupStatus, Status
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.common.errors import DomainError
from tests.domain.bookings.market import Market
from tests.people import INTAKE


def hold_series(market: Market, mentee: UUID, of: int, starts: Collection[datetime]) -> bool:
    """Choose several times of one offering at once and say what they are for."""
    wishes = [service.Wish(market.offerings[of], start) for start in starts]

    def hold_series(db: Session, *, now: datetime) -> None:
        first = service.hold_series(db, mentee_id=mentee, wishes=wishes, now=now)[0]
        service.write_intake(db, booking_id=first.id, mentee_id=mentee, intake=INTAKE, now=now)

    return market.do(hold_series)


def series_of(market: Market) -> Sequence[Sequence[Booking]]:
    """The sessions of each series in the order of time, those with an agreed one first, the newest before the older."""
    found: dict[UUID, list[Booking]] = {}
    for booking in market.bookings(Status.CONFIRMED):
        if booking.series_id is not None:
            found.setdefault(booking.series_id, []).append(booking)
    return [sorted(each, key=lambda one: one.starts_at) for each in found.values()]


def call_off_chosen(market: Market, chosen: Sequence[Booking], *, by_mentor: bool) -> None:
    """Call sessions of a series off together, for the sum that the page shows at that moment."""
    actor = chosen[0].mentor_id if by_mentor else chosen[0].mentee_id
    ids = [booking.id for booking in chosen]
    try:
        with database.reading() as db:
            quote = service.quote_chosen(db, booking_ids=ids, actor_id=actor, now=market.now)
    except DomainError:
        return
    market.do(service.cancel_chosen, booking_ids=ids, actor_id=actor, shown_minor=quote.refund.minor)


def publish(market: Market, of: int, start: datetime, *, seats: int, needed: int, decided_before: timedelta) -> None:
    """Open one of the group offerings at a time of its mentor's."""
    offering_id = market.group_offerings[of]
    with database.reading() as db:
        mentor = db.get_one(Offering, offering_id).mentor_id
    plan = service.GroupPlan(offering_id, start, seats, min(needed, seats), start - decided_before)
    market.do(service.publish_group_session, mentor_id=mentor, plan=plan)


def groups_of(market: Market) -> Sequence[GroupSession]:
    """All group sessions, those whose seats are sold first, the newest before the older ones."""
    with database.reading() as db:
        found = db.exec(select(GroupSession).order_by(col(GroupSession.created_at).desc())).all()
    return sorted(found, key=lambda group: group.status is not GroupStatus.OPEN)


def take_seat(market: Market, group: GroupSession, place: int) -> bool:
    """Riya, Sam, or the mentor whose session it is not takes a seat."""
    mentee = market.learner(place, besides=group.mentor_id)
    return market.do(service.take_seat, group_session_id=group.id, mentee_id=mentee)


def call_group_off(market: Market, group: GroupSession) -> None:
    market.do(service.call_off_group, group_session_id=group.id, actor_id=group.mentor_id)
