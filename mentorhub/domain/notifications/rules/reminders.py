"""Reminders of a session: when each is due, how long it is still worth sending, and how far ahead it says."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from mentorhub.domain.notifications.rules.kinds import NoticeKind

LEADS: Final[Mapping[NoticeKind, timedelta]] = {
    NoticeKind.REMINDER_DAY: timedelta(hours=24),
    NoticeKind.REMINDER_HOUR: timedelta(hours=1),
    NoticeKind.REMINDER_SOON: timedelta(minutes=10),
}
"""How long before the start each reminder is due, in time that passes, whatever clocks do meanwhile."""

_LAPSES: Final = {
    NoticeKind.REMINDER_DAY: LEADS[NoticeKind.REMINDER_HOUR],
    NoticeKind.REMINDER_HOUR: LEADS[NoticeKind.REMINDER_SOON],
    NoticeKind.REMINDER_SOON: timedelta(0),
}


def reminders_of(starts_at: datetime, *, now: datetime) -> Mapping[NoticeKind, datetime]:
    """The reminders still ahead and when they are due; one that would have been due already is left out."""
    due = {kind: starts_at - lead for kind, lead in LEADS.items()}
    return {kind: at for kind, at in due.items() if at > now}


def lapses_at(kind: NoticeKind, starts_at: datetime) -> datetime:
    """From when on a reminder says nothing any more: once the next one is due, the last one at the start."""
    return starts_at - _LAPSES[kind]


def ahead(starts_at: datetime, now: datetime) -> str:
    """How far ahead a start is, such as "in 24 hours", "in 1 hour", "in 10 minutes", "now": the nearest whole."""
    minutes = round((starts_at - now) / timedelta(minutes=1))
    if minutes >= 90 or minutes == 60:
        return f"in {_counted(round(minutes / 60), 'hour')}"
    return f"in {_counted(minutes, 'minute')}" if minutes > 0 else "now"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
