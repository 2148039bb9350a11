"""Browse: the address is the search; every box, chip and word only changes the address and looks again."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import reflex as rx

from mentorhub.domain.common import topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.places import currency_of_zone
from mentorhub.domain.marketplace import queries as marketplace
from mentorhub.domain.marketplace.queries import (
    BoxView,
    ChipView,
    DropView,
    MentorCardView,
    RescueView,
    SearchView,
)
from mentorhub.domain.marketplace.rules.wish import MOST_ON_A_PAGE, PAGE, SORTS, Wish, wish_from
from mentorhub.state.base import Access, Answer, event, read
from mentorhub.state.live import hub
from mentorhub.state.viewer import ViewerState

_MOST_SHOWN = 120
_NOBODY = RescueView(title="", words="", best_key="", best_label="")


class BrowseState(rx.State):
    """What one visitor searches for and finds; `resets` counts how often typed fields must be drawn anew."""

    loaded: bool = False
    text: str = ""
    title: str = "Find a mentor"
    count_words: str = ""
    show_label: str = "Show mentors"
    zone_line: str = ""
    cards: list[MentorCardView] = []
    has_more: bool = False
    more_label: str = ""
    shown_words: str = ""
    more_busy: bool = False
    sort: str = "match"
    chips: list[ChipView] = []
    hours: list[BoxView] = []
    intro: list[BoxView] = []
    kinds: list[BoxView] = []
    areas: list[BoxView] = []
    languages: list[BoxView] = []
    regions: list[BoxView] = []
    price_from: str = ""
    price_to: str = ""
    price_hint: str = ""
    note: str = ""
    is_empty: bool = False
    rescue_title: str = ""
    rescue_words: str = ""
    rescue_label: str = ""
    drops: list[DropView] = []
    closest: list[MentorCardView] = []
    resets: int = 0
    _address: dict[str, str] = {}
    _best_key: str = ""

    @event(Access.EVERYONE, supersedes=True)
    async def load(self) -> None:
        """Search for what the address says."""
        asked = self.router.url.query_parameters
        self._address = {str(key): str(value) for key, value in asked.items()}
        self.resets += 1
        await self._look(PAGE)

    @event(Access.EVERYONE)
    async def refresh(self) -> None:
        """A time of somebody shown was taken or freed, or the visitor's zone became known."""
        await self._look(max(len(self.cards), PAGE))

    @event(Access.EVERYONE, supersedes=True)
    async def find(self, form: dict[str, Any]) -> Answer:
        """Search for other words, the filters unchanged."""
        return await self._change(lambda wish: wish_from({**wish.address(), "q": str(form.get("q", ""))}))

    @event(Access.EVERYONE, supersedes=True)
    async def toggle(self, key: str) -> Answer:
        """Tick or clear a box."""
        return await self._change(lambda wish: wish.toggled(key))

    @event(Access.EVERYONE, supersedes=True)
    async def drop(self, key: str) -> Answer:
        """Take one filter off."""
        self.resets += 1
        return await self._change(lambda wish: wish.without(key))

    @event(Access.EVERYONE, supersedes=True)
    async def drop_best(self) -> Answer:
        """Take off the filter to blame, or all of them when no single one is."""
        if not self._best_key:
            return await self._clear()
        self.resets += 1
        return await self._change(lambda wish: wish.without(self._best_key))

    @event(Access.EVERYONE, supersedes=True)
    async def clear(self) -> Answer:
        """Take every filter off; the words stay."""
        return await self._clear()

    @event(Access.EVERYONE, supersedes=True)
    async def sort_by(self, sort: str) -> Answer:
        """Show the same mentors in another order."""
        return await self._change(lambda wish: wish_from({**wish.address(), "sort": sort}))

    @event(Access.EVERYONE, supersedes=True)
    async def set_least(self, amount: str) -> Answer:
        """Set the smallest price of a session, in the visitor's currency; no amount takes the limit off."""
        return await self._set_price("from", amount)

    @event(Access.EVERYONE, supersedes=True)
    async def set_most(self, amount: str) -> Answer:
        """Set the largest price of a session, in the visitor's currency; no amount takes the limit off."""
        return await self._set_price("to", amount)

    @event(Access.EVERYONE)
    async def more(self) -> None:
        """Add the next mentors under those shown."""
        if not self.has_more or len(self.cards) >= _MOST_SHOWN:
            return
        found = await self._search(offset=len(self.cards), limit=PAGE)
        known = {card.mentor_id for card in self.cards}
        self.cards = [*self.cards, *(card for card in found.cards if card.mentor_id not in known)]
        self._show_end(found)
        self._watch()

    async def _set_price(self, key: str, amount: str) -> Answer:
        if amount == {"from": self.price_from, "to": self.price_to}[key]:
            return None
        self.resets += 1
        return await self._change(lambda wish: wish_from({"cur": wish.currency, **wish.address(), key: amount}))

    async def _clear(self) -> Answer:
        self.resets += 1
        return await self._change(lambda wish: wish_from({"q": wish.text, "sort": wish.sort}))

    async def _change(self, change: Callable[[Wish], Wish]) -> Answer:
        """Change the address first, so that a faster second click builds on this one; then look."""
        zone = (await self.get_state(ViewerState))._zone().key
        wish = change(wish_from(self._address, currency=currency_of_zone(zone)))
        self._address, note = wish.address(), wish.swapped
        await self._look(PAGE)
        if note:
            self.note = "The smaller price comes first; we swapped the two."
        query = wish.query()
        address = f"/mentors?{query}" if query else "/mentors"
        return rx.call_script(f"history.pushState(history.state, '', {json.dumps(address)})")

    async def _look(self, limit: int) -> None:
        found = await self._search(offset=0, limit=limit)
        wish = wish_from(self._address)
        self.text, self.sort = wish.text, wish.sort
        self.title = f"Mentors for “{wish.text}”" if wish.text else "Find a mentor"
        self.count_words, self.show_label = found.in_words, f"Show {found.in_words}"
        self.zone_line, self.cards, self.chips = found.zone_line, found.cards, found.chips
        self.hours, self.intro, self.kinds = found.hours, found.intro, found.kinds
        self.areas, self.languages, self.regions = found.areas, found.languages, found.regions
        parts = wish.address()
        self.price_from, self.price_to = parts.get("from", ""), parts.get("to", "")
        self.price_hint, self.note = f"In {found.currency}, roughly for other currencies.", found.note
        self._show_end(found)
        self._show_rescue(found)
        self._watch()
        self.loaded = True

    async def _search(self, *, offset: int, limit: int) -> SearchView:
        zone = (await self.get_state(ViewerState))._zone().key
        asked = {"address": dict(self._address), "zone": zone, "now": utc_now()}
        found = await read(marketplace.search, offset=offset, limit=min(limit, MOST_ON_A_PAGE), **asked)
        while len(found.cards) < limit and found.has_more:
            start, wanted = offset + len(found.cards), min(limit - len(found.cards), MOST_ON_A_PAGE)
            rest = await read(marketplace.search, offset=start, limit=wanted, **asked)
            found = replace(rest, cards=[*found.cards, *rest.cards])
        return found

    def _show_end(self, found: SearchView) -> None:
        self.has_more = found.has_more and len(self.cards) < _MOST_SHOWN
        self.more_label = f"Show {min(PAGE, max(found.total - len(self.cards), 0))} more"
        self.shown_words = f"{len(self.cards)} of {found.total}"

    def _show_rescue(self, found: SearchView) -> None:
        rescue = found.rescue or _NOBODY
        self.is_empty, self._best_key = found.rescue is not None, rescue.best_key
        self.rescue_title, self.rescue_words = rescue.title, rescue.words
        self.rescue_label = rescue.best_label or "Clear all filters"
        self.drops, self.closest = rescue.drops, rescue.closest

    def _watch(self) -> None:
        shown = [topics.grid_of(UUID(card.mentor_id)) for card in (*self.cards, *self.closest)]
        hub.watch(self.router.session.client_token, BrowseState.refresh, *shown)


SORT_CHOICES = tuple(SORTS.items())
"""The orders one may choose, for the page."""
