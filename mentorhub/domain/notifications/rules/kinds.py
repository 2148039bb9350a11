"""The kinds of notices: what a person can be told, which of it is theirs to switch off, and what can wait."""

from enum import StrEnum
from typing import Final


class NoticeKind(StrEnum):
    """What a notice is about; switches are per kind."""

    BOOKED = "booked"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    SETTLED = "settled"
    REQUEST = "request"
    MOVE = "move"
    WAITLIST = "waitlist"
    REMINDER_DAY = "reminder_day"
    REMINDER_HOUR = "reminder_hour"
    REMINDER_SOON = "reminder_soon"
    OTHER_IS_HERE = "other_is_here"
    REVIEW = "review"
    CALENDAR = "calendar"

    @property
    def label(self) -> str:
        """What a person calls it, such as "The day before a session"."""
        return _LABELS[self]

    @property
    def is_required(self) -> bool:
        """Whether it always reaches the person, in the product and by its mail where it has one."""
        return self in WHY_REQUIRED

    @property
    def has_mail(self) -> bool:
        """Whether it is told by mail too, not in the product only."""
        return self not in _IN_PRODUCT_ONLY

    @property
    def can_wait(self) -> bool:
        """Whether its mail may wait for the end of quiet hours.

        What touches an agreed time or money never waits, nor does what is about the next hour: a person in
        their quiet hours who agreed to meet then wants to be called.
        """
        return self in _CAN_WAIT


WHY_REQUIRED: Final = {
    NoticeKind.BOOKED: "It carries the invitation for your calendar.",
    NoticeKind.CHANGED: "It keeps your calendar right when a time changes.",
    NoticeKind.CANCELLED: "You would wait in an empty room, or miss what goes back to the card.",
    NoticeKind.SETTLED: "In the product only: it says what was counted, and what goes back to the card.",
}
"""The kinds that cannot be switched off, each with the reason a person is given."""

_IN_PRODUCT_ONLY: Final = frozenset((NoticeKind.SETTLED, NoticeKind.CALENDAR))

_CAN_WAIT: Final = frozenset(
    (
        NoticeKind.REQUEST,
        NoticeKind.MOVE,
        NoticeKind.WAITLIST,
        NoticeKind.REMINDER_DAY,
        NoticeKind.REVIEW,
    )
)

_LABELS: Final = {
    NoticeKind.BOOKED: "A session is booked",
    NoticeKind.CHANGED: "A session has another time",
    NoticeKind.CANCELLED: "A session is cancelled, or a payment goes back",
    NoticeKind.SETTLED: "How a session was counted",
    NoticeKind.REQUEST: "Requests and their answers",
    NoticeKind.MOVE: "Somebody proposes another time",
    NoticeKind.WAITLIST: "A time you wait for is free",
    NoticeKind.REMINDER_DAY: "The day before a session",
    NoticeKind.REMINDER_HOUR: "An hour before a session",
    NoticeKind.REMINDER_SOON: "Ten minutes before a session",
    NoticeKind.OTHER_IS_HERE: "The other person is in the room",
    NoticeKind.REVIEW: "A review is asked for",
    NoticeKind.CALENDAR: "A connected calendar cannot be read",
}
