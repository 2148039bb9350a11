"""One booking: its state, its door, what calling it off gives back, its receipt."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import Status
from mentorhub.domain.bookings.queries import BookingView
from mentorhub.domain.common import moments
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.marketplace import queries as market
from mentorhub.state import shown
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.live import hub
from mentorhub.state.moving import MovingState
from mentorhub.state.outcome_shown import outcome_shown
from mentorhub.state.paying import ask_provider
from mentorhub.state.refund_shown import RefundShown, refund_shown
from mentorhub.state.request import RequestState
from mentorhub.state.review import ReviewState
from mentorhub.state.seats import SeatState, topics_of
from mentorhub.state.series_parts import SeriesPartsState
from mentorhub.state.shown import IntakeShown, LineShown, MeetingShown, TermShown
from mentorhub.state.viewer import ViewerState


@dataclass(frozen=True)
class OtherShown:
    """A mentor to turn to after one called off: who, when they are free next to that time, their page."""

    name: str
    role: str
    portrait: str
    initials: str
    free: str
    href: str


class BookingState(rx.State):
    """One booking as one of its two people sees it."""

    loaded: bool = False
    missing: bool = False
    waiting: bool = False
    just_booked: bool = False
    booking_id_shown: str = ""
    title: str = ""
    status: str = "confirmed"
    facts: str = ""
    note: str = ""
    other_name: str = ""
    other_first: str = ""
    other_portrait: str = ""
    other_initials: str = ""
    my_portrait: str = ""
    my_initials: str = ""
    i_mentor: bool = False
    meeting: MeetingShown = MeetingShown()
    when_words: str = ""
    clock_note: str = ""
    intake: IntakeShown = IntakeShown()
    send_before: str = ""
    door_open: bool = False
    door_rule: str = ""
    door_note: str = ""
    has_room: bool = False
    can_cancel: bool = False
    i_come: bool = False
    other_comes: bool = False
    may_say_coming: bool = False
    terms: list[TermShown] = []
    refund_words: str = ""
    lines: list[LineShown] = []
    outcome: str = ""
    others: list[OtherShown] = []
    notes_path: str = ""
    cancel_open: bool = False
    refund: RefundShown = RefundShown()
    cancel_refused: str = ""
    busy: bool = False
    _booking_id: UUID | None = None
    _shown_minor: int = 0

    @event(Access.SIGNED_IN)
    async def load(self) -> Answer:
        """Show the booking this address names."""
        self.loaded, self.missing, self.busy, self.cancel_open = False, False, False, False
        self._booking_id = parse_id(self.booking_id)
        just = self.router.url.query_parameters.get("just", "")
        self.just_booked = just in ("paid", "booked")
        await self._show()
        if just == "paid" and self.waiting:
            return BookingState.ask_provider
        wanted = self.router.url.query_parameters.get("do", "") == "cancel"
        return BookingState.open_cancel if wanted and self.can_cancel else None

    @event(Access.SIGNED_IN)
    async def refresh(self) -> Answer:
        """The booking changed somewhere else; once it is settled it may be reviewed."""
        await self._show()
        return [RequestState.load, ReviewState.load, MovingState.refresh, SeriesPartsState.refresh, SeatState.refresh]

    @event(Access.SIGNED_IN)
    async def ask_provider(self) -> None:
        """The buyer is back before the provider's notice: ask the provider, and apply what it says."""
        viewer = require_viewer()
        if self._booking_id is None:
            raise NotFound
        await ask_provider(self._booking_id, viewer.user_id)
        await self._show()

    @event(Access.SIGNED_IN)
    async def say_coming(self) -> None:
        """Tell the other side that one is coming."""
        if self._booking_id is None:
            raise NotFound
        await run(bookings.say_coming, booking_id=self._booking_id, actor_id=require_viewer().user_id, now=utc_now())
        await self._show()

    @event(Access.SIGNED_IN)
    async def open_cancel(self) -> None:
        """Show exactly what calling off now gives back, before anything happens."""
        viewer, now = require_viewer(), utc_now()
        if self._booking_id is None:
            raise NotFound
        quote = await read(bookings.quote_cancel, booking_id=self._booking_id, actor_id=viewer.user_id, now=now)
        self._shown_minor = quote.refund.minor
        zone = (await self.get_state(ViewerState))._zone()
        until = shown.free_until(quote.full_until, quote.half_until, zone=zone, now=now)
        words = f"Of {quote.price.format()} paid. Cancelling is free {until}"
        self.refund = refund_shown(quote.refund, quote.price, by=quote.by, mentee=self.other_first, words=words)
        self.cancel_refused, self.cancel_open = "", True

    @event(Access.SIGNED_IN)
    def close_cancel(self) -> None:
        """Keep the session."""
        self.cancel_open = False

    @event(Access.SIGNED_IN)
    async def cancel(self) -> AsyncGenerator[Answer, None]:
        """Call the session off with the refund that was shown."""
        viewer = require_viewer()
        if self._booking_id is None:
            raise NotFound
        self.busy = True
        yield
        try:
            await run(
                bookings.cancel,
                booking_id=self._booking_id,
                actor_id=viewer.user_id,
                shown_minor=self._shown_minor,
                now=utc_now(),
            )
            self.cancel_open = False
        except DomainError as refusal:
            self.cancel_refused = str(refusal)
        finally:
            self.busy = False
        await self._show()

    async def _show(self) -> None:
        viewer, now = require_viewer(), utc_now()
        try:
            if self._booking_id is None:
                raise NotFound
            booking = await read(queries.booking_page, booking_id=self._booking_id, viewer_id=viewer.user_id, now=now)
        except NotFound:
            self.missing, self.loaded = True, True
            return
        hub.watch(self.router.session.client_token, BookingState.refresh, *topics_of(booking))
        zone = (await self.get_state(ViewerState))._zone()
        self.booking_id_shown = str(booking.booking_id)
        self.waiting = booking.status is Status.HELD
        self.title, self.send_before = booking.title, booking.send_before
        self.intake = shown.intake(booking.intake)
        self.i_mentor = booking.i_mentor
        other, mine = booking.other, booking.mine
        self.other_name, self.other_first = other.name, shown.first_name(other.name)
        self.other_portrait, self.other_initials = other.portrait, shown.initials(other.name)
        self.my_portrait, self.my_initials = mine.portrait, shown.initials(mine.name)
        self.meeting = shown.meeting_of(booking, zone)
        self.when_words = moments.span(booking.starts_at, booking.ends_at, zone)
        self.clock_note = moments.clock_note((zone, moments.zone_of(other.zone)), now, max(now, booking.starts_at))
        self._show_state(booking, zone, now)
        self.terms = shown.terms(booking.full_until, booking.half_until, zone=zone, now=now, price=booking.price)
        self.lines = await self._bill(booking)
        self.others = await self._others(booking, zone, now)
        self.loaded = True

    def _show_state(self, booking: BookingView, zone: ZoneInfo, now: datetime) -> None:
        inside = booking.doors.is_open(now) and booking.status is Status.CONFIRMED
        self.status = "live" if inside and booking.inside else shown.status_word(booking)
        unpaid = "Not charged" if booking.price else "Nothing to pay"
        paid = f"Paid {moments.date_in_full(booking.paid_at, zone)}" if booking.paid_at else unpaid
        self.facts = f"{paid}, number {str(booking.booking_id)[:8]}"
        self.note = f"With {booking.other.name}" + (f", {booking.other.role}" if booking.other.role else "")
        self.has_room = booking.status is Status.CONFIRMED and now < booking.doors.closes_at
        self.door_open = inside
        self.door_rule = (
            "The room is open."
            if inside
            else f"The room opens {moments.when(booking.doors.opens_at, zone)}, 15 minutes before the start."
        )
        there = booking.other.user_id in booking.inside
        self.door_note = (
            f"{shown.first_name(booking.other.name)} is there."
            if there
            else ("" if inside else f"That is {moments.until(booking.doors.opens_at, now)}.")
        )
        not_mine = booking.i_mentor and booking.group_session_id is not None
        self.can_cancel = booking.status is Status.CONFIRMED and booking.starts_at > now and not not_mine
        self.i_come, self.other_comes, self.may_say_coming = booking.i_come, booking.other_comes, booking.may_say_coming
        self.outcome = outcome_shown(booking)
        has_notes = booking.status.is_over or booking.status is Status.CONFIRMED
        self.notes_path = f"/notes/{booking.booking_id}/sync" if has_notes else ""

    async def _others(self, booking: BookingView, zone: ZoneInfo, now: datetime) -> list[OtherShown]:
        """Three of the same field for a mentee whose mentor called off."""
        if booking.i_mentor or booking.status is not Status.CANCELLED or booking.cancelled_by_me:
            return []
        fits = await read(
            market.better_fits,
            mentor_id=booking.mentor.user_id,
            viewer_id=booking.mentee.user_id,
            minutes=(booking.ends_at - booking.starts_at) // timedelta(minutes=1),
            near=booking.starts_at,
            now=now,
        )
        return [
            OtherShown(
                name=fit.name,
                role=fit.role,
                portrait=fit.portrait,
                initials=shown.initials(fit.name),
                free=f"Free {moments.when(fit.starts_at, zone)} in {moments.place_of(zone)}",
                href=f"/mentors/{fit.slug}",
            )
            for fit in fits
        ]

    async def _bill(self, booking: BookingView) -> list[LineShown]:
        if not booking.price:
            return shown.bill([], ("Nothing to pay", booking.price))
        if booking.i_mentor:
            parts = booking.split
            lines = [("Price", parts.price), ("Platform fee", -parts.fee), ("Card cost", -parts.card)]
            total = ("Yours", parts.net)
        else:
            lines, total = (
                [(booking.title, booking.price)],
                ("Paid" if booking.paid_at else "Not charged", booking.price),
            )
        if booking.refunded:
            lines.append(("Given back", -booking.refunded))
        return shown.bill(lines, total)
