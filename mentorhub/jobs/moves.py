"""Moves of sessions: their mails, and the duty that ends proposals nobody answered."""

from uuid import UUID

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications.rules import moves as topics
from mentorhub.domain.notifications.rules.moves import MoveNotice
from mentorhub.domain.notifications.service import move_mails as letters


def proposed(out: Outside, proposal_id: str) -> None:
    """Ask the other side to choose a time; nothing once the proposal is closed."""
    notice, site = _notice(proposal_id), settings.current().public_url
    if notice.is_open:
        key = f"{topics.MOVE_PROPOSED}:{proposal_id}"
        out.mailer.send(letters.write_move_proposed(notice, key=key, site=site, now=utc_now()))


def kept(out: Outside, proposal_id: str) -> None:
    """Tell whoever proposed that the present time stays."""
    key, site = f"{topics.MOVE_KEPT}:{proposal_id}", settings.current().public_url
    out.mailer.send(letters.write_move_kept(_notice(proposal_id), key=key, site=site, now=utc_now()))


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


def _notice(proposal_id: str) -> MoveNotice:
    with database.reading() as db:
        return queries.move_notice(db, proposal_id=UUID(proposal_id), public_url=settings.current().public_url)
