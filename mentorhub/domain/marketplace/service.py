"""Verbs of the marketplace: open to mentorship, close again, and settle on a currency."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.catalog.ports import PriceFloor
from mentorhub.domain.marketplace.errors import CurrencyInUse, NotReadyToOpen
from mentorhub.domain.marketplace.queries import checklist


def open_to_mentorship(db: Session, *, mentor_id: UUID, now: datetime) -> None:
    """Put the tag on, so that every search finds this mentor at once.

    Raises NotReadyToOpen, with what is missing, unless there is an area of expertise, an active offering
    and a free time in the next 30 days (PRODUCT.md A1); nothing is saved then. Raises NotAMentor.
    """
    catalog.own_profile_row(db, mentor_id)
    missing = checklist(db, mentor_id=mentor_id, now=now).missing
    if missing:
        raise NotReadyToOpen(missing)
    catalog.set_open(db, mentor_id=mentor_id, is_open=True)


def resume(db: Session, *, mentor_id: UUID, now: datetime) -> None:
    """Come back after lapsed requests paused the profile; raises NotReadyToOpen, NotAMentor."""
    if catalog.own_profile_row(db, mentor_id).paused_at is not None:
        open_to_mentorship(db, mentor_id=mentor_id, now=now)


def close_to_mentorship(db: Session, *, mentor_id: UUID) -> None:
    """Take the tag off: gone from every search at once, booked sessions stay. Raises NotAMentor."""
    catalog.set_open(db, mentor_id=mentor_id, is_open=False)


def change_currency(db: Session, *, mentor_id: UUID, currency: str, price_floor: PriceFloor, now: datetime) -> None:
    """Price in another currency; raises CurrencyInUse once anything was booked, FieldError."""
    if catalog.own_profile_row(db, mentor_id).currency == currency:
        return
    if db.exec(select(Booking.id).where(Booking.mentor_id == mentor_id).limit(1)).first() is not None:
        raise CurrencyInUse
    catalog.set_currency(db, mentor_id=mentor_id, currency=currency, price_floor=price_floor, now=now)
