"""What a mail about a request needs to know of it; filled by whoever can see bookings."""

from dataclasses import dataclass
from datetime import datetime

from mentorhub.domain.notifications.rules.notice import SessionNotice


@dataclass(frozen=True)
class FitNotice:
    """Another mentor who may fit, with their nearest free time and the full address of their page."""

    name: str
    role: str
    starts_at: datetime
    page: str


@dataclass(frozen=True)
class RequestNotice:
    """A request as its mails tell it; instants are UTC.

    `deadline` is until when the mentor may answer, or the mentee pay anew once it `was_accepted`. `is_open` says
    whether there is anything left to do.
    """

    session: SessionNotice
    is_open: bool = False
    was_accepted: bool = False
    deadline: datetime | None = None
    question: str = ""
    reply_by: datetime | None = None
    reply: str = ""
    reason: str = ""
    note: str = ""
    fits: tuple[FitNotice, ...] = ()
