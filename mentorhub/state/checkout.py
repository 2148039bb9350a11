"""Hold and checkout: the question, the bill, the way to the provider and back."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import UUID

import reflex as rx

from mentorhub.adapters import outside
from mentorhub.domain.bookings import queries, rules
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.errors import TooManyRequests
from mentorhub.domain.bookings.models import Status
from mentorhub.domain.bookings.queries import BookingView, SeriesPartView
from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments.errors import CheckoutClosed
from mentorhub.state import shown
from mentorhub.state.base import Access, Answer, event, leave_for, read, require_viewer, run
from mentorhub.state.live import hub
from mentorhub.state.paying import open_checkout
from mentorhub.state.shown import LineShown, MeetingShown, TermShown
from mentorhub.state.viewer import ViewerState

_FREE_SERIES = "The first one is shown here. Each can be cancelled alone."


class CheckoutState(rx.State):
    """One held time on its way to a confirmed session."""

    loaded: bool = False
    missing: bool = False
    over: bool = False
    title: str = ""
    terms_line: str = ""
    mentor_name: str = ""
    mentor_first: str = ""
    mentor_portrait: str = ""
    mentor_initials: str = ""
    mentor_slug: str = ""
    send_before: str = ""
    meeting: MeetingShown = MeetingShown()
    when_words: str = ""
    price_tag: str = ""
    price_full: str = ""
    is_free: bool = False
    lines: list[LineShown] = []
    terms: list[TermShown] = []
    series_note: str = ""
    hold_until: str = ""
    hold_ends_at: str = ""
    server_now: str = ""
    hold_seconds: int = 600
    by_request: bool = False
    is_seat: bool = False
    answer_words: str = ""
    verified: bool = False
    refused: str = ""
    oldest_href: str = ""
    busy: bool = False
    _booking_id: UUID | None = None

    @event(Access.SIGNED_IN)
    async def load(self) -> Answer:
        """Show the hold this address names, or where it went; the provider's cancel link ends it (DECISIONS.md 4)."""
        self.loaded, self.busy, self.refused, self.oldest_href = False, False, "", ""
        self._booking_id = parse_id(self.router.url.query_parameters.get("booking") or self.booking_id)
        came_back = self.router.url.query_parameters.get("provider") == "cancelled" and self._booking_id is not None
        if came_back:
            await self._close_checkout()
        answer = await self._show()
        return await self._let_go() if came_back and not (answer or self.missing or self.over) else answer

    @event(Access.SIGNED_IN)
    async def refresh(self) -> Answer:
        """The booking changed: paid, given back, or run out."""
        return await self._show()

    @event(Access.SIGNED_IN)
    async def pay(self) -> AsyncGenerator[Answer, None]:
        """Confirm what is free or ask for it; else open the provider's page and go there. The intake comes first."""
        viewer, now = require_viewer(), utc_now()
        if self._booking_id is None:
            raise NotFound
        self.busy, self.refused, self.oldest_href = True, "", ""
        yield
        try:
            whose = {"booking_id": self._booking_id, "mentee_id": viewer.user_id}
            if self.is_free:
                await run(bookings.request_free if self.by_request else bookings.confirm_free, now=now, **whose)
                yield rx.redirect(f"/sessions/{self._booking_id}?just={'asked' if self.by_request else 'booked'}")
                return
            yield leave_for(await open_checkout(self._booking_id, viewer.user_id))
        except TooManyRequests as refusal:
            self.refused = str(refusal)
            self.oldest_href = f"/sessions/{refusal.oldest}" if refusal.oldest else ""
        except DomainError as refusal:
            self.refused = str(refusal)
        finally:
            self.busy = False

    @event(Access.SIGNED_IN)
    async def give_back(self) -> Answer:
        """Let the time go; an open checkout is closed at the provider first."""
        return await self._let_go()

    async def _let_go(self) -> Answer:
        viewer = require_viewer()
        if self._booking_id is None:
            raise NotFound
        if await self._close_checkout():
            return rx.redirect(f"/sessions/{self._booking_id}")
        await run(bookings.give_back, booking_id=self._booking_id, mentee_id=viewer.user_id, now=utc_now())
        return rx.redirect(f"/mentors/{self.mentor_slug}")

    @event(Access.SIGNED_IN)
    async def run_out(self) -> Answer:
        """The countdown reached its end in the browser; the server says whether that is so."""
        return await self._show()

    async def _close_checkout(self) -> bool:
        """Close an open checkout at the provider; True when it turns out to be paid already."""
        viewer, gateway = require_viewer(), outside().gateway
        open_one = await run(
            bookings.open_checkout_of, booking_id=self._booking_id, mentee_id=viewer.user_id, now=utc_now()
        )
        if open_one is None:
            return False
        payment_id, checkout_id = open_one
        try:
            outcome = await asyncio.to_thread(gateway.expire_checkout, checkout_id)
        except CheckoutClosed:
            outcome = await asyncio.to_thread(gateway.fetch_checkout, checkout_id)
        booking = await run(bookings.apply_outcome, payment_id=payment_id, outcome=outcome, now=utc_now())
        return booking is not None and booking.status in (Status.CONFIRMED, Status.REQUESTED)

    async def _show(self) -> Answer:
        viewer, now = require_viewer(), utc_now()
        try:
            if self._booking_id is None:
                raise NotFound
            booking = await read(queries.booking_page, booking_id=self._booking_id, viewer_id=viewer.user_id, now=now)
            if booking.i_mentor:
                raise NotFound
        except NotFound:
            self.missing, self.loaded = True, True
            return None
        hub.watch(self.router.session.client_token, CheckoutState.refresh, topics.booking(booking.booking_id))
        if booking.status is not Status.HELD and booking.status is not Status.EXPIRED:
            return rx.redirect(f"/sessions/{booking.booking_id}")
        zone = (await self.get_state(ViewerState))._zone()
        self.missing, self.over = False, booking.status is Status.EXPIRED
        self.title, self.send_before = booking.title, booking.send_before
        length = moments.how_long(booking.ends_at - booking.starts_at)
        self.mentor_name, self.mentor_first = booking.mentor.name, shown.first_name(booking.mentor.name)
        self.terms_line = f"{length} with {booking.mentor.name}"
        self.mentor_portrait, self.mentor_slug = booking.mentor.portrait, booking.mentor.slug
        self.mentor_initials = shown.initials(booking.mentor.name)
        self.meeting = shown.meeting_of(booking, zone)
        self.when_words = moments.when(booking.starts_at, zone)
        parts = await read(queries.series_parts, booking_id=booking.booking_id, viewer_id=viewer.user_id, now=now)
        self._show_price(booking, parts, length, zone)
        self.terms = shown.terms(booking.full_until, booking.half_until, zone=zone, now=now, price=booking.price)
        self.server_now = shown.iso(now)
        if booking.hold_expires_at is not None:
            self.hold_until = moments.clock(booking.hold_expires_at, zone)
            self.hold_ends_at = shown.iso(booking.hold_expires_at)
            left = booking.hold_expires_at - now
            self.hold_seconds = 600 if left <= timedelta(minutes=10) else 2130
        self.by_request, self.is_seat = booking.by_request, booking.group_session_id is not None
        by = rules.answer_by(now, booking.starts_at, hours=booking.answer_hours)
        self.answer_words = f"{self.mentor_first} answers by {moments.when(by, zone)}."
        self.verified, self.loaded = viewer.verified, True
        return None

    def _show_price(
        self, booking: BookingView, parts: tuple[SeriesPartView, ...], length: str, zone: moments.Zone
    ) -> None:
        """A line for each session that is held with this one, and what all of them cost."""
        whole = Money(sum(part.price.minor for part in parts), booking.price.currency) if parts else booking.price
        lines = [(f"{booking.title}, {moments.when(part.starts_at, zone)}", part.price) for part in parts]
        self.is_free = not whole
        self.price_tag = whole.format(tag=True) if whole else "Free"
        self.price_full = whole.format()
        self.lines = shown.bill(lines or [(f"{booking.title}, {length}", booking.price)], ("Total", whole))
        self.series_note = ""
        if parts:
            self.terms_line = f"{len(parts)} sessions of {self.terms_line}"
            self.series_note = _terms_of_the_later(booking) if whole else _FREE_SERIES


def _terms_of_the_later(booking: BookingView) -> str:
    """What calling off one of the later sessions gives back: by the policy of the first, from its own start."""
    full, half = (moments.how_long(booking.starts_at - until) for until in (booking.full_until, booking.half_until))
    return (
        "The terms shown are those of the first one. Each can be cancelled alone: of a later one all comes back "
        f"until {full} before its start, half until {half}."
    )
