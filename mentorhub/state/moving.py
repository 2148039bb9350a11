"""Changing the time of a session: proposing up to three others, and answering such a proposal."""

from collections.abc import AsyncGenerator, Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.queries import BookingView
from mentorhub.domain.bookings.rules import STARTS_A_PROPOSAL, offered_lately
from mentorhub.domain.common import moments
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.scheduling.rules.blocks import moment_typed
from mentorhub.state import shown
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.moves_shown import TimeShown, effect_in_words, last_in_words, left_in_words, time_shown
from mentorhub.state.viewer import ViewerState
from mentorhub.state.week import WeekShown, instant_of, start_of, week_bounds, week_of, week_shown


class MovingState(rx.State):
    """The proposal of one booking, and the dialog that makes one."""

    is_movable: bool = False
    can_propose: bool = False
    left: str = ""
    effect: str = ""
    last: str = ""
    has_proposal: bool = False
    by_me: bool = False
    options: list[TimeShown] = []
    lapses: str = ""
    their_note: str = ""
    i_mentor: bool = False
    place: str = ""
    note: str = ""
    dialog_open: bool = False
    week: WeekShown = WeekShown()
    chosen_day: str = ""
    picks: list[str] = []
    picked: list[TimeShown] = []
    zones: str = ""
    refused: str = ""
    busy: bool = False
    _booking_id: UUID | None = None
    _proposal_id: UUID | None = None
    _first_day: date | None = None
    _offered: dict[datetime, datetime] = {}

    @event(Access.SIGNED_IN)
    async def load(self) -> Answer:
        """Look whether a move of the booking this address names is proposed or possible; `?do=move` proposes."""
        self._booking_id, self.busy, self.dialog_open, self.refused = parse_id(self.booking_id), False, False, ""
        self.picks, self.picked, self._offered = [], [], {}
        await self._show()
        wanted = self.router.url.query_parameters.get("do", "") == "move"
        return MovingState.open if wanted and self.can_propose else None

    @event(Access.SIGNED_IN)
    async def refresh(self) -> None:
        """The booking changed somewhere else."""
        await self._show()
        if self.dialog_open:
            await self._show_week()

    @event(Access.SIGNED_IN)
    async def open(self) -> None:
        """Show the times to choose from, beginning with the week of the session."""
        booking, zone = await self._booking(), await self._zone()
        self._first_day = max(week_of(booking.starts_at, zone), week_of(utc_now(), zone))
        self.picks, self.picked, self.refused, self.note, self.dialog_open = [], [], "", "", True
        await self._show_week()

    @event(Access.SIGNED_IN)
    def close(self) -> None:
        """Propose nothing."""
        self.dialog_open = False

    @event(Access.SIGNED_IN)
    async def turn(self, weeks: int) -> None:
        """Look at the week before or after."""
        if self._first_day is None or weeks not in (-1, 1):
            return
        target = self._first_day + timedelta(days=7 * weeks)
        if target < week_of(utc_now(), await self._zone()) or (weeks > 0 and self.week.is_last):
            return
        self._first_day = target
        await self._show_week()

    @event(Access.SIGNED_IN)
    def look_at_day(self, day: str) -> None:
        """Look at the times of one day."""
        if day in {shown_day.key for shown_day in self.week.days}:
            self.chosen_day = day

    @event(Access.SIGNED_IN)
    async def choose(self, start: str) -> None:
        """Pick a time, or put it back; three at most."""
        if start in self.picks:
            self.picks = [pick for pick in self.picks if pick != start]
        elif start not in self._free_starts():
            raise NotFound
        elif len(self.picks) == STARTS_A_PROPOSAL:
            self.refused = "Three times are the most one proposal can name."
            return
        else:
            self.picks = sorted([*self.picks, start])
        await self._show_picks()

    @event(Access.SIGNED_IN)
    async def choose_own(self, form: dict[str, Any]) -> None:
        """Pick a time that no grid shows: a mentor's own, also outside their hours."""
        if not self.i_mentor:
            raise NotFound
        try:
            start = moment_typed(str(form.get("day", "")), str(form.get("time", "")), await self._zone())
        except FieldError as refusal:
            self.refused = str(refusal)
            return
        if len({*self.picks, start_of(start)}) > STARTS_A_PROPOSAL:
            self.refused = "Three times are the most one proposal can name."
            return
        self.picks = sorted({*self.picks, start_of(start)})
        await self._show_picks()

    @event(Access.SIGNED_IN)
    def write_note(self, text: str) -> None:
        """Keep what is said beside the times."""
        self.note = text

    async def _show_picks(self) -> None:
        self.refused = ""
        booking, zone = await self._booking(), await self._zone()
        self.picked = [time_shown(instant_of(pick), booking, zone) for pick in self.picks]

    @event(Access.SIGNED_IN)
    async def propose(self) -> AsyncGenerator[Any, None]:
        """Ask the other side for one of the picked times."""
        starts, now = [instant_of(pick) for pick in self.picks], utc_now()
        lately = offered_lately(self._offered, now=now)
        viewer = require_viewer()

        async def ask() -> None:
            await run(
                bookings.propose_move,
                booking_id=self._known(),
                actor_id=viewer.user_id,
                starts=starts,
                note=self.note,
                now=now,
                offered=lately,
            )
            self.dialog_open = False

        async for step in self._try(ask):
            yield step

    @event(Access.SIGNED_IN)
    async def accept(self, start: str) -> AsyncGenerator[Any, None]:
        """Take one of the proposed times."""
        if start not in {option.start for option in self.options} or self._proposal_id is None:
            raise NotFound
        arguments = {"proposal_id": self._proposal_id, "starts_at": instant_of(start)}
        async for step in self._answer(bookings.accept_move, arguments):
            yield step

    @event(Access.SIGNED_IN)
    async def decline(self) -> AsyncGenerator[Any, None]:
        """Keep the present time."""
        async for step in self._answer(bookings.decline_move, {"proposal_id": self._proposal_id}):
            yield step

    @event(Access.SIGNED_IN)
    async def withdraw(self) -> AsyncGenerator[Any, None]:
        """Take one's own proposal back."""
        async for step in self._answer(bookings.withdraw_move, {"proposal_id": self._proposal_id}):
            yield step

    async def _answer(self, verb: Callable[..., Any], arguments: dict[str, Any]) -> AsyncGenerator[Any, None]:
        viewer = require_viewer()
        if arguments["proposal_id"] is None:
            raise NotFound

        async def answer() -> None:
            await run(verb, actor_id=viewer.user_id, now=utc_now(), **arguments)

        async for step in self._try(answer):
            yield step

    async def _try(self, act: Callable[[], Any]) -> AsyncGenerator[Any, None]:
        self.busy, self.refused = True, ""
        yield
        try:
            await act()
        except DomainError as refusal:
            self.refused = str(refusal)
        finally:
            self.busy = False
        await self._show()

    def _known(self) -> UUID:
        if self._booking_id is None:
            raise NotFound
        return self._booking_id

    def _free_starts(self) -> set[str]:
        return {slot.start for day in self.week.days for slot in day.slots if slot.is_free}

    async def _booking(self) -> BookingView:
        viewer = require_viewer()
        return await read(queries.booking_page, booking_id=self._known(), viewer_id=viewer.user_id, now=utc_now())

    async def _zone(self) -> ZoneInfo:
        return (await self.get_state(ViewerState))._zone()

    async def _show(self) -> None:
        viewer, now = require_viewer(), utc_now()
        self.is_movable, self.can_propose, self.has_proposal, self.options, self.last = False, False, False, [], ""
        try:
            booking = await self._booking()
        except NotFound:
            return
        moves = await read(queries.moves_of, booking_id=booking.booking_id, viewer_id=viewer.user_id, now=now)
        zone, theirs = await self._zone(), shown.first_name(booking.other.name)
        self.i_mentor, self.place = booking.i_mentor, moments.place_of(zone)
        self.is_movable, self.can_propose, self.left = moves.is_movable, moves.can_propose, left_in_words(moves, theirs)
        self.effect, self.last = effect_in_words(moves, zone), last_in_words(moves, theirs)
        waiting = moves.proposal
        self._proposal_id = waiting.proposal_id if waiting else None
        if waiting is not None:
            self.has_proposal, self.by_me, self.their_note = True, waiting.by_me, waiting.note
            self.lapses = f"The proposal stands until {moments.when(waiting.lapses_at, zone)}."
            self.options = [time_shown(one.starts_at, booking, zone, is_free=one.is_free) for one in waiting.options]

    async def _show_week(self) -> None:
        viewer, now, zone, booking = require_viewer(), utc_now(), await self._zone(), await self._booking()
        first_day = self._first_day or week_of(now, zone)
        since, until = week_bounds(first_day, zone)
        times = await read(
            queries.times_to_move,
            booking_id=booking.booking_id,
            viewer_id=viewer.user_id,
            since=since,
            until=until,
            now=now,
        )
        self._offered |= dict.fromkeys(times.free if times else (), now)
        self.week = week_shown(times, first_day, zone, now=now)
        theirs = moments.zone_of(booking.other.zone)
        self.zones = (
            f"Your times in {moments.place_in_words(zone, since)}; "
            f"{shown.first_name(booking.other.name)} is in {moments.place_in_words(theirs, since)}."
        )
        if self.chosen_day not in {day.key for day in self.week.days if not day.is_off}:
            self.chosen_day = self.week.first_free_day
