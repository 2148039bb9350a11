"""How a past session of the demo came about: booked at once, or asked for and accepted by the mentor."""

from datetime import timedelta

from mentorhub.cli.demo_world.rows import Rows
from mentorhub.domain.bookings.models import Booking, BookingChange, BookingRequest, Status

_ANSWERS_WITHIN = timedelta(hours=24)


def write_agreement(rows: Rows, booking: Booking, *, asked_first: bool) -> None:
    """Write the steps of a booking from its hold to its end, and the request where there was one."""
    sent_at = booking.created_at + timedelta(minutes=2)
    steps = [
        ("", Status.HELD, booking.created_at, booking.mentee_id),
        (Status.HELD, Status.CONFIRMED, booking.confirmed_at, booking.mentee_id),
        (Status.CONFIRMED, booking.status, booking.settled_at, None),
    ]
    if asked_first:
        steps[1:2] = [
            (Status.HELD, Status.REQUESTED, sent_at, booking.mentee_id),
            (Status.REQUESTED, Status.CONFIRMED, booking.confirmed_at, booking.mentor_id),
        ]
        rows.add(
            BookingRequest(
                booking_id=booking.id,
                mentor_id=booking.mentor_id,
                mentee_id=booking.mentee_id,
                requested_at=sent_at,
                answer_by=sent_at + _ANSWERS_WITHIN,
                lapses_at=sent_at + _ANSWERS_WITHIN,
                decided_at=booking.confirmed_at,
            )
        )
    for was, became, at, actor_id in steps:
        assert at is not None
        rows.put(
            BookingChange,
            id=rows.new_id(),
            booking_id=booking.id,
            actor_id=actor_id,
            was=was,
            became=became,
            reason="",
            at=at,
        )
