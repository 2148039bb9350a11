"""What stands beside a chosen time: its terms in one sentence, and where to go when it cannot be held."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.errors import AlreadyAsking, AlreadyMetForIntro, CheckoutInProgress, TooManyRequests
from mentorhub.domain.common import moments
from mentorhub.domain.common.errors import DomainError
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.marketplace.queries import MentorPageView, OfferingView
from mentorhub.domain.payments import rules as money
from mentorhub.state import shown
from mentorhub.state.base import current_viewer, read


async def terms_of(
    mentor: MentorPageView, offering: OfferingView, start: datetime, zone: ZoneInfo, now: datetime
) -> str:
    """By when the mentor answers if they are asked first, and until when calling off is free."""
    window = money.refund_window(mentor.policy, start)
    when = shown.free_until(window.full_until, window.half_until, zone=zone, now=now)
    free = "Nothing to pay, call off any time before." if not offering.price_minor else f"Free to cancel {when}"
    viewer, offering_id = current_viewer(), parse_id(offering.offering_id)
    due = await read(
        bookings.answer_due,
        offering_id=offering_id,
        viewer_id=viewer.user_id if viewer else None,
        starts_at=start,
        now=now,
    )
    if due is None:
        return free
    first = shown.first_name(mentor.name)
    charged = f" Your card is only charged when {first} accepts." if offering.price_minor else ""
    return f"{first} answers by {moments.when(due, zone)}.{charged} {free}"


async def way_on(refusal: DomainError, viewer_id: UUID, now: datetime) -> tuple[str, str]:
    """Where to go after a refusal, and what that link says; two empty words where there is no such place."""
    if isinstance(refusal, AlreadyMetForIntro):
        return "#offerings", "See the sessions"
    if isinstance(refusal, TooManyRequests) and refusal.oldest:
        return f"/sessions/{refusal.oldest}", "Look at the oldest request"
    if isinstance(refusal, AlreadyAsking) and refusal.booking_id:
        return f"/sessions/{refusal.booking_id}", "Look at your open request"
    if isinstance(refusal, CheckoutInProgress):
        held = await read(service.live_hold_of, mentee_id=viewer_id, now=now)
        return (f"/checkout/{held.id}", "Go to that payment") if held else ("", "")
    return "", ""
