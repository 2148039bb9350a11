"""Named refusals of the reviews."""

from mentorhub.domain.common.errors import NotAllowed


class NotMet(NotAllowed):
    """Only people who met review: both in the room for half of the booked time (PRODUCT.md D13)."""

    message = "A review opens once you both met for at least half of the time."


class OnlyMenteesReview(NotAllowed):
    """The mentor of a session does not review it."""

    message = "Only the mentee of a session can review it."


class AlreadyReviewed(NotAllowed):
    """One review a session."""

    message = "You have already reviewed this session."
