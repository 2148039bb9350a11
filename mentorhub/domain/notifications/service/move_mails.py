"""Mails about moving a session: the question, the new time, or that the present one stays."""

from datetime import datetime

from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import SessionNotice, moment, short_moment
from mentorhub.domain.notifications.rules.moves import MoveNotice
from mentorhub.domain.notifications.service.calendar import calendar_invite
from mentorhub.domain.notifications.service.letter import Letter, write
from mentorhub.domain.notifications.service.session_mails import names, quoted, when_rows


def write_moved(notice: SessionNotice, *, side: str, key: str, site: str, sender: str, now: datetime) -> OutgoingMail:
    """A session has another time; the invitation of the same entry moves it in the calendar."""
    person = notice.person(side)
    when = short_moment(notice.starts_at, person)
    letter = Letter(
        "moved",
        f"New time: {notice.title} with {notice.other(side).name}, {when}",
        {
            **names(notice, side),
            "full_until": moment(notice.full_until, person),
            "is_free_still": notice.full_until >= now,
        },
        ("See the session", notice.page),
        (*when_rows(notice, side), ("Room", notice.room)),
    )
    invite = calendar_invite(notice, side=side, method="REQUEST", sender=sender, now=now)
    return write(letter, key=key, to=person.email, site=site, now=now, calendar=invite)


def write_move_proposed(notice: MoveNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """The other side proposes other times; whoever is asked sees them on both clocks."""
    session, side = notice.session, notice.to
    reader, theirs = session.person(side), session.other(side).zone
    facts = {**names(session, side), "lapses_at": moment(notice.lapses_at, reader), "note": quoted(notice.note)}
    proposed = [
        moment(start, reader) + ("" if reader.zone == theirs else f"; {moment(start, reader, zone=theirs)}")
        for start in notice.starts
    ]
    rows = (
        ("Present time", moment(session.starts_at, reader)),
        *(("Proposed" if number == 0 else "Or", words) for number, words in enumerate(proposed)),
    )
    letter = Letter(
        "move_proposed",
        f"{session.other(side).name} proposes another time for {session.title}",
        facts,
        ("Choose a time", session.page),
        rows,
    )
    return write(letter, key=key, to=reader.email, site=site, now=now)


def write_move_kept(notice: MoveNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """Whoever proposed other times hears that the present one stays."""
    session, side = notice.session, notice.by
    letter = Letter(
        "move_kept",
        f"{session.title} keeps its present time",
        {**names(session, side), "is_declined": notice.is_declined},
        ("See the session", session.page),
        when_rows(session, side),
    )
    return write(letter, key=key, to=session.person(side).email, site=site, now=now)
