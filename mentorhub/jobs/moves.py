"""Moves of sessions: their mails, and the duty that ends proposals nobody answered."""

from datetime import datetime
from uuid import UUID

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import NoticeKind
from mentorhub.domain.notifications.rules import moves as topics
from mentorhub.domain.notifications.rules.moves import MoveNotice
from mentorhub.domain.notifications.service import move_mails as letters
from mentorhub.jobs.post import post_to_side


def proposed(out: Outside, proposal_id: str) -> None:
    """Ask the other side to choose a time; nothing once the proposal is closed."""
    notice, site = _notice(proposal_id), settings.current().public_url
    if notice.is_open:
        key = f"{topics.MOVE_PROPOSED}:{proposal_id}"
        mail = letters.write_move_proposed(notice, key=key, site=site, now=utc_now())
        _post(out, mail, notice, side=notice.to, worth_until=notice.lapses_at)


def kept(out: Outside, proposal_id: str) -> None:
    """Tell whoever proposed that the present time stays."""
    notice, site = _notice(proposal_id), settings.current().public_url
    mail = letters.write_move_kept(notice, key=f"{topics.MOVE_KEPT}:{proposal_id}", site=site, now=utc_now())
    _post(out, mail, notice, side=notice.by)


def moved(out: Outside, subject: str) -> None:
    """Move the session in one calendar; `subject` is "<booking id> <side>"."""
    booking_id, _, side = subject.partition(" ")
    here = settings.current()
    with database.reading() as db:
        notice = queries.booking_notice(db, booking_id=UUID(booking_id), public_url=here.public_url)
    key = f"{topics.BOOKING_MOVED}:{subject}:{notice.version}"
    out.mailer.send(
        letters.write_moved(notice, side=side, key=key, site=here.public_url, sender=here.mail_from, now=utc_now())
    )


def lapse_proposals(out: Outside) -> None:
    """End the proposals whose time is over, and tell both sides."""
    with database.transaction() as db:
        bookings.lapse_moves(db, now=utc_now())


def _post(
    out: Outside, mail: OutgoingMail, notice: MoveNotice, *, side: str, worth_until: datetime | None = None
) -> None:
    post_to_side(
        out,
        mail,
        booking_id=notice.session.booking_id,
        side=side,
        kind=NoticeKind.MOVE,
        worth_until=worth_until,
    )


def _notice(proposal_id: str) -> MoveNotice:
    with database.reading() as db:
        return queries.move_notice(db, proposal_id=UUID(proposal_id), public_url=settings.current().public_url)
