"""Until when seats of a group session are sold, and how too few of them are told."""

from datetime import timedelta

SEATS_SOLD_UNTIL = timedelta(hours=1)
"""How long before the start seats are no longer sold: longer than a checkout keeps one, so nobody pays too late."""


def too_few(needed: int) -> str:
    """Why a group session was called off at its decision, as the end of a sentence."""
    return f"fewer than {'1 person' if needed == 1 else f'{needed} people'} had a seat by the time of the decision"
