"""Handlers that write a mail and hand it to the mailer; the subject is what the outbox row is about."""

from collections.abc import Callable
from uuid import UUID

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.accounts import rules as topics
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.accounts.service import IssuedLink
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.marketplace import queries as market
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications import service as letters
from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import SessionNotice
from mentorhub.domain.notifications.rules.requests import FitNotice
from mentorhub.jobs.post import post


def verify(out: Outside, request: str) -> None:
    """Ask whether an address is the person's own."""
    _with_link(out, request, topics.VERIFY_MAIL, letters.write_verify)


def reset(out: Outside, request: str) -> None:
    """Send the link for a new password."""
    _with_link(out, request, topics.RESET_MAIL, letters.write_reset)


def change_email(out: Outside, request: str) -> None:
    """Ask a new address for its consent."""
    _with_link(out, request, topics.CHANGE_EMAIL_MAIL, letters.write_change_email)


def email_changed(out: Outside, request: str) -> None:
    """Tell the old address that it is no longer used, with a way back."""
    _with_link(out, request, topics.EMAIL_CHANGED_MAIL, letters.write_email_changed)


def already_have_account(out: Outside, user_id: str) -> None:
    """Tell the owner of an address that somebody tried to use it."""
    _to_person(out, user_id, topics.ALREADY_MAIL, letters.write_already_have_account)


def password_changed(out: Outside, user_id: str) -> None:
    """Tell the owner that the password is another now."""
    _to_person(out, user_id, topics.PASSWORD_CHANGED_MAIL, letters.write_password_changed)


def booking_confirmed(out: Outside, subject: str) -> None:
    """Tell one of the two that the session is booked; `subject` is "<booking id> <side>"."""
    notice, side = _notice(subject)
    here, key = settings.current(), f"{notices.BOOKING_CONFIRMED}:{subject}:{notice.version}"
    out.mailer.send(
        letters.write_confirmed(notice, side=side, key=key, site=here.public_url, sender=here.mail_from, now=utc_now())
    )


def booking_cancelled(out: Outside, subject: str) -> None:
    """Tell one of the two that the session is called off; `subject` is "<booking id> <side>"."""
    notice, side = _notice(subject)
    here, key = settings.current(), f"{notices.BOOKING_CANCELLED}:{subject}:{notice.version}"
    left_alone = side == "mentee" and notice.cancelled_by == "mentor"
    out.mailer.send(
        letters.write_cancelled(
            notice,
            side=side,
            key=key,
            site=here.public_url,
            sender=here.mail_from,
            now=utc_now(),
            fits=_fits(notice) if left_alone else (),
        )
    )


def paid_too_late(out: Outside, subject: str) -> None:
    """Tell the mentee that a payment goes back; `subject` is "<booking id> <payment id>"."""
    notice, _ = _notice(subject)
    key, site = f"{notices.PAID_TOO_LATE}:{subject}", settings.current().public_url
    out.mailer.send(letters.write_paid_too_late(notice, key=key, site=site, now=utc_now()))


def review_asked(out: Outside, booking_id: str) -> None:
    """Ask the mentee for a review."""
    notice, _ = _notice(booking_id)
    key, site = f"{notices.REVIEW_ASKED}:{booking_id}", settings.current().public_url
    with database.reading() as db:
        mentee_id = bookings.side_of(db, booking_id=UUID(booking_id), side="mentee")
    mail = letters.write_review_asked(notice, key=key, site=site, now=utc_now())
    post(out, mail, user_id=mentee_id, kind=notices.NoticeKind.REVIEW)


def _with_link(out: Outside, request: str, topic: str, write: Callable[..., OutgoingMail]) -> None:
    link: IssuedLink
    try:
        with database.transaction() as db:
            link = accounts.issue_link(db, request=request, now=utc_now())
    except NotFound:
        return
    out.mailer.send(write(link, key=f"{topic}:{request}", site=settings.current().public_url, now=utc_now()))


def _to_person(out: Outside, user_id: str, topic: str, write: Callable[..., OutgoingMail]) -> None:
    now = utc_now()
    with database.reading() as db:
        name, email = accounts.recipient(db, user_id=UUID(user_id))
    key = f"{topic}:{user_id}:{now:%Y%m%d%H%M}"
    out.mailer.send(write(name, email, key=key, site=settings.current().public_url, now=now))


def _fits(notice: SessionNotice) -> tuple[FitNotice, ...]:
    """Others in the same field with time near that of a session the mentor called off."""
    site = settings.current().public_url
    with database.reading() as db:
        mentor_id = bookings.side_of(db, booking_id=notice.booking_id, side="mentor")
        mentee_id = bookings.side_of(db, booking_id=notice.booking_id, side="mentee")
        fits = market.better_fits(
            db,
            mentor_id=mentor_id,
            viewer_id=mentee_id,
            minutes=int((notice.ends_at - notice.starts_at).total_seconds()) // 60,
            near=notice.starts_at,
            now=utc_now(),
        )
    return tuple(FitNotice(fit.name, fit.role, fit.starts_at, f"{site}/mentors/{fit.slug}") for fit in fits)


def _notice(subject: str) -> tuple[SessionNotice, str]:
    booking_id, _, side = subject.partition(" ")
    with database.reading() as db:
        notice = bookings.booking_notice(db, booking_id=UUID(booking_id), public_url=settings.current().public_url)
    return notice, side
