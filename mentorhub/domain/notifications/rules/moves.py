"""Mails about moving a session: their topics, and what they need to know of a proposal.

The subject of the first two is the proposal's id: the first goes to whoever is asked, the second to whoever
asked. The last one's is "<booking id> mentor" or "<booking id> mentee".
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mentorhub.domain.notifications.rules.notice import SessionNotice

MOVE_PROPOSED: Final = "mail.move_proposed"
MOVE_KEPT: Final = "mail.move_kept"
BOOKING_MOVED: Final = "mail.booking_moved"


@dataclass(frozen=True)
class MoveNotice:
    """A proposal as its mails tell it; `by` and `to` are "mentor" or "mentee"."""

    session: SessionNotice
    by: str
    to: str
    starts: tuple[datetime, ...]
    note: str
    lapses_at: datetime
    is_open: bool
    is_declined: bool
