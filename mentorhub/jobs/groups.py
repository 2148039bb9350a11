"""Group sessions: the decision that is due, the mails about the whole session, and its end."""

from uuid import UUID

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications import service as told
from mentorhub.domain.notifications.rules import NoticeKind, SessionNotice, ahead, moment
from mentorhub.domain.notifications.service import group_mails as letters
from mentorhub.jobs.post import post


def decide(out: Outside, group_session_id: str) -> None:
    """Let a session go ahead, or call it off, at the moment that was published with it."""
    with database.transaction() as db:
        bookings.decide_group(db, group_session_id=UUID(group_session_id), now=utc_now())


def published(out: Outside, group_session_id: str) -> None:
    """Send the mentor the one invitation of the session."""
    notice, here = _notice(group_session_id), settings.current()
    key = f"{notices.GROUP_PUBLISHED}:{group_session_id}"
    out.mailer.send(
        letters.write_published(notice, key=key, site=here.public_url, sender=here.mail_from, now=utc_now())
    )


def goes_ahead(out: Outside, subject: str) -> None:
    """Tell the mentor or one person with a seat; `subject` is "<group session id> mentor" or "… <seat id>"."""
    group_session_id, _, seat = subject.partition(" ")
    side = "mentor" if seat == "mentor" else "mentee"
    notice = _notice(group_session_id, None if side == "mentor" else UUID(seat))
    key, site = f"{notices.GROUP_AHEAD}:{subject}", settings.current().public_url
    out.mailer.send(letters.write_goes_ahead(notice, side=side, key=key, site=site, now=utc_now()))


def called_off(out: Outside, subject: str) -> None:
    """Take the session out of the mentor's calendar; `subject` is "<group session id> mentor" or "… decision"."""
    group_session_id, _, by = subject.partition(" ")
    notice, here = _notice(group_session_id, too_few=by == "decision"), settings.current()
    key = f"{notices.GROUP_CALLED_OFF}:{group_session_id}"
    out.mailer.send(
        letters.write_called_off(notice, key=key, site=here.public_url, sender=here.mail_from, now=utc_now())
    )


def remind(out: Outside, subject: str) -> None:
    """Remind the mentor once of the whole session; `subject` is "<group session id> <kind>"."""
    group_text, _, kind_text = subject.partition(" ")
    group_id, kind, now, site = UUID(group_text), NoticeKind(kind_text), utc_now(), settings.current().public_url
    notice = _notice(group_text)
    if now >= notices.lapses_at(kind, notice.starts_at):
        return
    with database.transaction() as db:
        if not queries.is_reminded(db, group_session_id=group_id):
            return
        mentor_id = queries.group_page(db, group_session_id=group_id, viewer_id=None, now=now).mentor_id
        words = f"{notice.title} with {letters.counted(notice.people)} begins {ahead(notice.starts_at, now)}"
        told.tell(
            db,
            user_id=mentor_id,
            kind=kind,
            key=f"remind:{group_id}:{kind.value}",
            text=f"{words}: {moment(notice.starts_at, notice.mentor)}.",
            address=f"/mentoring/groups/{group_id}",
            now=now,
        )
    mail = letters.write_group_reminder(notice, key=f"{notices.GROUP_REMINDER}:{subject}", site=site, now=now)
    post(out, mail, user_id=mentor_id, kind=kind)


def _notice(group_session_id: str, seat_id: UUID | None = None, *, too_few: bool = False) -> SessionNotice:
    with database.reading() as db:
        return queries.group_notice(
            db,
            group_session_id=UUID(group_session_id),
            seat_id=seat_id,
            public_url=settings.current().public_url,
            too_few=too_few,
        )
