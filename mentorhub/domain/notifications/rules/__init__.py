"""What is always true of mails: topics, the shape of a message, how a time is said, what a notice says."""

from mentorhub.domain.notifications.rules.kinds import WHY_REQUIRED, NoticeKind
from mentorhub.domain.notifications.rules.mime import compose
from mentorhub.domain.notifications.rules.notice import SessionNotice, SessionPerson
from mentorhub.domain.notifications.rules.times import moment, span
from mentorhub.domain.notifications.rules.topics import (
    BOOKING_CANCELLED,
    BOOKING_CONFIRMED,
    PAID_TOO_LATE,
    REVIEW_ASKED,
)

__all__ = [
    "BOOKING_CANCELLED",
    "BOOKING_CONFIRMED",
    "PAID_TOO_LATE",
    "REVIEW_ASKED",
    "WHY_REQUIRED",
    "NoticeKind",
    "SessionNotice",
    "SessionPerson",
    "compose",
    "moment",
    "span",
]
