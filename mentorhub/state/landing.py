"""The first page: who has time soonest, one of them looked at closely, a voice, and where a price goes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.money import Money
from mentorhub.domain.marketplace import queries as marketplace
from mentorhub.domain.marketplace.queries import MentorCardView, MentorPageView, OfferingView
from mentorhub.domain.payments import rules as money
from mentorhub.domain.reviews import queries as reviews
from mentorhub.state import shown
from mentorhub.state.base import Access, event, read
from mentorhub.state.live import hub
from mentorhub.state.shown import MeetingShown
from mentorhub.state.viewer import ViewerState

_CARDS = 3
_LOOKED_AT = 12
_AWAKE = range(7, 22)
_SHORTEST_VOICE, _LONGEST_VOICE = 40, 260


@dataclass(frozen=True)
class FeaturedShown:
    """One mentor with the next time both sides are awake."""

    name: str = ""
    headline: str = ""
    href: str = ""
    portrait: str = ""
    initials: str = ""
    reasons: list[str] = field(default_factory=list)
    gap: str = ""
    meeting: MeetingShown = field(default_factory=MeetingShown)
    offering: str = ""
    price_words: str = ""


@dataclass(frozen=True)
class VoiceShown:
    """One review with its author, large."""

    words: str = ""
    author: str = ""
    about: str = ""
    author_portrait: str = ""
    author_initials: str = ""
    mentor_portrait: str = ""
    met: str = ""


@dataclass(frozen=True)
class PartShown:
    """One share of a price; `minor` is its width in the bar."""

    label: str
    amount: str
    minor: int


class LandingState(rx.State):
    """What the first page reads; everything else on it is written into the page itself."""

    loaded: bool = False
    cards: list[MentorCardView] = []
    all_label: str = "All mentors"
    has_featured: bool = False
    featured: FeaturedShown = FeaturedShown()
    has_voice: bool = False
    voice: VoiceShown = VoiceShown()
    has_price: bool = False
    price_example: str = ""
    price_tag: str = ""
    price_parts: list[PartShown] = []

    @event(Access.EVERYONE)
    async def load(self) -> None:
        """Read who is free soonest, and again when one of their times is taken."""
        await self._show()
        watched = [topics.grid_of(UUID(card.mentor_id)) for card in self.cards]
        hub.watch(self.router.session.client_token, LandingState.refresh, *watched)

    @event(Access.EVERYONE)
    async def refresh(self) -> None:
        """Times changed, or the visitor's zone became known."""
        await self._show()

    async def _show(self) -> None:
        zone = (await self.get_state(ViewerState))._zone()
        now = utc_now()
        found = await read(marketplace.search, address={"sort": "soonest"}, zone=zone.key, now=now, limit=_LOOKED_AT)
        self.cards = proven_first(found.cards)[:_CARDS]
        self.all_label = f"All {found.in_words}" if found.total > 1 else "All mentors"
        await self._feature(proven_first(found.cards), zone, now)
        await self._quote(found.cards)
        self.loaded = True

    async def _feature(self, cards: list[MentorCardView], zone: ZoneInfo, now: datetime) -> None:
        """Show the first mentor who asks a price, with a time at which nobody has to get up at night."""
        self.has_featured = self.has_price = False
        priced = [card for card in cards if card.next_free_at and card.price_tag != "Free"]
        for card in priced or [card for card in cards if card.next_free_at][:1]:
            mentor = await read(marketplace.mentor_page, slug=card.slug)
            offering = _offering_on(card, mentor)
            start = await _awake_start(mentor, offering, zone, now) if offering else None
            if offering is not None and start is not None:
                self.featured, self.has_featured = _featured(card, mentor, offering, start, zone), True
                self._show_price(mentor, offering, now)
                return

    def _show_price(self, mentor: MentorPageView, offering: OfferingView, now: datetime) -> None:
        price = Money(offering.price_minor, offering.currency)
        if not price:
            return
        parts = money.split(price, on=now.date())
        fee = f"MentorHub fee, {money.PLATFORM_FEE_BPS // 100} %,"
        shares = [(f"{mentor.first_name} receives", parts.net), (fee, parts.fee), ("Card cost", parts.card)]
        self.price_parts = [PartShown(label, share.format(tag=True), share.minor) for label, share in shares]
        self.price_example = f"{offering.title} with {mentor.first_name}"
        self.price_tag, self.has_price = offering.price_tag, True

    async def _quote(self, cards: list[MentorCardView]) -> None:
        """Let the first reviewed mentor be spoken for by somebody who met them."""
        self.has_voice = False
        for card in (card for card in cards if card.rating):
            rows = await read(reviews.reviews_of_mentor, mentor_id=UUID(card.mentor_id), limit=_LOOKED_AT)
            told = next((row for row in rows if row.stars == 5 and _is_telling(row.text)), None)
            if told is not None:
                self.voice, self.has_voice = _voice(told, card), True
                return


def proven_first(cards: list[MentorCardView]) -> list[MentorCardView]:
    """The same cards, those whom people have met and rated before the new ones."""
    return sorted(cards, key=lambda card: not card.rating)


def _voice(told: reviews.ReviewView, card: MentorCardView) -> VoiceShown:
    return VoiceShown(
        words=told.text,
        author=told.author,
        about=f"{told.about_author} with {card.name}, {told.written}",
        author_portrait=told.portrait,
        author_initials=told.initials,
        mentor_portrait=card.portrait,
        met=told.met,
    )


def _is_telling(text: str) -> bool:
    return _SHORTEST_VOICE <= len(text) <= _LONGEST_VOICE and "\n" not in text


def _offering_on(card: MentorCardView, mentor: MentorPageView) -> OfferingView | None:
    """The offering whose price and length stand on the card."""
    same = (one for one in mentor.offerings if one.price_tag == card.price_tag)
    return next((one for one in same if card.minutes.startswith(f"{one.minutes} min")), None)


async def _awake_start(
    mentor: MentorPageView, offering: OfferingView, zone: ZoneInfo, now: datetime
) -> datetime | None:
    """The first free start of the next two weeks between 07:00 and 22:00 on both clocks, else the first."""
    free = await read(
        bookings.free_starts,
        mentor_id=UUID(mentor.mentor_id),
        offering_id=UUID(offering.offering_id),
        since=now,
        until=now + timedelta(days=14),
        viewer_id=None,
        now=now,
    )
    theirs = moments.zone_of(mentor.time_zone)
    awake = (s for s in free if s.astimezone(zone).hour in _AWAKE and s.astimezone(theirs).hour in _AWAKE)
    return next(awake, free[0] if free else None)


def _featured(
    card: MentorCardView, mentor: MentorPageView, offering: OfferingView, start: datetime, zone: ZoneInfo
) -> FeaturedShown:
    return FeaturedShown(
        name=mentor.name,
        headline=mentor.role_line,
        href=card.href,
        portrait=mentor.portrait,
        initials=mentor.initials,
        reasons=card.reasons,
        gap=card.gap,
        meeting=shown.meeting(
            start,
            start + timedelta(minutes=offering.minutes),
            zone=zone,
            their_zone=moments.zone_of(mentor.time_zone),
            their_name=mentor.name,
            their_place=mentor.city,
        ),
        offering=f"{offering.title}, {offering.minutes} min",
        price_words=f"{offering.price_tag}, the whole price" if offering.price_minor else "Free, nothing to pay",
    )
