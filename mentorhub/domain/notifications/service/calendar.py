"""Calendar parts of session mails (RFC 5545 and 5546)."""

from datetime import UTC, datetime
from email.utils import parseaddr

from icalendar import Calendar, Event, vCalAddress, vText, vUri

from mentorhub.domain.notifications.ports import CalendarPart
from mentorhub.domain.notifications.rules import SessionNotice


def calendar_invite(notice: SessionNotice, *, side: str, method: str, sender: str, now: datetime) -> CalendarPart:
    """The invitation of one person ("REQUEST"), or its withdrawal ("CANCEL", one SEQUENCE further).

    The UID stays the booking's own through every change; the other person's address is not given away.
    """
    cancels = method == "CANCEL"
    event = Event()
    event.add("uid", notice.calendar_uid)
    event.add("sequence", notice.version + (1 if cancels else 0))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", notice.starts_at.astimezone(UTC))
    event.add("dtend", notice.ends_at.astimezone(UTC))
    event.add("summary", f"{notice.title} with {notice.other(side).name}")
    event.add("status", "CANCELLED" if cancels else "CONFIRMED")
    event.add("location", notice.room)
    event["url"] = vUri(notice.page)
    event.add("description", f"Room: {notice.room}\nSession: {notice.page}")
    event["organizer"] = _organizer(sender)
    event.add("attendee", _attendee(notice, side), encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//MentorHub//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return CalendarPart(method, calendar.to_ical())


def _organizer(sender: str) -> vCalAddress:
    name, address = parseaddr(sender)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(name or "MentorHub")
    return organizer


def _attendee(notice: SessionNotice, side: str) -> vCalAddress:
    person = notice.person(side)
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["CN"] = vText(person.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("TRUE")
    return attendee
