"""Feeds and invitations read back by two parsers that share no code: icalendar, and ical.js in another language."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from mentorhub.domain.common.money import Money
from mentorhub.domain.notifications.rules import SessionNotice, SessionPerson
from mentorhub.domain.notifications.rules.feed import FeedEntry
from mentorhub.domain.notifications.service import calendar_invite
from mentorhub.domain.notifications.service.feeds import free_busy_feed, sessions_feed

STARTS_PROCESSES = True
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SITE = "https://mentorhub.example"
BOOKING = UUID(int=7)
WEIRD = "Ana, “Zoë” 🧗🏽‍♀️; \\n BEGIN:VEVENT:\r\nSUMMARY:Mine\r\nEND:VCALENDAR " + "ü€😀" * 40
PAGES = (f"/sessions/{BOOKING}", f"/room/{BOOKING}")
ENTRY = FeedEntry(BOOKING, f"{BOOKING}@mentorhub", 0, "CV review with Kabir", "CONFIRMED", NOW, NOW + HOUR, NOW, *PAGES)
_MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ical.js and our program that reads with it."""
    place = tmp_path_factory.mktemp("ical")
    (place / "package.json").write_text(json.dumps({"dependencies": {"ical.js": "2.2.1"}}), encoding="utf-8")
    shutil.copy(Path(__file__).with_name("read_calendar.js"), place)
    subprocess.run([_bun(), "install", "--silent"], cwd=place, check=True)
    return place


def _bun() -> Path:
    return Path(sys.executable).with_name("bun")


def by_ical_js(reader: Path, content: bytes) -> dict[str, Any]:
    done = subprocess.run([_bun(), "read_calendar.js"], cwd=reader, input=content, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def by_icalendar(content: bytes) -> list[dict[str, Any]]:
    return [
        {
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "title": str(event["SUMMARY"]),
            "begins": int(event["DTSTART"].dt.timestamp()),
            "ends": int(event["DTEND"].dt.timestamp()),
        }
        for event in Calendar.from_ical(content).walk("VEVENT")
    ]


def both(reader: Path, content: bytes) -> list[dict[str, Any]]:
    """What the two readers agree on; every time is in UTC, every line at most 75 octets."""
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    theirs = by_ical_js(reader, content)["events"]
    assert all(event.pop("zones") == ["UTC", "UTC"] for event in theirs)
    assert theirs == by_icalendar(content)
    return theirs  # type: ignore[no-any-return]


def said(entry: FeedEntry) -> dict[str, Any]:
    """What an entry has to come back as; a line break in a title is one however it was written."""
    return {
        "uid": entry.uid,
        "sequence": entry.sequence,
        "status": entry.status,
        "title": entry.title.replace("\r\n", "\n"),
        "begins": int(entry.starts_at.timestamp()),
        "ends": int(entry.ends_at.timestamp()),
    }


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2026, 11, 24, 0, 0, tzinfo=UTC),
        datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
        datetime(2028, 2, 29, 23, 0, tzinfo=UTC),
    ],
)
def test_midnights_and_clock_changes_come_back_as_the_same_instants(reader: Path, starts_at: datetime) -> None:
    entry = replace(ENTRY, starts_at=starts_at, ends_at=starts_at + HOUR)

    assert both(reader, sessions_feed([entry], public_url=SITE)) == [said(entry)]


def test_moved_asked_and_cancelled_sessions_keep_their_identity(reader: Path) -> None:
    entries = [
        replace(ENTRY, sequence=2, starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR),
        replace(ENTRY, uid="a@mentorhub", status="TENTATIVE"),
        replace(ENTRY, uid="b@mentorhub", status="CANCELLED", sequence=3),
    ]

    content = sessions_feed(entries, public_url=SITE)

    assert both(reader, content) == [said(entry) for entry in entries]
    assert by_ical_js(reader, content)["method"] is None


def test_no_name_breaks_out_of_its_line(reader: Path) -> None:
    entry = replace(ENTRY, title=WEIRD)

    found = both(reader, sessions_feed([entry], public_url=SITE))

    assert len(found) == 1
    assert found[0]["begins"] == said(entry)["begins"]


@settings(max_examples=12, deadline=None)
@given(
    moments=st.lists(st.tuples(_MOMENTS, st.integers(1, 600)), max_size=25),
    words=st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=120),
)
def test_any_sessions_come_back_as_they_were(reader: Path, moments: list[tuple[datetime, int]], words: str) -> None:
    entries = [
        replace(
            ENTRY,
            uid=f"{number}@mentorhub",
            title=f"A {words} Z",
            starts_at=begins.replace(microsecond=0),
            ends_at=begins.replace(microsecond=0) + timedelta(minutes=minutes),
        )
        for number, (begins, minutes) in enumerate(moments)
    ]

    assert both(reader, sessions_feed(entries, public_url=SITE)) == [said(entry) for entry in entries]


@settings(max_examples=8, deadline=None)
@given(spans=st.lists(st.tuples(_MOMENTS, st.integers(1, 5000)), max_size=25))
def test_any_busy_times_come_back_as_they_were(reader: Path, spans: list[tuple[datetime, int]]) -> None:
    given_spans = [(at.replace(microsecond=0), at.replace(microsecond=0) + timedelta(minutes=n)) for at, n in spans]

    content = free_busy_feed(given_spans, uid="busy@mentorhub", now=NOW)

    expected = [[int(begins.timestamp()), int(ends.timestamp())] for begins, ends in given_spans]
    assert by_ical_js(reader, content)["busy"] == expected


@pytest.mark.parametrize(("method", "sequence", "status"), [("REQUEST", 4, "CONFIRMED"), ("CANCEL", 5, "CANCELLED")])
def test_an_invitation_is_the_same_event_as_in_the_feed(reader: Path, method: str, sequence: int, status: str) -> None:
    notice = SessionNotice(
        booking_id=BOOKING,
        title="CV review",
        starts_at=NOW,
        ends_at=NOW + HOUR,
        mentor=SessionPerson(name=WEIRD, email="kabir@example.org", zone="Europe/London"),
        mentee=SessionPerson(name="Riya", email="riya@example.org", zone="Asia/Kolkata"),
        price=Money(0, "INR"),
        refunded=Money(0, "INR"),
        full_until=NOW,
        calendar_uid=ENTRY.uid,
        version=4,
        page=SITE,
        room=SITE,
        ask="",
        cancelled_by="",
    )
    part = calendar_invite(notice, side="mentee", method=method, sender="MentorHub <hello@mentorhub.example>", now=NOW)

    (event,) = both(reader, part.content)

    assert (event["uid"], event["begins"], event["ends"]) == (ENTRY.uid, said(ENTRY)["begins"], said(ENTRY)["ends"])
    assert (event["sequence"], event["status"]) == (sequence, status)
    assert by_ical_js(reader, part.content)["method"] == method


def test_a_feed_says_how_often_it_is_worth_asking_and_is_the_same_all_day() -> None:
    content = sessions_feed([ENTRY], public_url=SITE)

    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT15M" in content
    assert b"X-PUBLISHED-TTL:PT15M" in content
    assert content == sessions_feed([ENTRY], public_url=SITE)
    morning, evening = (free_busy_feed([], uid="a", now=NOW + timedelta(hours=h)) for h in (0, 11))
    assert morning == evening
