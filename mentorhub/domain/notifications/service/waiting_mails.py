"""The mail to somebody whose turn in the line has come."""

from datetime import datetime

from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import SessionNotice, moment
from mentorhub.domain.notifications.service.letter import Letter, write
from mentorhub.domain.notifications.service.session_mails import names, when_rows


def write_offer(notice: SessionNotice, *, until: datetime, key: str, site: str, now: datetime) -> OutgoingMail:
    """A freed time is kept for the mentee until `until`; the way leads to the page that books or gives it back."""
    person = notice.mentee
    kept = moment(until, person)
    letter = Letter(
        "waitlist_offer",
        f"A time is free: {notice.title} with {notice.mentor.name}",
        {**names(notice, "mentee"), "until": kept},
        ("Look at the time", f"{site}/checkout/{notice.booking_id}"),
        (*when_rows(notice, "mentee"), ("Kept until", kept)),
    )
    return write(letter, key=key, to=person.email, site=site, now=now)
