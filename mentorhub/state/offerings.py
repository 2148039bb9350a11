"""What a mentor offers: the list, the form for a new or a changed one, and where each price goes."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.catalog import queries, service
from mentorhub.domain.catalog.queries import OwnOfferingView
from mentorhub.domain.catalog.rules import LONGEST, SHORTEST, STEP, OfferingForm
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.common.money import Money
from mentorhub.domain.marketplace import service as market
from mentorhub.domain.payments import rules as money
from mentorhub.state.base import Access, event, read, require_viewer, run

KINDS = (
    ("cv_review", "CV review"),
    ("mock_interview", "Mock interview"),
    ("career_talk", "Career talk"),
    ("portfolio", "Portfolio review"),
    ("open_topic", "Open topic"),
    ("intro", "Free intro call"),
    ("group", "Group session"),
)
LENGTHS = tuple((str(minutes), f"{minutes} min") for minutes in range(SHORTEST, LONGEST + 1, STEP))
CURRENCIES = tuple((code, code) for code in sorted(money.CARD_RATES[-1].fixed))
_FIELDS = ("kind", "title", "minutes", "price", "send_before", "leave_with", "currency")
_KIND_NAMES = dict(KINDS)


@dataclass(frozen=True)
class PartShown:
    """One share of a price; `minor` is its width in the bar."""

    label: str
    amount: str
    minor: int


@dataclass(frozen=True)
class OwnOfferingShown:
    """One offering in the mentor's list, with where its price goes."""

    offering_id: str
    title: str
    terms: str
    price_tag: str
    bring: str
    leave_with: str
    split: str
    is_active: bool
    waiting: str
    parts: list[PartShown] = field(default_factory=list)


class OfferingsState(rx.State):
    """The mentor's offerings; `form_resets` counts how often the form must be drawn anew."""

    loaded: bool = False
    has_profile: bool = False
    currency: str = "EUR"
    offerings: list[OwnOfferingShown] = []
    is_editing: bool = False
    form_title: str = "Add a session"
    form_resets: int = 0
    kind: str = "cv_review"
    title: str = ""
    minutes: str = "30"
    price: str = ""
    send_before: str = ""
    leave_with: str = ""
    needs_approval: bool = False
    met_book_instantly: bool = True
    split: str = ""
    errors: dict[str, str] = dict.fromkeys(_FIELDS, "")
    saved: str = ""
    currency_saved: str = ""
    _offering_id: str = ""

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Read the offerings, and close the form."""
        self._close()
        self.saved, self.currency_saved = "", ""
        await self._show()
        self.loaded = True

    @event(Access.SIGNED_IN)
    def add(self) -> None:
        """Open the form for a new offering."""
        self._close()
        self.is_editing, self.form_title, self.saved = True, "Add a session", ""

    @event(Access.SIGNED_IN)
    async def edit(self, offering_id: str) -> None:
        """Open the form with one of one's own offerings."""
        known = parse_id(offering_id)
        if known is None:
            raise NotFound
        own = await read(queries.own_offering, mentor_id=require_viewer().user_id, offering_id=known)
        self._close()
        self.kind, self.title, self.minutes, self.price = own.kind, own.title, str(own.minutes), own.price_typed
        self.send_before, self.leave_with = own.send_before, own.leave_with
        self.needs_approval, self.met_book_instantly = own.needs_approval, own.met_book_instantly
        self.split = _split_words(own.price)
        self._offering_id = offering_id
        self.is_editing, self.form_title, self.saved = True, f"Change “{own.title}”", ""

    @event(Access.SIGNED_IN)
    def close(self) -> None:
        """Put the form away, nothing changed."""
        self._close()

    @event(Access.SIGNED_IN)
    def show_split(self, price: str) -> None:
        """Say where a typed price would go, before anything is kept."""
        self.split, self.errors = "", {**self.errors, "price": ""}
        try:
            amount = Money.parse(price, self.currency) if price.strip() else Money.zero(self.currency)
            self.split = _split_words(amount)
        except DomainError as refusal:
            self.errors = {**self.errors, "price": str(refusal)}

    @event(Access.SIGNED_IN)
    async def save(self, form: dict[str, Any]) -> None:
        """Keep the offering; what is wrong is said beside its field. Bookings already made keep their terms."""
        viewer = require_viewer()
        self.saved, self.errors = "", dict.fromkeys(_FIELDS, "")
        asked = {"actor_id": viewer.user_id, "form": _typed(form), "price_floor": money.smallest_price}
        try:
            if self._offering_id:
                known = parse_id(self._offering_id)
                await run(service.edit_offering, offering_id=known, now=utc_now(), **asked)
            else:
                await run(service.add_offering, now=utc_now(), **asked)
        except FieldError as refusal:
            self.errors = {**self.errors, refusal.field: refusal.message}
            return
        self._close()
        self.saved = "Saved. Sessions already booked keep their price and length."
        await self._show()

    @event(Access.SIGNED_IN)
    async def switch(self, offering_id: str, is_active: bool) -> None:
        """Offer a session again, or stop; it is never deleted, since bookings may point at it."""
        known = parse_id(offering_id)
        if known is None:
            raise NotFound
        verb = service.reactivate_offering if is_active else service.deactivate_offering
        await run(verb, actor_id=require_viewer().user_id, offering_id=known)
        self.saved = ""
        await self._show()

    @event(Access.SIGNED_IN)
    async def set_currency(self, currency: str) -> None:
        """Price in another currency, the numbers unchanged; refused once a session was booked."""
        viewer = require_viewer()
        self.currency_saved, self.errors = "", {**self.errors, "currency": ""}
        try:
            await run(
                market.change_currency,
                mentor_id=viewer.user_id,
                currency=currency,
                price_floor=money.smallest_price,
                now=utc_now(),
            )
            self.currency_saved = f"Your prices are in {currency} now."
        except DomainError as refusal:
            self.errors = {**self.errors, "currency": str(refusal)}
        await self._show()

    async def _show(self) -> None:
        viewer = require_viewer()
        profile = await read(queries.own_profile, mentor_id=viewer.user_id)
        self.has_profile = profile is not None
        if profile is None:
            return
        self.currency = profile.currency
        own = await read(queries.own_offerings, mentor_id=viewer.user_id)
        waiting = await read(bookings.waiting_for, mentor_id=viewer.user_id)
        self.offerings = [_shown(offering, waiting.get(offering.offering_id, 0)) for offering in own]

    def _close(self) -> None:
        self.kind, self.title, self.minutes, self.price = "cv_review", "", "30", ""
        self.send_before, self.leave_with, self.split, self._offering_id = "", "", "", ""
        self.needs_approval, self.met_book_instantly = False, True
        self.errors = dict.fromkeys(_FIELDS, "")
        self.is_editing = False
        self.form_resets += 1


def _typed(form: dict[str, Any]) -> OfferingForm:
    texts = {name: str(form.get(name, "")) for name in ("kind", "title", "price", "send_before", "leave_with")}
    minutes = str(form.get("minutes", ""))
    return OfferingForm(
        **texts,
        minutes=int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 4 else 0,
        needs_approval=bool(form.get("needs_approval")),
        met_book_instantly=bool(form.get("met_book_instantly")),
    )


def _parts(price: Money) -> list[PartShown]:
    if not price:
        return []
    shares = money.split(price, on=utc_now().date())
    named = [("You get", shares.net), ("MentorHub fee", shares.fee), ("Card cost", shares.card)]
    return [PartShown(label, share.format(tag=True), share.minor) for label, share in named]


def _split_words(price: Money) -> str:
    """Such as "₹1,200 = you ₹1,052 + fee ₹120 + card cost ₹28"; raises PriceTooSmall."""
    if not price:
        return "Free: nothing is charged and nothing is taken."
    net, fee, card = (part.amount for part in _parts(price))
    return f"{price.format(tag=True)} = you {net} + fee {fee} + card cost {card}"


def _shown(own: OwnOfferingView, waiting: int) -> OwnOfferingShown:
    return OwnOfferingShown(
        offering_id=str(own.offering_id),
        title=own.title,
        terms=f"{_KIND_NAMES[own.kind]}, {own.minutes} min" + (", you answer first" if own.needs_approval else ""),
        price_tag=own.price_tag,
        bring=own.send_before,
        leave_with=own.leave_with,
        split=_split_words(own.price),
        is_active=own.is_active,
        waiting=f"{waiting} {'person waits' if waiting == 1 else 'people wait'} for a free time" if waiting else "",
        parts=_parts(own.price),
    )
