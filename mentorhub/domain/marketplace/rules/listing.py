"""What a search knows of each open mentor: words by field, offerings, languages, place, standing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from mentorhub.domain.common.money import Money
from mentorhub.domain.common.words import fold
from mentorhub.domain.marketplace.rules.exchange import in_euro
from mentorhub.domain.marketplace.rules.standing import Standing

FIELD_WORTH = {"name": 6, "expertise": 5, "role": 4, "headline": 3, "employer": 2, "place": 2, "about": 1}
"""What finding a word is worth by where it stands; the best place counts."""


@dataclass(frozen=True)
class ListedOffering:
    """An active offering, as a search needs it."""

    offering_id: UUID
    kind: str
    minutes: int
    price: Money
    euro: Decimal


@dataclass(frozen=True)
class ListedArea:
    """An area of expertise with the years spent in it and its other words, folded."""

    slug: str
    name: str
    years: int
    words: str

    @property
    def with_years(self) -> str:
        """Such as "Product management, 10 years"."""
        if not self.years:
            return self.name
        return f"{self.name}, 1 year" if self.years == 1 else f"{self.name}, {self.years} years"


@dataclass(frozen=True)
class Listed:
    """One open mentor. `texts` has the folded words by field, `words` all of them together."""

    mentor_id: UUID
    revision: int
    name: str
    slug: str
    portrait: str
    role: str
    employer: str
    city: str
    country: str
    region: str
    headline: str
    gap: str
    highlights: tuple[str, ...]
    areas: tuple[ListedArea, ...]
    languages: frozenset[str]
    offerings: tuple[ListedOffering, ...]
    standing: Standing
    texts: dict[str, str]
    words: str

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of session this mentor offers."""
        return frozenset(offering.kind for offering in self.offerings)


def listed_offering(offering_id: UUID, kind: str, minutes: int, price: Money) -> ListedOffering:
    """An offering with its rough worth, for comparing across currencies."""
    return ListedOffering(offering_id, kind, minutes, price, in_euro(price.as_decimal(), price.currency) or Decimal(0))


def listed_area(slug: str, name: str, years: int, synonyms: Iterable[str]) -> ListedArea:
    """An area with all the words it can be found by."""
    return ListedArea(slug, name, years, _padded((name, slug, *synonyms)))


def texts_of(
    *,
    name: str,
    role: str,
    employer: str,
    city: str,
    country: str,
    headline: str,
    highlights: Sequence[str],
    bio: str,
    areas: Sequence[ListedArea],
) -> dict[str, str]:
    """The folded words of a mentor by field, each with a gap at both ends."""
    return {
        "name": _padded((name,)),
        "expertise": " ".join(area.words for area in areas) or " ",
        "role": _padded((role,)),
        "headline": _padded((headline, *highlights)),
        "employer": _padded((employer,)),
        "place": _padded((city, country)),
        "about": _padded((bio,)),
    }


def _padded(texts: Sequence[str]) -> str:
    return f" {' '.join(fold(text) for text in texts)} "
