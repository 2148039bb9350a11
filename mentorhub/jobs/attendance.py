"""Who was in which room: the media worker's journal is read, and sessions whose room closed are settled."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import structlog

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.service import JournalEntry
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.ids import parse_id
from mentorhub.settings import Settings
from mentorhub.video.join_token import control_key

_SECONDS = 5.0
_known_journals: dict[str, str] = {}
_log = structlog.get_logger(__name__)


def read_journal(out: Outside) -> None:
    """Read what the media worker wrote since the last time; lines read before change nothing."""
    here = settings.current()
    if here.media_url is None:
        return
    try:
        with _media(here) as media:
            while _read_page(media):
                pass
    except httpx.HTTPError as error:
        _log.warning("attendance.media_away", error=type(error).__name__)


def close_room(out: Outside, booking_id: str) -> None:
    """Send the people of a session that was called off out of its open room; of a group session that one only."""
    here = settings.current()
    with database.reading() as db:
        closing = bookings.closing_of(db, booking_id=UUID(booking_id))
    said = {"until": closing.until.timestamp(), "user": str(closing.user_id) if closing.user_id else None}
    with _media(here) as media:
        answer = media.post(f"/rooms/{closing.room_id}/cancel", json=said)
        answer.raise_for_status()


def _media(here: Settings) -> httpx.Client:
    headers = {"Authorization": f"Bearer {control_key(here.secret)}"}
    return httpx.Client(base_url=here.media_url or "", headers=headers, timeout=_SECONDS, trust_env=False)


def _read_page(media: httpx.Client) -> bool:
    """Read one page; True when there may be more."""
    place = str(media.base_url)
    journal = _known_journals.get(place, "")
    with database.reading() as db:
        after = bookings.cursor_of(db, journal) if journal else 0
    answer = media.get("/attendance", params={"after": after}).raise_for_status().json()
    if answer["journal"] != journal:
        _known_journals[place] = answer["journal"]
        return True
    entries = list(_entries(answer["entries"]))
    if entries:
        with database.transaction() as db:
            bookings.record_journal(db, journal=journal, entries=entries)
    return bool(entries)


def _entries(lines: Iterable[dict[str, Any]]) -> Iterable[JournalEntry]:
    for line in lines:
        room_id, user_id = parse_id(line["booking_id"]), parse_id(line["user_id"])
        if room_id is None or user_id is None:
            _log.warning("attendance.unreadable", sequence=line["sequence"])
            continue
        yield JournalEntry(
            sequence=line["sequence"],
            room_id=room_id,
            user_id=user_id,
            joined=line["event"] == "joined",
            at=datetime.fromtimestamp(line["at"], UTC),
        )


def settle_sessions(out: Outside) -> None:
    """Settle every session whose room has closed, after its last lines were read."""
    read_journal(out)
    with database.reading() as db:
        due = bookings.due_for_settling(db, now=utc_now())
    for booking_id in due:
        with database.transaction() as db:
            bookings.settle(db, booking_id=booking_id, now=utc_now())
    with database.transaction() as db:
        bookings.close_groups(db, now=utc_now())


def lapse_holds(out: Outside) -> None:
    """Expire holds that ran out, so that open pages see the times come back."""
    with database.transaction() as db:
        bookings.expire_all_lapsed(db, now=utc_now())
