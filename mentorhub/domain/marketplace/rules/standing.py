"""Rating, attendance and answers in figures that say what they rest on (PRODUCT.md D17)."""

from collections.abc import Sequence
from dataclasses import dataclass

NEW_BELOW = 3
VIRTUAL_REVIEWS = 5
ENOUGH_EVENTS = 5
UNRATED_MARKET = 4.5
"""The market's mean while nobody has a review."""
_OUTCOMES = {"a": "attended", "x": "absent", "u": "unknown"}


@dataclass(frozen=True)
class Standing:
    """What reviews, sessions and requests of one mentor add up to; `stars` counts reviews of 1 to 5 stars."""

    stars: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    kept: int = 0
    due: int = 0
    answered: int = 0
    asked: int = 0
    lately: str = ""

    @property
    def reviews(self) -> int:
        """How many reviews there are."""
        return sum(self.stars)

    @property
    def points(self) -> int:
        """The stars of all reviews together."""
        return sum(count * worth for worth, count in enumerate(self.stars, start=1))

    @property
    def mean(self) -> float:
        """The plain mean; 0 without reviews."""
        return self.points / self.reviews if self.reviews else 0.0

    @property
    def is_new(self) -> bool:
        """Whether there are too few reviews to show a mean."""
        return self.reviews < NEW_BELOW

    def shrunk(self, market_mean: float) -> float:
        """The mean as if five more people had given the market's mean: what sorting uses."""
        return (self.points + VIRTUAL_REVIEWS * market_mean) / (self.reviews + VIRTUAL_REVIEWS)

    @property
    def rating(self) -> str:
        """The mean with one decimal, such as "4.9"; empty while new."""
        return "" if self.is_new else f"{self.mean:.1f}"

    @property
    def count_in_words(self) -> str:
        """Such as "64 reviews", "1 review" or "no reviews yet"."""
        if not self.reviews:
            return "no reviews yet"
        return "1 review" if self.reviews == 1 else f"{self.reviews} reviews"

    @property
    def dots(self) -> list[str]:
        """The last ten sessions, oldest first, each "attended", "absent" or "unknown"."""
        return [_OUTCOMES[mark] for mark in self.lately]

    @property
    def attendance(self) -> str:
        """Such as "212 of 214 attended"; below five sessions that this is not enough to tell."""
        return _share(self.kept, self.due, "attended", "session")

    @property
    def answering(self) -> str:
        """Such as "9 of 10 answered"; below five requests that this is not enough to tell (PRODUCT.md A8)."""
        return _share(self.answered, self.asked, "answered", "request")

    @property
    def is_known_to_answer(self) -> bool:
        """Whether enough requests came in for `answering` to say anything."""
        return self.asked >= ENOUGH_EVENTS


def market_mean(standings: Sequence[Standing]) -> float:
    """The mean of every review of the market."""
    reviews = sum(standing.reviews for standing in standings)
    return sum(standing.points for standing in standings) / reviews if reviews else UNRATED_MARKET


def _share(part: int, whole: int, verb: str, event: str) -> str:
    if whole >= ENOUGH_EVENTS:
        return f"{part} of {whole} {verb}"
    events = f"1 {event}" if whole == 1 else f"{whole} {event}s"
    return f"{events}, not enough data" if whole else ""
