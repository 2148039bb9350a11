"""What is always true of mails: topics, the shape of a message, how a time is said, what a notice says."""

from mentorhub.domain.notifications.rules.kinds import WHY_REQUIRED, NoticeKind
from mentorhub.domain.notifications.rules.mime import compose
from mentorhub.domain.notifications.rules.notice import SessionNotice, SessionPerson
from mentorhub.domain.notifications.rules.quiet import Quiet, quiet_until
from mentorhub.domain.notifications.rules.reminders import LEADS, ahead, lapses_at, reminders_of
from mentorhub.domain.notifications.rules.times import moment, short_moment, span
from mentorhub.domain.notifications.rules.topics import (
    BOOKING_CANCELLED,
    BOOKING_CONFIRMED,
    GROUP_AHEAD,
    GROUP_CALLED_OFF,
    GROUP_PUBLISHED,
    GROUP_REMINDER,
    MENTOR_PAUSED,
    PAID_TOO_LATE,
    REMINDER,
    REQUEST_CARD_FAILED,
    REQUEST_DECLINED,
    REQUEST_EXPIRED,
    REQUEST_QUESTION,
    REQUEST_RECEIVED,
    REQUEST_REPLIED,
    REQUEST_TOO_LATE,
    REVIEW_ASKED,
    SOMEBODY_CAME,
    SOMEBODY_WAITS,
    WAITLIST_OFFER,
)
from mentorhub.domain.notifications.rules.way_out import read_way_out, way_out_token

__all__ = [
    "BOOKING_CANCELLED",
    "BOOKING_CONFIRMED",
    "GROUP_AHEAD",
    "GROUP_CALLED_OFF",
    "GROUP_PUBLISHED",
    "GROUP_REMINDER",
    "LEADS",
    "MENTOR_PAUSED",
    "PAID_TOO_LATE",
    "REMINDER",
    "REQUEST_CARD_FAILED",
    "REQUEST_DECLINED",
    "REQUEST_EXPIRED",
    "REQUEST_QUESTION",
    "REQUEST_RECEIVED",
    "REQUEST_REPLIED",
    "REQUEST_TOO_LATE",
    "REVIEW_ASKED",
    "SOMEBODY_CAME",
    "SOMEBODY_WAITS",
    "WAITLIST_OFFER",
    "WHY_REQUIRED",
    "NoticeKind",
    "Quiet",
    "SessionNotice",
    "SessionPerson",
    "ahead",
    "compose",
    "lapses_at",
    "moment",
    "quiet_until",
    "read_way_out",
    "reminders_of",
    "short_moment",
    "span",
    "way_out_token",
]
