"""Topics of the outbox for mails about a session.

The subject of the first two is "<booking id> mentor" or "<booking id> mentee", whoever gets the mail; the
next two go to the mentee and name the booking only. A reminder's subject is
"<booking id> <side> <version> <kind>", and so is that of the last two, which have no kind: somebody came into
the room of a session, and the other one, on `side`, is to be told. Those of a group session name it first: its
mentor gets the mail, or with "<group session id> <seat id>" whoever has that seat.
"""

from typing import Final

BOOKING_CONFIRMED: Final = "mail.booking_confirmed"
BOOKING_CANCELLED: Final = "mail.booking_cancelled"
PAID_TOO_LATE: Final = "mail.paid_too_late"
REVIEW_ASKED: Final = "mail.review_asked"
REMINDER: Final = "mail.reminder"
SOMEBODY_CAME: Final = "bookings.somebody_came"
SOMEBODY_WAITS: Final = "mail.somebody_waits"
REQUEST_RECEIVED: Final = "mail.request_received"
REQUEST_QUESTION: Final = "mail.request_question"
REQUEST_REPLIED: Final = "mail.request_replied"
REQUEST_DECLINED: Final = "mail.request_declined"
REQUEST_EXPIRED: Final = "mail.request_expired"
REQUEST_CARD_FAILED: Final = "mail.request_card_failed"
REQUEST_TOO_LATE: Final = "mail.request_too_late"
MENTOR_PAUSED: Final = "mail.mentor_paused"
WAITLIST_OFFER: Final = "mail.waitlist_offer"
GROUP_PUBLISHED: Final = "mail.group_published"
GROUP_AHEAD: Final = "mail.group_ahead"
GROUP_CALLED_OFF: Final = "mail.group_called_off"
GROUP_REMINDER: Final = "mail.group_reminder"
