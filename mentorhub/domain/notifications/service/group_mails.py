"""Mails about a whole group session: one of each for its mentor, and the word that it goes ahead for everybody."""

from datetime import datetime

from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import SessionNotice, ahead, moment, short_moment
from mentorhub.domain.notifications.service.calendar import calendar_invite
from mentorhub.domain.notifications.service.letter import Letter, write
from mentorhub.domain.notifications.service.session_mails import names, when_rows


def write_published(notice: SessionNotice, *, key: str, site: str, sender: str, now: datetime) -> OutgoingMail:
    """The session is published: its mentor gets the one invitation, and reads when it is decided."""
    decide_by = moment(notice.decide_by, notice.mentor) if notice.decide_by is not None else ""
    letter = Letter(
        "group_published",
        f"Published: {notice.title}, {short_moment(notice.starts_at, notice.mentor)}",
        {
            **names(notice, "mentor"),
            "seats": notice.seats,
            "needed": counted(notice.seats_needed),
            "decide_by": decide_by,
        },
        ("See the group session", notice.page),
        (*when_rows(notice, "mentor"), ("Room", notice.room)),
    )
    invite = calendar_invite(notice, side="mentor", method="REQUEST", sender=sender, now=now)
    return write(letter, key=key, to=notice.mentor.email, site=site, now=now, calendar=invite)


def write_goes_ahead(notice: SessionNotice, *, side: str, key: str, site: str, now: datetime) -> OutgoingMail:
    """Enough people have a seat, so it takes place."""
    letter = Letter(
        "group_ahead",
        f"It goes ahead: {notice.title}",
        {
            **names(notice, side),
            "people": counted(notice.people),
            "have": "has" if notice.people == 1 else "have",
        },
        ("See the session", notice.page),
        (*when_rows(notice, side), ("Room", notice.room)),
    )
    return write(letter, key=key, to=notice.person(side).email, site=site, now=now)


def write_called_off(notice: SessionNotice, *, key: str, site: str, sender: str, now: datetime) -> OutgoingMail:
    """The session does not take place: its calendar entry is taken back, and the mentor reads what goes back."""
    letter = Letter(
        "group_called_off",
        f"Called off: {notice.title}, {short_moment(notice.starts_at, notice.mentor)}",
        {**names(notice, "mentor"), "why": notice.why},
        ("See the group session", notice.page),
        when_rows(notice, "mentor"),
    )
    taken_back = calendar_invite(notice, side="mentor", method="CANCEL", sender=sender, now=now)
    return write(letter, key=key, to=notice.mentor.email, site=site, now=now, calendar=taken_back)


def write_group_reminder(notice: SessionNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """The session comes nearer: how far ahead it is, and how many come."""
    far = ahead(notice.starts_at, now)
    letter = Letter(
        "group_reminder",
        f"{'Now' if far == 'now' else far.capitalize()}: {notice.title} with your group",
        {
            **names(notice, "mentor"),
            "ahead": far,
            "people": notice.people,
            "seats": notice.seats,
            "are": "is" if notice.people == 1 else "are",
        },
        ("Go to the room", notice.room),
        (*when_rows(notice, "mentor"), ("Room", notice.room)),
    )
    return write(letter, key=key, to=notice.mentor.email, site=site, now=now)


def counted(people: int) -> str:
    """Such as "1 person" or "4 people"."""
    return "1 person" if people == 1 else f"{people} people"
