"""A series: several times of one offering, held, paid and called off together or by choice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.errors import (
    AlreadyBusyThen,
    BadSeries,
    Conflict,
    HeldTooOften,
    NoSeriesHere,
    RefundHasChanged,
    SeriesConflicts,
    SlotTaken,
)
from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.bookings.queries.series import repeats
from mentorhub.domain.bookings.service import claims, holds
from mentorhub.domain.bookings.service.cancelling import cancel, quote_cancel
from mentorhub.domain.bookings.service.offered import Wish
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules as money
from mentorhub.domain.scheduling.rules.series import FEWEST, MOST


@dataclass(frozen=True)
class ChosenQuote:
    """What calling off the chosen sessions now would give back, of what they cost, and to whom."""

    refund: Money
    price: Money
    by: money.Side
    mentee_name: str


def hold_series(db: Session, *, mentee_id: UUID, wishes: Sequence[Wish], now: datetime) -> list[Booking]:
    """Hold all of the times for ten minutes or none of them; as one hold, which takes the place of the one before.

    Each counts for the caps of those after it. Raises SeriesConflicts with every date that cannot be had, BadSeries
    for other than 2 to 12 different times of one offering, NoSeriesHere, and what `place_hold` raises.
    """
    wishes = sorted(wishes, key=lambda wish: wish.starts_at)
    times = {wish.starts_at for wish in wishes}
    if len(times) != len(wishes) or not FEWEST <= len(times) <= MOST or len({wish.offering_id for wish in wishes}) != 1:
        raise BadSeries
    offering = holds.begin(db, mentee_id=mentee_id, wish=wishes[0], now=now).offering
    if not repeats(db, offering, mentee_id):
        raise NoSeriesHere
    held: list[Booking] = []
    conflicts: list[Conflict] = []
    for wish in wishes:
        try:
            with db.begin_nested():
                held.append(_hold_one(db, mentee_id, wish, now))
        except SlotTaken as refusal:
            conflicts.append(Conflict(wish.starts_at, str(refusal), refusal.alternatives))
        except (AlreadyBusyThen, HeldTooOften) as refusal:
            conflicts.append(Conflict(wish.starts_at, str(refusal)))
    if conflicts:
        raise SeriesConflicts(conflicts)
    _as_one(db, held, now=now)
    return held


def quote_chosen(db: Session, *, booking_ids: Collection[UUID], actor_id: UUID, now: datetime) -> ChosenQuote:
    """What calling off these sessions of a series now would give back; raises NotFound, NotCancellable, BadSeries."""
    chosen = _chosen(db, booking_ids, actor_id)
    quotes = [quote_cancel(db, booking_id=booking.id, actor_id=actor_id, now=now) for booking in chosen]
    refund, price = quotes[0].refund, quotes[0].price
    for quote in quotes[1:]:
        refund, price = refund + quote.refund, price + quote.price
    return ChosenQuote(refund, price, quotes[0].by, db.get_one(User, chosen[0].mentee_id).name)


def cancel_chosen(
    db: Session, *, booking_ids: Collection[UUID], actor_id: UUID, shown_minor: int, now: datetime
) -> list[Booking]:
    """Call off the chosen sessions of a series, all of them or none, giving back the sum that was shown.

    Each gives back what its own policy says. Raises NotFound, NotCancellable, BadSeries, or RefundHasChanged when
    a deadline passed since the sum was shown.
    """
    chosen = _chosen(db, booking_ids, actor_id)
    claims.lock_people(db, chosen[0].mentor_id, chosen[0].mentee_id)
    quotes = [quote_cancel(db, booking_id=booking.id, actor_id=actor_id, now=now) for booking in chosen]
    if sum(quote.refund.minor for quote in quotes) != shown_minor:
        raise RefundHasChanged
    return [
        cancel(db, booking_id=booking.id, actor_id=actor_id, shown_minor=quote.refund.minor, now=now)
        for booking, quote in zip(chosen, quotes, strict=True)
    ]


def _hold_one(db: Session, mentee_id: UUID, wish: Wish, now: datetime) -> Booking:
    return holds.take(db, holds.ask(db, mentee_id, wish, now), mentee_id=mentee_id, wish=wish, now=now)


def _as_one(db: Session, held: Sequence[Booking], *, now: datetime) -> None:
    """Tie the holds together; one payment costs one card fee, of which each session carries its part."""
    series_id, weights = new_id(), [booking.price_minor for booking in held]
    parts = money.split(Money(sum(weights), held[0].currency), on=now.date())
    paid = any(weights)
    fees = money.shares(parts.fee, weights) if paid else [parts.fee] * len(held)
    cards = money.shares(parts.card, weights) if paid else [parts.card] * len(held)
    for booking, fee, card in zip(held, fees, cards, strict=True):
        booking.series_id, booking.fee_minor, booking.card_minor = series_id, fee.minor, card.minor
    db.flush()


def _chosen(db: Session, booking_ids: Collection[UUID], actor_id: UUID) -> list[Booking]:
    """The bookings in the order of time; they are all the actor's and of one series."""
    found = db.exec(select(Booking).where(col(Booking.id).in_(booking_ids)).order_by(col(Booking.starts_at))).all()
    if not found or len(found) != len(set(booking_ids)):
        raise NotFound
    if any(actor_id not in (booking.mentor_id, booking.mentee_id) for booking in found):
        raise NotFound
    if found[0].series_id is None or len({booking.series_id for booking in found}) != 1:
        raise BadSeries
    return list(found)
