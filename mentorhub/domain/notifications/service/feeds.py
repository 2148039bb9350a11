"""Calendar feeds (RFC 5545 and 7986): sessions, or only when somebody is taken. The same facts give the same bytes."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, FreeBusy, vUri

from mentorhub.domain.notifications.rules.feed import FeedEntry

_REFRESH = timedelta(minutes=15)
_AHEAD = timedelta(days=400)


def sessions_feed(entries: Iterable[FeedEntry], *, public_url: str) -> bytes:
    """A person's sessions as a calendar to subscribe to; times in UTC, no invitations, no alarms."""
    calendar = _calendar("MentorHub sessions")
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("sequence", entry.sequence)
        event.add("dtstamp", entry.changed_at.astimezone(UTC))
        event.add("dtstart", entry.starts_at.astimezone(UTC))
        event.add("dtend", entry.ends_at.astimezone(UTC))
        event.add("summary", entry.title)
        event.add("status", entry.status)
        event.add("transp", "TRANSPARENT" if entry.status == "CANCELLED" else "OPAQUE")
        event.add("location", f"{public_url}{entry.room}")
        event["url"] = vUri(f"{public_url}{entry.page}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def free_busy_feed(spans: Iterable[tuple[datetime, datetime]], *, uid: str, now: datetime) -> bytes:
    """When a person is taken, in UTC, and nothing else about it; `uid` names the feed for good."""
    # The day, not the moment: the feed stays the same until something changes, and so does its ETag.
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    busy = FreeBusy()
    busy.add("uid", uid)
    busy.add("dtstamp", day)
    busy.add("dtstart", day - timedelta(days=1))
    busy.add("dtend", day + _AHEAD)
    for begins, ends in spans:
        busy.add("freebusy", [(begins.astimezone(UTC), ends.astimezone(UTC))], parameters={"FBTYPE": "BUSY"})
    calendar = _calendar("MentorHub busy times")
    calendar.add_component(busy)
    return bytes(calendar.to_ical())


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//MentorHub//Feeds//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    return calendar
