"""Topics of the outbox for mails about a session.

The subject of the first two is "<booking id> mentor" or "<booking id> mentee", whoever gets the mail; the
other two go to the mentee and name the booking only.
"""

from typing import Final

BOOKING_CONFIRMED: Final = "mail.booking_confirmed"
BOOKING_CANCELLED: Final = "mail.booking_cancelled"
PAID_TOO_LATE: Final = "mail.paid_too_late"
REVIEW_ASKED: Final = "mail.review_asked"
