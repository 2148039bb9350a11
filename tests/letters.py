"""A session as its mails tell it: Riya in Pune learns from Kabir in London."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from mentorhub.domain.common.money import Money
from mentorhub.domain.notifications.rules import SessionNotice, SessionPerson
from tests.people import SUNDAY

SITE = "https://mentorhub.example"
SENDER = "MentorHub <hello@mentorhub.example>"

_TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_BASE = SessionNotice(
    booking_id=UUID(int=7),
    title="CV review",
    starts_at=_TUESDAY,
    ends_at=_TUESDAY + timedelta(minutes=30),
    mentor=SessionPerson("Kabir Deshmukh", "kabir@example.org", "Europe/London"),
    mentee=SessionPerson("Riya Patil", "riya@example.org", "Asia/Kolkata"),
    price=Money(120000, "INR"),
    refunded=Money(0, "INR"),
    full_until=_TUESDAY - timedelta(hours=24),
    calendar_uid="7@mentorhub.example",
    version=0,
    page=f"{SITE}/sessions/7",
    room=f"{SITE}/room/7",
)


def notice(**changed: Any) -> SessionNotice:
    """The session, with some of it changed."""
    return replace(_BASE, **changed)


def mail_facts() -> dict[str, Any]:
    """Where and when mails are written in tests."""
    return {"key": "test", "site": SITE, "now": SUNDAY}
