"""How many lines for freed times one may stand in, and how long a freed time is offered."""

from datetime import datetime, timedelta

LINES_AT_ONCE = 5
"""How many lines for freed times one person may stand in."""
OFFER_LASTS = timedelta(hours=2)


def offered_until(starts_at: datetime, *, now: datetime) -> datetime:
    """Until when a freed time is kept for who waits: two hours, or a quarter of what is left (PRODUCT.md C14)."""
    return now + min(OFFER_LASTS, (starts_at - now) / 4)


def sleeps_through(wakes_at: datetime, until: datetime, *, now: datetime) -> bool:
    """Whether quiet hours leave less than half of an offer to be awake in."""
    return until - wakes_at < (until - now) / 2
