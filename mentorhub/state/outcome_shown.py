"""What happened to a booking, in a sentence for the one who reads it."""

from mentorhub.domain.bookings.models import Status
from mentorhub.domain.bookings.queries import BookingView
from mentorhub.state import shown


def outcome_shown(booking: BookingView) -> str:
    """The sentence, empty while nothing happened; of a request its own part of the page says so."""
    if booking.by_request and booking.status in (Status.EXPIRED, Status.DECLINED):
        return ""
    theirs = shown.first_name(booking.other.name)
    mentor_missed = "You did not come" if booking.i_mentor else f"{theirs} did not come"
    mentee_missed = f"{theirs} did not come" if booking.i_mentor else "You did not come"
    back = f" {booking.refunded.format()} goes back to the card." if booking.refunded else ""
    return {
        Status.MET: f"You met for {booking.met_minutes} minutes.",
        Status.SHORT: f"You were together for {booking.met_minutes} minutes, less than half of the time.{back}",
        Status.MENTOR_ABSENT: f"{mentor_missed}.{back}",
        Status.MENTEE_ABSENT: f"{mentee_missed}. The session counts as held.",
        Status.NOBODY: f"Nobody came.{back}",
        Status.UNKNOWN: "We cannot tell what happened; nobody gets a mark.",
        Status.CANCELLED: f"{_called_off(booking, theirs)}.{back}",
        Status.EXPIRED: f"The time was not held any more when this ended.{back}",
    }.get(booking.status, "")


def _called_off(booking: BookingView, theirs: str) -> str:
    if booking.why_called_off:
        return f"This does not take place: {booking.why_called_off}"
    return "You called this off" if booking.cancelled_by_me else f"{theirs} called this off"
