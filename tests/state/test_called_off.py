"""A session the mentor called off, on the mentee's page: what comes back, and others of the same field."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from reflex.constants import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog.models import ExpertiseTag, MentorExpertise, OfferingKind
from mentorhub.state.booking import BookingState
from tests.people import People, add_booking, add_mentor, add_offering
from tests.state.backstage import Backstage, sign_in


async def _others(house: Backstage, viewer: UUID, booking: UUID) -> Any:
    State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
    answer = await house.send(
        f"{BookingState.get_full_name()}.load",
        cookie=sign_in(viewer),
        path=f"/sessions/{booking}",
        query={"booking_id": str(booking)},
        tab=str(viewer),
    )
    return answer.value(BookingState.get_full_name(), "others_rx_state_")


async def test_the_mentee_is_shown_three_others_and_the_mentor_none(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        db.add(ExpertiseTag(slug="product", name="Product"))
        db.flush()
        db.add(MentorExpertise(mentor_id=three.mentor, tag="product", years=9))
        for name in ("Ada Orme", "Ben Pike", "Cem Rast", "Dov Sand"):
            other = add_mentor(db, name=name, email=f"{name[:3].lower()}@example.org", zone="Europe/London")
            add_offering(db, other, kind=OfferingKind.CV_REVIEW, title="CV read", minutes=30, price_minor=90000)
            db.add(MentorExpertise(mentor_id=other, tag="product", years=3))
        booking_id = add_booking(db, three, starts_at=datetime.now(UTC) + timedelta(days=3))
        booking = db.get_one(Booking, booking_id)
        booking.status, booking.cancelled_by, booking.cancelled_at = Status.CANCELLED, three.mentor, datetime.now(UTC)

    others = await _others(house, three.mentee, booking_id)

    assert len(others) == 3
    assert all(other.href.startswith("/mentors/") and other.free.startswith("Free ") for other in others)
    assert await _others(house, three.mentor, booking_id) in (None, [])
