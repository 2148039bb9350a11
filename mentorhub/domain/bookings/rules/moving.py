"""How a session is moved: how often, until when, and what that does to its refund."""

from datetime import datetime, timedelta

MOVES_A_SIDE = 2
"""How many accepted moves of one session each side may have proposed (PRODUCT.md D7)."""
STARTS_A_PROPOSAL = 3
PROPOSAL_STANDS = timedelta(hours=48)
MOVES_END_BEFORE = timedelta(hours=2)


def proposal_lapses_at(starts_at: datetime, *, now: datetime) -> datetime:
    """Until when a proposal to move a session can be accepted: 48 hours, at most until 2 hours before its start."""
    return min(now + PROPOSAL_STANDS, starts_at - MOVES_END_BEFORE)


def refund_from_after_move(
    *, refund_from: datetime, full_until: datetime, starts_at: datetime, now: datetime
) -> datetime:
    """The start the refund policy counts from once a session moved to `starts_at` (DECISIONS.md 6).

    While everything still comes back (`full_until` itself included) the deadlines move along; later the earlier
    ones stay, so that nobody moves a session away just to call it off for more.
    """
    return starts_at if now <= full_until else min(refund_from, starts_at)
