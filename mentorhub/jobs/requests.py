"""Requests: their mails, and the duty that ends what nobody answered or paid."""

from datetime import datetime
from uuid import UUID

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.marketplace import queries as market
from mentorhub.domain.notifications import rules as topics
from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import NoticeKind
from mentorhub.domain.notifications.rules.requests import FitNotice, RequestNotice
from mentorhub.domain.notifications.service import request_mails as letters
from mentorhub.jobs.post import post_to_side


def received(out: Outside, booking_id: str) -> None:
    """Tell the mentor that somebody asks for a time; nothing once it is answered."""
    notice = _notice(booking_id)
    if notice.is_open:
        letter = letters.write_received(notice, **_frame(topics.REQUEST_RECEIVED, booking_id))
        _post(out, letter, booking_id, side="mentor", worth_until=notice.deadline)


def question(out: Outside, booking_id: str) -> None:
    """Send the mentor's question to the mentee."""
    notice = _notice(booking_id)
    letter = letters.write_question(notice, **_frame(topics.REQUEST_QUESTION, booking_id))
    _post(out, letter, booking_id, side="mentee", worth_until=notice.reply_by)


def replied(out: Outside, booking_id: str) -> None:
    """Send the mentee's reply to the mentor; nothing once it is answered."""
    notice = _notice(booking_id)
    if notice.is_open:
        letter = letters.write_replied(notice, **_frame(topics.REQUEST_REPLIED, booking_id))
        _post(out, letter, booking_id, side="mentor", worth_until=notice.deadline)


def declined(out: Outside, booking_id: str) -> None:
    """Tell the mentee kindly, with up to three mentors who have time."""
    notice = _notice(booking_id, with_fits=True)
    _post(out, letters.write_declined(notice, **_frame(topics.REQUEST_DECLINED, booking_id)), booking_id, side="mentee")


def lapsed(out: Outside, booking_id: str) -> None:
    """Tell the mentee that the request ended by the clock, with up to three mentors who have time."""
    notice = _notice(booking_id, with_fits=True)
    _post(out, letters.write_lapsed(notice, **_frame(topics.REQUEST_EXPIRED, booking_id)), booking_id, side="mentee")


def too_late(out: Outside, booking_id: str) -> None:
    """Tell the mentee that the time was gone when the card was authorised, and that nothing was charged."""
    notice = _notice(booking_id, with_fits=True)
    out.mailer.send(letters.write_too_late(notice, **_frame(topics.REQUEST_TOO_LATE, booking_id)))


def card_failed(out: Outside, booking_id: str) -> None:
    """Ask the mentee to pay anew; nothing once that is done or over."""
    notice = _notice(booking_id)
    if notice.is_open:
        out.mailer.send(letters.write_card_failed(notice, **_frame(topics.REQUEST_CARD_FAILED, booking_id)))


def paused(out: Outside, booking_id: str) -> None:
    """Tell a mentor that lapsed requests closed the profile, and how to return."""
    out.mailer.send(letters.write_paused(_notice(booking_id), **_frame(topics.MENTOR_PAUSED, booking_id)))


def lapse_requests(out: Outside) -> None:
    """End the requests whose time is over, so that open pages see it and money is let go."""
    with database.transaction() as db:
        bookings.expire_requests(db, now=utc_now())


def _frame(topic: str, booking_id: str) -> letters.Frame:
    return {"key": f"{topic}:{booking_id}", "site": settings.current().public_url, "now": utc_now()}


def _post(out: Outside, mail: OutgoingMail, booking_id: str, *, side: str, worth_until: datetime | None = None) -> None:
    """Send it after quiet hours, unless what it asks for would be over by then."""
    post_to_side(out, mail, booking_id=UUID(booking_id), side=side, kind=NoticeKind.REQUEST, worth_until=worth_until)


def _notice(booking_id: str, *, with_fits: bool = False) -> RequestNotice:
    site, now, wanted = settings.current().public_url, utc_now(), UUID(booking_id)
    with database.reading() as db:
        session = queries.booking_notice(db, booking_id=wanted, public_url=site)
        mentor_id, mentee_id = queries.participants_of(db, wanted) or (wanted, wanted)
        request = queries.request_of(db, booking_id=wanted, viewer_id=mentee_id, now=now)
        fits = (
            market.better_fits(
                db,
                mentor_id=mentor_id,
                viewer_id=mentee_id,
                minutes=int((session.ends_at - session.starts_at).total_seconds()) // 60,
                near=session.starts_at,
                now=now,
            )
            if with_fits
            else ()
        )
    shown = tuple(FitNotice(fit.name, fit.role, fit.starts_at, f"{site}/mentors/{fit.slug}") for fit in fits)
    if request is None:
        return RequestNotice(session=session, fits=shown)
    return RequestNotice(
        session=session,
        is_open=request.stage in (queries.Stage.WAITING, queries.Stage.PAUSED, queries.Stage.UNPAID),
        was_accepted=request.decided_at is not None and request.reason is None,
        deadline=request.pay_by or request.lapses_at,
        question=request.question,
        reply_by=request.reply_by,
        reply=request.reply,
        reason=request.reason.value if request.reason else "",
        note=request.note,
        fits=shown,
    )
