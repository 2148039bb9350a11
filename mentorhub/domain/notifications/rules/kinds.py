"""The kinds of notices: what a person can be told, and which of it they cannot switch off."""

from enum import StrEnum
from typing import Final


class NoticeKind(StrEnum):
    """What a notice is about; switches are per kind."""

    BOOKED = "booked"
    CHANGED = "changed"
    CANCELLED = "cancelled"
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
    def is_required(self) -> bool:
        """Whether it always reaches the person, in the product and by mail."""
        return self in WHY_REQUIRED


WHY_REQUIRED: Final = {
    NoticeKind.BOOKED: "It carries the invitation for your calendar.",
    NoticeKind.CHANGED: "It keeps your calendar right when a time changes.",
    NoticeKind.CANCELLED: "You would wait in an empty room, or miss what goes back to the card.",
}
"""The kinds that cannot be switched off, each with the reason a person is given."""
