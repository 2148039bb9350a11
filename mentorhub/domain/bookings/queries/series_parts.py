"""The sessions of a series as its two people see them, and which of them a booking is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.money import Money


@dataclass(frozen=True)
class SeriesPartView:
    """One session of a series; `number` counts from 1 in the order of time."""

    booking_id: UUID
    number: int
    starts_at: datetime
    ends_at: datetime
    status: Status
    price: Money
    may_cancel: bool


def series_parts(db: Session, *, booking_id: UUID, viewer_id: UUID, now: datetime) -> tuple[SeriesPartView, ...]:
    """All sessions of the series a booking is of, in the order of time; none when it stands alone. Raises NotFound."""
    booking = db.get(Booking, booking_id)
    if booking is None or viewer_id not in (booking.mentor_id, booking.mentee_id):
        raise NotFound
    if booking.series_id is None:
        return ()
    found = select(Booking).where(Booking.series_id == booking.series_id).order_by(col(Booking.starts_at))
    return tuple(
        SeriesPartView(
            booking_id=one.id,
            number=number,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            status=one.status,
            price=Money(one.price_minor, one.currency),
            may_cancel=one.status is Status.CONFIRMED and one.starts_at > now,
        )
        for number, one in enumerate(db.exec(found), start=1)
    )


def places_in_series(db: Session, bookings: Iterable[Booking]) -> dict[UUID, str]:
    """Which of its series each booking is, such as "2 of 6"; bookings that stand alone are missing."""
    wanted = {booking.series_id for booking in bookings if booking.series_id is not None}
    if not wanted:
        return {}
    rows = select(Booking.series_id, Booking.id).where(col(Booking.series_id).in_(wanted))
    series: dict[UUID | None, list[UUID]] = {}
    for series_id, booking_id in db.exec(rows.order_by(col(Booking.starts_at))):
        series.setdefault(series_id, []).append(booking_id)
    return {one: f"{number} of {len(ids)}" for ids in series.values() for number, one in enumerate(ids, start=1)}
