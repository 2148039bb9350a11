"""Hold and checkout: the question, the bill, the way to the provider and back."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import UUID

import reflex as rx

from mentorhub import settings
from mentorhub.adapters import outside
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import Status
from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.errors import CheckoutClosed
from mentorhub.domain.payments.ports import CheckoutLine, CheckoutRequest
from mentorhub.state import shown
from mentorhub.state.base import Access, Answer, event, leave_for, read, require_viewer, run
from mentorhub.state.live import hub
from mentorhub.state.shown import LineShown, MeetingShown, TermShown
from mentorhub.state.viewer import ViewerState

ASK_ENOUGH = 80


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
    hold_until: str = ""
    hold_ends_at: str = ""
    server_now: str = ""
    hold_seconds: int = 600
    ask: str = ""
    ask_length: int = 0
    verified: bool = False
    refused: str = ""
    busy: bool = False
    _booking_id: UUID | None = None

    @event(Access.SIGNED_IN)
    async def load(self) -> Answer:
        """Show the hold this address names, or where it went."""
        self.loaded, self.busy, self.refused = False, False, ""
        self._booking_id = parse_id(self.router.url.query_parameters.get("booking") or self.booking_id)
        if self.router.url.query_parameters.get("provider") == "cancelled" and self._booking_id:
            await self._close_checkout()
            self.refused = ""
        return await self._show()

    @event(Access.SIGNED_IN)
    async def refresh(self) -> Answer:
        """The booking changed: paid, given back, or run out."""
        return await self._show()

    @event(Access.SIGNED_IN)
    async def keep_ask(self, text: str) -> None:
        """Keep the question as it is being written."""
        viewer = require_viewer()
        self.ask, self.ask_length = text, len(text.strip())
        if self._booking_id is not None:
            await run(
                bookings.write_ask, booking_id=self._booking_id, mentee_id=viewer.user_id, text=text, now=utc_now()
            )

    @event(Access.SIGNED_IN)
    async def pay(self) -> AsyncGenerator[Answer, None]:
        """Confirm what is free; else open the provider's page and go there."""
        viewer, now = require_viewer(), utc_now()
        if self._booking_id is None:
            raise NotFound
        self.busy, self.refused = True, ""
        yield
        try:
            if self.is_free:
                await run(bookings.confirm_free, booking_id=self._booking_id, mentee_id=viewer.user_id, now=now)
                yield rx.redirect(f"/sessions/{self._booking_id}?just=booked")
                return
            url = await self._open_checkout(viewer.user_id)
            yield leave_for(url)
        except DomainError as refusal:
            self.refused = str(refusal)
        finally:
            self.busy = False

    @event(Access.SIGNED_IN)
    async def give_back(self) -> Answer:
        """Let the time go; an open checkout is closed at the provider first."""
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

    async def _open_checkout(self, mentee_id: UUID) -> str:
        plan = await run(bookings.plan_checkout, booking_id=self._booking_id, mentee_id=mentee_id, now=utc_now())
        if plan.open_url is not None:
            return plan.open_url
        here = settings.current().public_url
        request = CheckoutRequest(
            payment_id=plan.payment_id,
            lines=(CheckoutLine(title=plan.title, amount=plan.price, detail=plan.detail),),
            success_url=f"{here}/sessions/{plan.booking_id}?just=paid",
            cancel_url=f"{here}/checkout/{plan.booking_id}?provider=cancelled",
            expires_at=plan.expires_at,
            email=plan.email,
            metadata={"booking": str(plan.booking_id)},
            manual_capture=plan.manual_capture,
        )
        checkout = await asyncio.to_thread(outside().gateway.open_checkout, request)
        await run(payments.record_checkout, payment_id=plan.payment_id, checkout=checkout)
        return checkout.url

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
        return booking is not None and booking.status is Status.CONFIRMED

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
        self.is_free = not booking.price
        self.price_tag = booking.price.format(tag=True) if booking.price else "Free"
        self.price_full = booking.price.format()
        self.lines = shown.bill([(f"{booking.title}, {length}", booking.price)], ("Total", booking.price))
        self.terms = shown.terms(booking.full_until, booking.half_until, zone=zone, now=now, price=booking.price)
        self.server_now = shown.iso(now)
        if booking.hold_expires_at is not None:
            self.hold_until = moments.clock(booking.hold_expires_at, zone)
            self.hold_ends_at = shown.iso(booking.hold_expires_at)
            left = booking.hold_expires_at - now
            self.hold_seconds = 600 if left <= timedelta(minutes=10) else 2130
        self.ask, self.ask_length = booking.ask, len(booking.ask)
        self.verified, self.loaded = viewer.verified, True
        return None
