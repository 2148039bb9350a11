"""Tables of the bookings: holds and bookings with their claims, group sessions, and what is asked around them."""

from mentorhub.domain.bookings.models.asking import (
    Awaited,
    BookingRequest,
    DeclineReason,
    Intake,
    IntakeFile,
    MoveOption,
    MoveProposal,
    MoveState,
    WaitlistEntry,
    WaitState,
)
from mentorhub.domain.bookings.models.booking import (
    AttendanceCursor,
    Booking,
    BookingChange,
    Claim,
    Presence,
    Status,
)
from mentorhub.domain.bookings.models.groups import (
    GroupSession,
    GroupStatus,
)

__all__ = [
    "AttendanceCursor",
    "Awaited",
    "Booking",
    "BookingChange",
    "BookingRequest",
    "Claim",
    "DeclineReason",
    "GroupSession",
    "GroupStatus",
    "Intake",
    "IntakeFile",
    "MoveOption",
    "MoveProposal",
    "MoveState",
    "Presence",
    "Status",
    "WaitState",
    "WaitlistEntry",
]
