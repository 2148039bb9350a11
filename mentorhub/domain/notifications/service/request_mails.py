"""Mails about requests: asked, asked back, replied, declined, lapsed, and a card that was refused."""

from datetime import datetime
from typing import Any, TypedDict

from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import moment
from mentorhub.domain.notifications.rules.requests import RequestNotice
from mentorhub.domain.notifications.service.letter import Letter, write
from mentorhub.domain.notifications.service.session_mails import fit_rows, names, quoted, when_rows


class Frame(TypedDict):
    """What every mail is written with: its key, the product's address, the present moment."""

    key: str
    site: str
    now: datetime


def write_received(notice: RequestNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """Somebody asks the mentor for a time."""
    subject = f"{notice.session.mentee.name} asks for {notice.session.title}"
    return _mail(
        "request_received", notice, "mentor", subject, ("Answer the request", notice.session.page), key, site, now
    )


def write_question(notice: RequestNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """The mentor asks the mentee something first."""
    subject = f"{notice.session.mentor.name} has a question before {notice.session.title}"
    return _mail("request_question", notice, "mentee", subject, ("Reply", notice.session.page), key, site, now)


def write_replied(notice: RequestNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """The mentee replied to the question."""
    subject = f"{notice.session.mentee.name} replied about {notice.session.title}"
    return _mail(
        "request_replied", notice, "mentor", subject, ("Answer the request", notice.session.page), key, site, now
    )


def write_declined(notice: RequestNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """The mentor cannot take it; nothing was charged, and others have time."""
    subject = f"{notice.session.mentor.name} cannot take {notice.session.title} this time"
    return _mail("request_declined", notice, "mentee", subject, ("Find a mentor", f"{site}/mentors"), key, site, now)


def write_lapsed(notice: RequestNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """The request ended by the clock."""
    subject = f"Your request for {notice.session.title} with {notice.session.mentor.name} has ended"
    return _mail("request_lapsed", notice, "mentee", subject, ("Find a mentor", f"{site}/mentors"), key, site, now)


def write_too_late(notice: RequestNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """The card was authorised when the time was gone."""
    subject = f"The time for {notice.session.title} was gone"
    return _mail("request_too_late", notice, "mentee", subject, ("Find a mentor", f"{site}/mentors"), key, site, now)


def write_card_failed(notice: RequestNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """The mentor said yes and the card no."""
    subject = f"{notice.session.mentor.name} accepted; please pay again for {notice.session.title}"
    pay = ("Pay again", f"{site}/checkout/{notice.session.booking_id}")
    return _mail("request_card_failed", notice, "mentee", subject, pay, key, site, now)


def write_paused(notice: RequestNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """Two lapsed requests closed the mentor's profile."""
    letter = Letter(
        "mentor_paused",
        "Your profile is paused",
        {"first_name": notice.session.mentor.first_name},
        ("Open it again", f"{site}/mentoring/profile"),
    )
    return write(letter, key=key, to=notice.session.mentor.email, site=site, now=now)


def _mail(
    template: str,
    notice: RequestNotice,
    side: str,
    subject: str,
    button: tuple[str, str],
    key: str,
    site: str,
    now: datetime,
) -> OutgoingMail:
    session = notice.session
    reader = session.person(side)
    facts: dict[str, Any] = {
        **names(session, side),
        "ask": quoted(session.ask),
        "deadline": moment(notice.deadline, reader) if notice.deadline else "",
        "question": quoted(notice.question),
        "reply_by": moment(notice.reply_by, reader) if notice.reply_by else "",
        "reply": quoted(notice.reply),
        "reason": notice.reason,
        "note": quoted(notice.note),
        "was_accepted": notice.was_accepted,
        "has_fits": bool(notice.fits),
    }
    letter = Letter(template, subject, facts, button, when_rows(session, side) + fit_rows(notice.fits, reader))
    return write(letter, key=key, to=reader.email, site=site, now=now)
