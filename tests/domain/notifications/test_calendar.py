"""Invitations as any calendar reads them."""

from datetime import timedelta

import icalendar

from mentorhub.domain.notifications.ports import CalendarPart
from mentorhub.domain.notifications.rules import SessionPerson
from mentorhub.domain.notifications.service import calendar_invite
from tests.letters import SENDER, SITE, notice
from tests.people import SUNDAY


def event_in(part: CalendarPart) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(part.content)
    assert str(calendar["method"]) == part.method
    (event,) = calendar.walk("VEVENT")
    return event


def test_an_invitation_gives_the_instants_the_room_and_the_people() -> None:
    event = event_in(calendar_invite(notice(), side="mentee", method="REQUEST", sender=SENDER, now=SUNDAY))

    assert event.decoded("dtstart") == notice().starts_at
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=30)
    assert event.decoded("dtstamp") == SUNDAY
    assert str(event["summary"]) == "CV review with Kabir Deshmukh"
    assert (str(event["location"]), str(event["url"])) == (f"{SITE}/room/7", f"{SITE}/sessions/7")
    assert (str(event["status"]), int(event["sequence"])) == ("CONFIRMED", 0)
    assert str(event["organizer"]) == "mailto:hello@mentorhub.example"
    assert str(event["attendee"]) == "mailto:riya@example.org"
    assert event["attendee"].params["RSVP"] == "TRUE"


def test_the_other_persons_address_is_not_given_away() -> None:
    part = calendar_invite(notice(), side="mentee", method="REQUEST", sender=SENDER, now=SUNDAY)

    assert b"kabir@example.org" not in part.content


def test_times_are_utc_and_lines_are_folded_for_every_calendar() -> None:
    long = notice(title="CV review " + "ß" * 60)

    part = calendar_invite(long, side="mentee", method="REQUEST", sender=SENDER, now=SUNDAY)

    assert b"DTSTART:20261124T090000Z" in part.content
    assert all(len(line) <= 75 for line in part.content.split(b"\r\n"))


def test_a_cancellation_takes_back_the_same_entry() -> None:
    invited = event_in(calendar_invite(notice(version=2), side="mentor", method="REQUEST", sender=SENDER, now=SUNDAY))
    gone = event_in(calendar_invite(notice(version=2), side="mentor", method="CANCEL", sender=SENDER, now=SUNDAY))

    assert invited["uid"] == gone["uid"] == "7@mentorhub.example"
    assert int(gone["sequence"]) > int(invited["sequence"]) == 2
    assert str(gone["status"]) == "CANCELLED"


def test_a_name_cannot_add_lines_to_an_invitation() -> None:
    sly = SessionPerson('Riya"\r\nX-EVIL:1;CN="Root', "riya@example.org", "UTC")

    part = calendar_invite(
        notice(mentee=sly, title="A\r\nATTENDEE:mailto:evil@example.org"),
        side="mentee",
        method="REQUEST",
        sender=SENDER,
        now=SUNDAY,
    )

    lines = part.content.replace(b"\r\n ", b"").split(b"\r\n")
    assert not [line for line in lines if line.startswith((b"X-EVIL", b"ATTENDEE:mailto:evil"))]
    assert len([line for line in lines if line.startswith(b"ATTENDEE")]) == 1
