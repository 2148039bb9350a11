"""The search: one pass over the open mentors, the page asked for, and a way out when nobody is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from mentorhub.domain.common.moments import place_in_words
from mentorhub.domain.common.money import Money, decimals
from mentorhub.domain.common.places import country_name, currency_of_zone, language_name
from mentorhub.domain.marketplace.queries.cards import MentorCardView, cards
from mentorhub.domain.marketplace.queries.index import market_of
from mentorhub.domain.marketplace.rules.hours import viewer_hours
from mentorhub.domain.marketplace.rules.listing import Listed
from mentorhub.domain.marketplace.rules.matching import Tally, ranked, sift
from mentorhub.domain.marketplace.rules.standing import market_mean
from mentorhub.domain.marketplace.rules.wish import KINDS, MOST_ON_A_PAGE, PAGE, Wish, wish_from

_FLAGS = {
    "week": "This week",
    "evenings": "Evenings, after 17:00",
    "weekend": "Weekend",
    "intro": "Free intro call",
}
_SHOWN_BOXES = 8
_CLOSEST = 3


@dataclass(frozen=True)
class BoxView:
    """A box to tick, how many mentors it would leave, and whether it is ticked."""

    key: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class ChipView:
    """A filter that is on."""

    key: str
    label: str


@dataclass(frozen=True)
class DropView:
    """What dropping one filter would win: `count` mentors, `share` percent of the best, in words."""

    key: str
    label: str
    count: int
    share: int
    words: str
    helps: bool


@dataclass(frozen=True)
class RescueView:
    """The way out of an empty result: the filter to blame, what each costs, and who came closest."""

    title: str
    words: str
    best_key: str
    best_label: str
    drops: list[DropView] = field(default_factory=list)
    closest: list[MentorCardView] = field(default_factory=list)


@dataclass(frozen=True)
class SearchView:
    """A page of the marketplace."""

    total: int
    in_words: str
    zone_line: str
    cards: list[MentorCardView]
    has_more: bool
    shown_words: str
    chips: list[ChipView]
    hours: list[BoxView]
    intro: list[BoxView]
    kinds: list[BoxView]
    areas: list[BoxView]
    languages: list[BoxView]
    regions: list[BoxView]
    note: str
    query: str
    currency: str
    rescue: RescueView | None = None


def search(
    db: Session,
    *,
    address: Mapping[str, str],
    zone: str,
    now: datetime,
    offset: int = 0,
    limit: int = PAGE,
) -> SearchView:
    """Who is open and answers what the address asks for, `limit` (at most 24) from `offset` on.

    Times are in the viewer's zone; free time is that of real slots.
    """
    wish = wish_from(address, currency=currency_of_zone(zone) or "EUR")
    market, hours = market_of(db), viewer_hours(zone, now)
    everyone = market.mentors(db)
    free = market.free(db, everyone, now=now)
    tally, mean = sift(wish, everyone, free, hours), market_mean([one.standing for one in everyone])

    def next_free(mentor: Listed) -> int | None:
        return free[mentor.mentor_id].next_after(now) if mentor.mentor_id in free else None

    order = ranked(wish, tally.matched, free, hours, next_free=next_free, market_mean=mean)
    first = max(offset, 0)
    page = order[first : first + min(max(limit, 1), MOST_ON_A_PAGE)]
    shown = cards(db, page, wish=wish, zone=ZoneInfo(zone), now=now)
    view = _view(wish, tally, shown, upto=first + len(page), zone=zone, now=now)
    if order:
        return view
    return replace(view, rescue=_rescue(db, wish, tally, ZoneInfo(zone), now))


def label_of(key: str, wish: Wish, areas: Mapping[str, str]) -> str:
    """A filter in words, such as "Speaks Hindi" or "Up to ₹1,500"."""
    group, _, value = key.partition(":")
    words = {
        "text": f"“{wish.text}”",
        "price": _price_words(wish),
        "kind": KINDS.get(value, value),
        "area": areas.get(value, value),
        "lang": f"Speaks {language_name(value)}",
        "region": wish.region,
        "country": country_name(wish.country),
    }
    return words.get(group) or _FLAGS[group]


def _view(wish: Wish, tally: Tally, shown: list[MentorCardView], *, upto: int, zone: str, now: datetime) -> SearchView:
    total, on = len(tally.matched), {*wish.active(), f"region:{wish.region}"}
    areas = _area_names(tally)

    def boxes(keys: Sequence[str], label: Mapping[str, str]) -> list[BoxView]:
        return [BoxView(key, label[key], tally.boxes[key], key in on) for key in keys]

    def commonest(group: str) -> list[str]:
        keys = [key for key in tally.boxes if key.startswith(f"{group}:") and tally.boxes[key]]
        best = sorted(keys, key=lambda key: (-tally.boxes[key], key))[:_SHOWN_BOXES]
        return [*best, *(key for key in sorted(on) if key.startswith(f"{group}:") and key not in best)]

    languages = {key: language_name(key.partition(":")[2]) for key in commonest("lang")}
    area_labels = {key: areas.get(key.partition(":")[2], key.partition(":")[2]) for key in commonest("area")}
    regions = {key: key.partition(":")[2] for key in commonest("region") if key != "region:"}
    return SearchView(
        total=total,
        in_words="1 mentor" if total == 1 else f"{total} mentors",
        zone_line=f"times in {place_in_words(ZoneInfo(zone), now)}",
        cards=shown,
        has_more=upto < total,
        shown_words=f"{upto} of {total}",
        chips=[ChipView(key, label_of(key, wish, areas)) for key in wish.active() if key != "text"],
        hours=boxes(("week", "evenings", "weekend"), _FLAGS),
        intro=boxes(("intro",), _FLAGS),
        kinds=boxes([f"kind:{kind}" for kind in KINDS], {f"kind:{kind}": name for kind, name in KINDS.items()}),
        areas=boxes(list(area_labels), area_labels),
        languages=boxes(list(languages), languages),
        regions=boxes(list(regions), regions),
        note="The smaller price comes first; we swapped the two." if wish.swapped else "",
        query=wish.query(),
        currency=wish.currency,
    )


def _rescue(db: Session, wish: Wish, tally: Tally, zone: ZoneInfo, now: datetime) -> RescueView:
    """Name the filter that costs most; `closest` are those whom only one filter keeps out, best first."""
    areas = _area_names(tally)
    counts = {key: tally.saved_by_dropping[key] for key in wish.active()}
    most = max(counts.values(), default=0)
    drops = [
        DropView(
            key=key,
            label=f"Without {_quoted(label_of(key, wish, areas))}",
            count=count,
            share=count * 100 // most if most else 0,
            words=str(count),
            helps=count > 0,
        )
        for key, count in sorted(counts.items(), key=lambda pair: -pair[1])
    ]
    near = [(mentor, key) for mentor, key in tally.nearly if counts.get(key) == most and most][:_CLOSEST]
    shown = cards(db, [mentor for mentor, _ in near], wish=wish, zone=zone, now=now)
    closest = [
        replace(card, missing_filter=f"Only {_quoted(label_of(key, wish, areas))} is missing")
        for card, (_, key) in zip(shown, near, strict=True)
    ]
    if not most:
        words = "No single filter is to blame. Clear them all to see everyone who is open."
        return RescueView("Nobody matches all of this", words, "", "", drops, closest)
    best, label = drops[0], label_of(drops[0].key, wish, areas)
    people = "One mentor matches" if most == 1 else f"{most} mentors match"
    return RescueView(
        title=f"One filter leaves nobody: {label}",
        words=f"{people} everything else you asked for.",
        best_key=best.key,
        best_label=f"Drop {_quoted(label)}, show {most}",
        drops=drops,
        closest=closest,
    )


def _area_names(tally: Tally) -> dict[str, str]:
    everyone = [*tally.matched, *(mentor for mentor, _ in tally.nearly)]
    return {area.slug: area.name for mentor in everyone for area in mentor.areas}


def _quoted(label: str) -> str:
    return label if label.startswith("“") else f"“{label}”"


def _price_words(wish: Wish) -> str:
    low, high = (
        Money(int(amount.scaleb(decimals(wish.currency))), wish.currency).format(tag=True) if amount is not None else ""
        for amount in (wish.price_from, wish.price_to)
    )
    if low and high:
        return f"{low} to {high}"
    return f"Up to {high}" if high else f"From {low}"
