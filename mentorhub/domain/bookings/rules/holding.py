"""How long a time is kept for somebody who has not booked it yet, how often, and how far ahead."""

from collections.abc import Mapping
from datetime import datetime, timedelta

HOLD_LASTS = timedelta(minutes=10)
CHECKOUT_LASTS = timedelta(minutes=30)
HOLD_OUTLIVES_CHECKOUT = timedelta(minutes=5)
HOLD_AT_MOST = timedelta(minutes=90)
"""However many checkouts are opened for it, no hold is kept longer."""
HOLDS_A_DAY = 5
"""How often one person may hold the same time within 24 hours without booking it."""
_OFFER_STANDS_FOR = timedelta(minutes=15)
FREE_CALLED_OFF_A_DAY = 2
"""How many free sessions with one mentor a mentee may call off within 24 hours and still book another."""
FURTHEST_AHEAD = timedelta(days=365)


def offered_lately(shown: Mapping[datetime, datetime], *, now: datetime) -> frozenset[datetime]:
    """Of the starts the server showed a person, with when it last did, those that may still be taken.

    SCHEDULING.md, "beside the function": within a quarter of an hour.
    """
    return frozenset(start for start, at in shown.items() if now - at <= _OFFER_STANDS_FOR)
