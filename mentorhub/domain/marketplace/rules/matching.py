"""Who answers a wish, which filter is to blame when nobody does, and who comes first."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from mentorhub.domain.marketplace.rules.exchange import in_euro
from mentorhub.domain.marketplace.rules.hours import Free, ViewerHours
from mentorhub.domain.marketplace.rules.listing import FIELD_WORTH, Listed, ListedOffering
from mentorhub.domain.marketplace.rules.wish import Wish

_BEST_FIELD = max(FIELD_WORTH.values())
_RATING_COUNTS = 0.15
_PROOF_COUNTS = 0.05
_THIS_WEEK_COUNTS = 0.1
_ROUND, _NEWCOMERS_AT = 12, (4, 8)
_TYPED_HALF = frozenset({"name", "employer", "place"})
_FLAG_BOXES = ("week", "evenings", "weekend", "intro")


@dataclass
class Tally:
    """Who matched, how many each box would leave, and how many would match if one filter were dropped."""

    matched: list[Listed] = field(default_factory=list)
    boxes: Counter[str] = field(default_factory=Counter)
    saved_by_dropping: Counter[str] = field(default_factory=Counter)
    nearly: list[tuple[Listed, str]] = field(default_factory=list)


Check = Callable[[Listed], bool]


def sift(wish: Wish, market: Iterable[Listed], free: Mapping[UUID, Free], hours: ViewerHours) -> Tally:
    """Go through the market once: every active filter is asked of everyone.

    A mentor whom exactly one filter keeps out is what dropping that filter would win.
    """
    tally = Tally()
    checks = {key: _check(key, wish, free, hours) for key in wish.active()}
    flags = {key: _flag_check(key, wish, free, hours) for key in _FLAG_BOXES}
    for mentor in market:
        failed = [key for key, passes in checks.items() if not passes(mentor)]
        if not failed:
            tally.matched.append(mentor)
            tally.boxes.update(_boxes(mentor, flags))
        elif len(failed) == 1:
            tally.saved_by_dropping[failed[0]] += 1
            tally.nearly.append((mentor, failed[0]))
    return tally


def offering_for(wish: Wish, mentor: Listed) -> ListedOffering | None:
    """What a card shows: the first offering that the wish's kinds and prices allow, else the first."""
    fitting = _fitting(wish, mentor)
    if wish.free_intro:
        fitting = [one for one in mentor.offerings if one.kind == "intro"] or fitting
    return next(iter(fitting or mentor.offerings), None)


def text_score(tokens: Sequence[str], mentor: Listed) -> float:
    """How well the words are found, 0 to 1: for each the best field it stands in, over the best there is.

    Less than enough words found is 0: all of one or two, two thirds of more.
    """
    worth = [word_worth(token, mentor) for token in tokens]
    found = sum(1 for one in worth if one)
    enough = len(tokens) if len(tokens) <= 2 else -(-len(tokens) * 2 // 3)
    return sum(worth) / (_BEST_FIELD * len(tokens)) if found >= enough else 0.0


def word_worth(token: str, mentor: Listed) -> int:
    """The worth of the best field in which `token` is found; 0 when it is in none."""
    if f" {token}" not in mentor.words:
        return 0
    return max((worth for name, worth in FIELD_WORTH.items() if finds(token, mentor.texts[name], name)), default=0)


def finds(token: str, text: str, field_name: str = "") -> bool:
    """Whether folded words hold `token`: whole, in the plural, or as the beginning of a longer word.

    Beginnings count from five letters on ("engineer" finds "engineering", "care" not "career"), and from
    three in names and places, which people type half.
    """
    if len(token) >= (3 if field_name in _TYPED_HALF else 5):
        return f" {token}" in text
    return f" {token} " in text or f" {token}s " in text


def ranked(
    wish: Wish,
    mentors: Sequence[Listed],
    free: Mapping[UUID, Free],
    hours: ViewerHours,
    *,
    next_free: Callable[[Listed], int | None],
    market_mean: float,
) -> list[Listed]:
    """The mentors in the order asked for; whoever cannot be reached within 14 days stands at the end.

    Equal ones stand in the order of their addresses, so that a reload shows the same list.
    """

    def is_out_of_reach(mentor: Listed) -> bool:
        return not (mentor.mentor_id in free and free[mentor.mentor_id].seen_from(hours.anchor) & hours.soon)

    def price(mentor: Listed) -> Decimal:
        shown = offering_for(wish, mentor)
        return shown.euro if shown else Decimal("Infinity")

    keys: dict[str, Callable[[Listed], float | Decimal]] = {
        "match": lambda one: -match_score(wish, one, free, hours, market_mean=market_mean),
        "soonest": lambda one: next_free(one) or 2**62,
        "price": price,
        "rating": lambda one: -one.standing.shrunk(market_mean),
    }
    key = keys[wish.sort]
    order = sorted(mentors, key=lambda one: (is_out_of_reach(one), key(one), one.slug))
    if wish.sort != "match":
        return order
    return with_newcomers(order, lambda one: one.standing.is_new and not is_out_of_reach(one))


def with_newcomers(order: Sequence[Listed], is_newcomer: Callable[[Listed], bool]) -> list[Listed]:
    """The same mentors with two places in every twelve for those few have seen, best first."""
    newcomers = deque(one for one in order if is_newcomer(one))
    others = deque(one for one in order if not is_newcomer(one))
    mixed: list[Listed] = []
    while others and newcomers:
        queue = newcomers if len(mixed) % _ROUND in _NEWCOMERS_AT else others
        mixed.append(queue.popleft())
    return [*mixed, *others, *newcomers]


def match_score(
    wish: Wish, mentor: Listed, free: Mapping[UUID, Free], hours: ViewerHours, *, market_mean: float
) -> float:
    """What "Best match" sorts by: words 0 to 1, rating up to 0.15, free this week 0.1, proof up to 0.05.

    Proof is how many reviews the rating rests on, n / (n + 20): it settles what would otherwise be chance.
    """
    said = text_score(wish.tokens, mentor) if wish.tokens else 0.0
    rating = (mentor.standing.shrunk(market_mean) - 1) / 4 * _RATING_COUNTS
    quarters = free[mentor.mentor_id].seen_from(hours.anchor) if mentor.mentor_id in free else 0
    soon = _THIS_WEEK_COUNTS if quarters & hours.this_week else 0.0
    reviews = mentor.standing.reviews
    return said + rating + soon + _PROOF_COUNTS * reviews / (reviews + 20)


def _boxes(mentor: Listed, flags: Mapping[str, Check]) -> list[str]:
    """The boxes this mentor would still be there for, beside what the wish already asks."""
    return [
        *(key for key, passes in flags.items() if passes(mentor)),
        *(f"kind:{kind}" for kind in mentor.kinds),
        *(f"area:{area.slug}" for area in mentor.areas),
        *(f"lang:{code}" for code in mentor.languages),
        f"region:{mentor.region}",
        f"country:{mentor.country}",
    ]


def _check(key: str, wish: Wish, free: Mapping[UUID, Free], hours: ViewerHours) -> Check:
    group, _, value = key.partition(":")
    if group in _FLAG_BOXES:
        return _flag_check(group, wish, free, hours)
    simple: dict[str, Check] = {
        "text": lambda mentor: text_score(wish.tokens, mentor) > 0,
        "price": lambda mentor: bool(_fitting(wish, mentor)),
        "kind": lambda mentor: value in mentor.kinds,
        "area": lambda mentor: any(area.slug == value for area in mentor.areas),
        "lang": lambda mentor: value in mentor.languages,
        "region": lambda mentor: mentor.region == wish.region,
        "country": lambda mentor: mentor.country == wish.country,
    }
    return simple[group]


def _flag_check(key: str, wish: Wish, free: Mapping[UUID, Free], hours: ViewerHours) -> Check:
    if key == "intro":
        return lambda mentor: "intro" in mentor.kinds
    within = hours.this_week if wish.this_week or key == "week" else hours.soon
    wanted = {"week": hours.this_week, "evenings": hours.evenings, "weekend": hours.weekend}[key] & within

    def has_time(mentor: Listed) -> bool:
        known = free.get(mentor.mentor_id)
        return known is not None and bool(known.seen_from(hours.anchor) & wanted)

    return has_time


def _fitting(wish: Wish, mentor: Listed) -> list[ListedOffering]:
    """The offerings of the kinds and prices asked for; intro calls only when nothing of that is asked."""
    offered = [one for one in mentor.offerings if not wish.kinds or one.kind in wish.kinds]
    if not wish.asks_price:
        return offered
    low, high = _bounds(wish)
    return [one for one in offered if one.kind != "intro" and low <= one.euro <= high]


def _bounds(wish: Wish) -> tuple[Decimal, Decimal]:
    low = in_euro(wish.price_from or Decimal(0), wish.currency) or Decimal(0)
    high = in_euro(wish.price_to, wish.currency) if wish.price_to is not None else None
    return low, Decimal("Infinity") if high is None else high
