"""A mentor among others, as a card shows them: every text formatted, every reason traceable to a field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from mentorhub.domain.common.habits import place_in_week
from mentorhub.domain.common.moments import when
from mentorhub.domain.common.money import Money
from mentorhub.domain.common.places import language_name
from mentorhub.domain.common.words import initials
from mentorhub.domain.marketplace.queries.index import read_free
from mentorhub.domain.marketplace.rules.exchange import about
from mentorhub.domain.marketplace.rules.hours import EVENING_FROM
from mentorhub.domain.marketplace.rules.listing import Listed, ListedArea, ListedOffering
from mentorhub.domain.marketplace.rules.matching import finds, offering_for
from mentorhub.domain.marketplace.rules.wish import Wish

MOST_REASONS = 3
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AWAKE_FROM, _AWAKE_TO = 7, 22


@dataclass(frozen=True)
class MentorCardView:
    """One mentor as a card; `reason_fields` names, reason by reason, the field it was read from."""

    mentor_id: str
    slug: str
    href: str
    name: str
    initials: str
    portrait: str
    role_line: str
    city: str
    is_open: bool
    reasons: list[str] = field(default_factory=list)
    reason_fields: list[str] = field(default_factory=list)
    gap: str = ""
    rating: str = ""
    reviews: str = ""
    recent: list[str] = field(default_factory=list)
    attended: str = ""
    answered: str = ""
    next_free: str = ""
    next_free_at: str = ""
    price_tag: str = ""
    price_hint: str = ""
    minutes: str = ""
    missing_filter: str = ""


def cards(db: Session, mentors: Sequence[Listed], *, wish: Wish, zone: ZoneInfo, now: datetime) -> list[MentorCardView]:
    """The cards of these mentors, with free time read from the database this very moment."""
    shown = {one.mentor_id: offering_for(wish, one) for one in mentors}
    free = read_free(db, {offering.offering_id for offering in shown.values() if offering}, now=now)
    return [_card(one, shown[one.mentor_id], free, wish, zone) for one in mentors]


def role_line(role: str, employer: str) -> str:
    """Such as "Group product manager, Lumen Health"."""
    return ", ".join(part for part in (role, employer) if part)


def price_tag(price: Money) -> str:
    """A price as on a tag, "Free" when nothing is asked."""
    return price.format(tag=True) if price else "Free"


def price_hint(price: Money, currency: str) -> str:
    """What stands under a price: that it is the whole one, or roughly what it is in the reader's currency."""
    if not price:
        return "nothing to pay"
    there = about(price, currency)
    return f"about {there.format(tag=True)}, charged as listed" if there else "the whole price"


def reasons_for(mentor: Listed, wish: Wish, starts: Iterable[datetime], zone: ZoneInfo) -> list[tuple[str, str]]:
    """Up to three reasons as (field, words): what was searched for and found, then the mentor's own lines.

    Days are named when free hours were asked for; languages when those were. With nothing better the headline
    stands, then the longest experience.
    """
    found: list[tuple[str, str]] = []
    sought = max(mentor.areas, key=lambda area: _sought(area, wish), default=None)
    if sought is not None and _sought(sought, wish):
        found.append(("expertise", sought.with_years))
    if (wish.this_week or wish.evenings or wish.weekend) and (days := _free_days(starts, zone)):
        found.append(("free time", days))
    if spoken := [code for code in wish.languages if code in mentor.languages]:
        found.append(("languages", f"Speaks {_listed([language_name(code) for code in spoken])}"))
    own = [("highlights", line) for line in mentor.highlights]
    found = found[:2] + own if own else found
    if len(found) < 2 and mentor.headline:
        found.append(("headline", mentor.headline))
    if not found and mentor.areas:
        found.append(("expertise", mentor.areas[0].with_years))
    return found[:MOST_REASONS]


def _card(
    mentor: Listed,
    offering: ListedOffering | None,
    free: Mapping[UUID, Sequence[datetime]],
    wish: Wish,
    zone: ZoneInfo,
) -> MentorCardView:
    starts = free.get(offering.offering_id, ()) if offering else ()
    wanted = [start for start in starts if _suits(start, wish, zone)]
    first = next(iter(wanted or starts), None)
    why = reasons_for(mentor, wish, starts, zone)
    return MentorCardView(
        mentor_id=str(mentor.mentor_id),
        slug=mentor.slug,
        href=f"/mentors/{mentor.slug}",
        name=mentor.name,
        initials=initials(mentor.name),
        portrait=mentor.portrait,
        role_line=role_line(mentor.role, mentor.employer),
        city=mentor.city,
        is_open=True,
        reasons=[words for _, words in why],
        reason_fields=[name for name, _ in why],
        gap=mentor.gap,
        rating=mentor.standing.rating,
        reviews=str(mentor.standing.reviews) if mentor.standing.rating else mentor.standing.count_in_words,
        recent=mentor.standing.dots,
        attended=mentor.standing.attendance,
        answered=mentor.standing.answering if mentor.standing.is_known_to_answer else "",
        next_free=when(first, zone) if first else "",
        next_free_at=first.astimezone(UTC).isoformat() if first else "",
        price_tag=price_tag(offering.price) if offering else "",
        price_hint=price_hint(offering.price, wish.currency) if offering else "",
        minutes=_minutes(offering),
    )


def _minutes(offering: ListedOffering | None) -> str:
    if offering is None:
        return ""
    return f"{offering.minutes} min intro" if offering.kind == "intro" else f"{offering.minutes} min"


def _suits(start: datetime, wish: Wish, zone: ZoneInfo) -> bool:
    """Whether a start answers one of the hours filters, so that a card shows a time that was asked for."""
    local = start.astimezone(zone)
    return (wish.evenings and local.hour >= EVENING_FROM) or (wish.weekend and local.weekday() >= 5)


def _free_days(starts: Iterable[datetime], zone: ZoneInfo) -> str:
    local = [start.astimezone(zone) for start in starts]
    within = [one for one in local if one - local[0] < timedelta(days=7) and _AWAKE_FROM <= one.hour < _AWAKE_TO]
    days = sorted({one.weekday() for one in within}, key=place_in_week)
    if not days:
        return ""
    return "Free every day in your hours" if len(days) == 7 else f"Free {_listed([_DAYS[day] for day in days])}"


def _sought(area: ListedArea, wish: Wish) -> int:
    """How much of what was asked for an area answers."""
    return 10 * (area.slug in wish.areas) + sum(finds(token, area.words) for token in wish.tokens)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
