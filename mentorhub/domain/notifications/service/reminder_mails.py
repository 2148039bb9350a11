"""Mails that call two people to their session; `side` is "mentor" or "mentee", whoever gets the mail."""

from dataclasses import replace
from datetime import datetime
from html import escape

from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import NoticeKind, SessionNotice, ahead, moment
from mentorhub.domain.notifications.service.letter import WAY_OUT_PLACE, Letter, write
from mentorhub.domain.notifications.service.session_mails import names, quoted, when_rows


def write_reminder(
    notice: SessionNotice, *, side: str, kind: NoticeKind, key: str, site: str, now: datetime
) -> OutgoingMail:
    """The session comes nearer: how far ahead it really is, on both clocks, what was asked, and the room."""
    person, other, is_day = notice.person(side), notice.other(side), kind is NoticeKind.REMINDER_DAY
    far = ahead(notice.starts_at, now)
    free = bool(notice.price) and side == "mentee" and now < notice.full_until
    letter = Letter(
        "reminder",
        f"{'Now' if far == 'now' else far.capitalize()}: {notice.title} with {other.name}",
        {
            **names(notice, side),
            "ahead": far,
            "ask": quoted(notice.ask),
            "to_mentor": side == "mentor",
            "is_day": is_day,
            "full_until": moment(notice.full_until, person) if free else "",
        },
        ("Say that you are coming", notice.page) if is_day else ("Go to the room", notice.room),
        (*when_rows(notice, side), ("Room", notice.room)),
    )
    return write(letter, key=key, to=person.email, site=site, now=now)


def write_other_is_here(notice: SessionNotice, *, side: str, key: str, site: str, now: datetime) -> OutgoingMail:
    """The session has begun and the other one sits alone in the room."""
    letter = Letter(
        "other_is_here",
        f"{notice.other(side).name} is in the room",
        names(notice, side),
        ("Go to the room", notice.room),
        when_rows(notice, side),
    )
    return write(letter, key=key, to=notice.person(side).email, site=site, now=now)


def with_way_out(mail: OutgoingMail, address: str, *, kind: NoticeKind) -> OutgoingMail:
    """The mail with the address that switches its kind off: in its header for mail programs, in words at its foot."""
    words = f"No more mails like this ({kind.label.lower()})"
    link = f'<br><a href="{escape(address)}" style="color:#55605A">{escape(words)}</a>'
    return replace(
        mail,
        text=f"{mail.text}{words}:\n{address}\n",
        html=mail.html.replace(WAY_OUT_PLACE, link),
        unsubscribe=address,
    )
