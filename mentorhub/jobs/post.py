"""Mails a person may do without: sent if they want that kind, after their quiet hours, with the way out in them."""

from datetime import datetime
from uuid import UUID

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications import queries
from mentorhub.domain.notifications import service as letters
from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import NoticeKind, way_out_token


class Later(Exception):
    """What a handler raises when its work is to be done at another time; that is no failure."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(f"not before {until}")


def post_to_side(
    out: Outside,
    mail: OutgoingMail,
    *,
    booking_id: UUID,
    side: str,
    kind: NoticeKind,
    worth_until: datetime | None = None,
) -> None:
    """Send a mail of a kind to the "mentor" or the "mentee" of a booking, as `post` does."""
    with database.reading() as db:
        user_id = bookings.side_of(db, booking_id=booking_id, side=side)
    post(out, mail, user_id=user_id, kind=kind, worth_until=worth_until)


def post(
    out: Outside, mail: OutgoingMail, *, user_id: UUID, kind: NoticeKind, worth_until: datetime | None = None
) -> None:
    """Send a mail of a kind to a person, or not at all when they do not want it.

    Raises Later in quiet hours, unless the mail would say nothing any more once they end (`worth_until`).
    """
    with database.reading() as db:
        wish = queries.mail_of(db, user_id=user_id, kind=kind, now=utc_now())
    if not wish.is_wanted:
        return
    if wish.waits_until is not None and (worth_until is None or wish.waits_until < worth_until):
        raise Later(wish.waits_until)
    if not kind.is_required:
        here = settings.current()
        token = way_out_token(user_id, kind, secret=here.secret)
        mail = letters.with_way_out(mail, f"{here.public_url}/unsubscribe/{token}", kind=kind)
    out.mailer.send(mail)
