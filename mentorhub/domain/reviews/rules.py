"""Pure rules of the reviews: who met, and what a review may say (PRODUCT.md D13)."""

from datetime import timedelta

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.common.words import paragraphs

SHORTEST_TEXT = 20
LONGEST_TEXT = 2000
LEAST_TOGETHER = timedelta(minutes=10)
STARS = range(1, 6)


def may_review(*, together: timedelta, booked: timedelta) -> bool:
    """Whether two people met: in the room together for half of the booked time and at least ten minutes."""
    return together * 2 >= booked and together >= LEAST_TOGETHER


def checked(*, stars: int, text: str) -> str:
    """The text as it will be shown; raises FieldError on `stars` or `text`."""
    if stars not in STARS:
        raise FieldError("stars", "Please choose one to five stars.")
    words = paragraphs("text", text, longest=LONGEST_TEXT)
    if len(words) < SHORTEST_TEXT:
        raise FieldError("text", f"Please write at least {SHORTEST_TEXT} characters, so that it helps others.")
    return words


def met_words(*, met_minutes: int, booked_minutes: int) -> str:
    """Such as "Met 31 min of 30", which seals a review."""
    return f"Met {met_minutes} min of {booked_minutes}"
