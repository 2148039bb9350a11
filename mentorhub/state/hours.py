"""A mentor's hours: edited as a draft, looked at from somebody else's clock, saved as a whole."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings.queries import Draft
from mentorhub.domain.bookings.service import save_hours
from mentorhub.domain.catalog import queries as catalog
from mentorhub.domain.common import habits, moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.common.zones import zone_names
from mentorhub.domain.scheduling import queries, service
from mentorhub.domain.scheduling.rules.editing import (
    HoursRow,
    Limits,
    checked_limits,
    clock_of,
    next_span,
    read_week,
)
from mentorhub.state import hours_shown as show
from mentorhub.state import limits_shown as listed
from mentorhub.state.away import AwayState
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.clock_change import ClockChangeShown, clock_change
from mentorhub.state.hours_draft import RowTyped, rows_of, span_of, tidy, unsaved
from mentorhub.state.hours_shown import DayShown, GridShown, SeenDay
from mentorhub.state.limits_shown import ChoiceShown, LimitShown
from mentorhub.state.live import hub

_LOOKED_AT = timedelta(days=14)
_USUAL_MINUTES = 30
_MOST_ROWS = 56


class HoursState(rx.State):
    """The draft of a mentor's hours; what is saved is read again after each save."""

    loaded: bool = False
    is_mentor: bool = False
    days: list[DayShown] = []
    grid: GridShown = GridShown()
    unsaved: str = ""
    busy: bool = False
    zone: str = ""
    zone_words: str = ""
    zone_error: str = ""
    limits: list[LimitShown] = []
    seen_from: str = ""
    seen_choices: list[ChoiceShown] = []
    offering_id: str = ""
    offering_choices: list[ChoiceShown] = []
    seen: list[SeenDay] = []
    seen_words: str = ""
    seen_change: str = ""
    seen_note: str = ""
    hours_of: str = ""
    hours_choices: list[ChoiceShown] = []
    has_own_hours: bool = False
    clock: ClockChangeShown = ClockChangeShown()
    _rows: list[RowTyped] = []
    _saved: list[HoursRow] = []
    _limits: Limits = Limits("UTC")
    _saved_limits: Limits = Limits("UTC")
    _minutes: dict[str, int] = {}
    _next_key: int = 0

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Begin with what is saved."""
        viewer = require_viewer()
        self.loaded, self.hours_of = False, ""
        self.is_mentor = await read(catalog.own_profile, mentor_id=viewer.user_id) is not None
        if self.is_mentor:
            hub.watch(self.router.session.client_token, HoursState.refresh, topics.grid_of(viewer.user_id))
            await self._read_offerings(viewer.user_id)
            await self._start_over(viewer.user_id)
        self.loaded = True

    @event(Access.SIGNED_IN)
    async def refresh(self) -> Answer:
        """Somebody booked or freed a time, or another tab saved; the draft stays."""
        viewer = require_viewer()
        await self._read_saved(viewer.user_id)
        await self._show(viewer.user_id)
        return AwayState.load

    @event(Access.SIGNED_IN)
    async def edit_hours_of(self, offering_id: str) -> None:
        """Edit the hours of one offering, or (empty) the general ones."""
        viewer = require_viewer()
        if offering_id and offering_id not in self._minutes:
            raise NotFound
        if self.unsaved:
            raise DomainError("Save or undo your changes first.")
        self.hours_of, self.offering_id = offering_id, offering_id or self.offering_id
        await self._start_over(viewer.user_id)

    @event(Access.SIGNED_IN)
    async def use_general_hours(self) -> Answer:
        """Offer the edited offering in the general hours again."""
        viewer, offering_id = require_viewer(), parse_id(self.hours_of)
        if offering_id is None:
            raise NotFound
        await run(service.use_general_hours, actor_id=viewer.user_id, offering_id=offering_id)
        await self._start_over(viewer.user_id)
        return [rx.toast.success("This session follows your general hours again."), AwayState.load]

    @event(Access.SIGNED_IN)
    async def switch_day(self, weekday: int, is_open: bool) -> None:
        """Open a weekday with usual hours, or close it."""
        if weekday not in range(7):
            raise NotFound
        others = [row for row in self._rows if row.weekday != weekday]
        self._rows = [*others, self._row(weekday, *next_span([]))] if is_open else others
        await self._show(require_viewer().user_id)

    @event(Access.SIGNED_IN)
    async def add(self, weekday: int) -> None:
        """Add hours to a weekday, after those it has."""
        if weekday not in range(7) or len(self._rows) >= _MOST_ROWS:
            raise NotFound
        spans = [span for row in self._rows if row.weekday == weekday and (span := span_of(row))]
        self._rows = [*self._rows, self._row(weekday, *next_span(spans))]
        await self._show(require_viewer().user_id)

    @event(Access.SIGNED_IN)
    async def remove(self, key: int) -> None:
        """Take one span of hours away."""
        self._rows = [row for row in self._rows if row.key != key]
        await self._show(require_viewer().user_id)

    @event(Access.SIGNED_IN)
    async def set_start(self, key: int, typed: str) -> None:
        """A start was typed."""
        await self._retype(key, start=tidy(typed))

    @event(Access.SIGNED_IN)
    async def set_end(self, key: int, typed: str) -> None:
        """An end was typed."""
        await self._retype(key, end=tidy(typed, is_end=True))

    @event(Access.SIGNED_IN)
    async def set_zone(self, zone: str) -> None:
        """Keep the hours on the clock of another zone."""
        known = zone.strip() in zone_names()
        self.zone_error = "" if known else "Please choose a time zone from the list, such as Europe/London."
        if known:
            self._limits = replace(self._limits, time_zone=zone.strip())
            await self._show(require_viewer().user_id)

    @event(Access.SIGNED_IN)
    async def set_limit(self, name: str, value: str) -> None:
        """Choose a break, the notice, a cap, the step or the horizon."""
        if name not in listed.LIMIT_NAMES or not (
            value == "" or (value.isascii() and value.isdigit() and len(value) < 7)
        ):
            raise NotFound
        self._limits = checked_limits(replace(self._limits, **{name: int(value) if value else None}))
        await self._show(require_viewer().user_id)

    @event(Access.SIGNED_IN)
    async def undo(self) -> None:
        """Back to what is saved."""
        await self._start_over(require_viewer().user_id)

    @event(Access.SIGNED_IN)
    async def save(self) -> AsyncGenerator[Answer, None]:
        """Save hours and limits, both or neither."""
        viewer = require_viewer()
        self.busy = True
        yield
        try:
            edit = {"rows": self._draft(), "limits": self._limits, "offering_id": parse_id(self.hours_of)}
            await run(save_hours, actor_id=viewer.user_id, now=utc_now(), **edit)
            await self._start_over(viewer.user_id)
            yield AwayState.load
            yield rx.toast.success("Your hours are saved. Anyone looking at your page sees them now.")
        except FieldError as refusal:
            yield rx.toast.error(show.what_is_wrong(refusal))
        finally:
            self.busy = False

    @event(Access.SIGNED_IN)
    async def look_from(self, zone: str) -> None:
        """See the times from another place."""
        if zone not in {choice.value for choice in self.seen_choices}:
            raise NotFound
        self.seen_from = zone
        await self._show(require_viewer().user_id)

    @event(Access.SIGNED_IN)
    async def look_at(self, offering_id: str) -> None:
        """See the times of another offering."""
        if offering_id not in self._minutes or (self.hours_of and offering_id != self.hours_of):
            raise NotFound
        self.offering_id = offering_id
        await self._show(require_viewer().user_id)

    async def _redraw(self, rows: list[RowTyped]) -> None:
        """Other rows than before, drawn elsewhere; raises NotFound when they are more than a page would send."""
        if len(rows) > _MOST_ROWS:
            raise NotFound
        self._rows = rows
        await self._show(require_viewer().user_id)

    async def _retype(self, key: int, **typed: str) -> None:
        self._rows = [replace(row, **typed) if row.key == key else row for row in self._rows]
        await self._show(require_viewer().user_id)

    async def _start_over(self, mentor_id: UUID) -> None:
        await self._read_saved(mentor_id)
        rows = [self._row(row.weekday, *span_of(row)) for row in self._saved if span_of(row)]
        self._rows, self._limits, self.zone_error = rows, self._saved_limits, ""
        await self._show(mentor_id)

    async def _read_saved(self, mentor_id: UUID) -> None:
        saved = await read(queries.schedule_of, mentor_id=mentor_id, now=utc_now(), offering_id=parse_id(self.hours_of))
        self._saved_limits = saved.limits
        self._saved = rows_of(saved.weekly)
        self.has_own_hours = parse_id(self.hours_of) in saved.with_own_hours
        self.hours_choices = listed.hours_choices(self.offering_choices, saved.with_own_hours)

    async def _read_offerings(self, mentor_id: UUID) -> None:
        own = [o for o in await read(catalog.own_offerings, mentor_id=mentor_id) if o.is_active and o.kind != "group"]
        self._minutes = {str(one.offering_id): one.minutes for one in own}
        self.offering_choices = [ChoiceShown(str(o.offering_id), f"{o.title}, {o.minutes} min") for o in own]
        if self.offering_id not in self._minutes:
            self.offering_id = self.offering_choices[0].value if own else ""

    async def _show(self, mentor_id: UUID) -> None:
        now, mine = utc_now(), ZoneInfo(self._limits.time_zone)
        self.days = show.week_shown(self._rows, self._saved)
        self.grid = show.grid_shown(self.days)
        self.zone, self.limits = self._limits.time_zone, listed.limits_shown(self._limits)
        self.zone_words = f"{moments.place_of(mine)} time {moments.zone_note(mine, now)}".rstrip()
        self.unsaved = unsaved(self._rows, self._saved, self._limits, self._saved_limits)
        self._show_places(mine, now)
        await self._show_times(mentor_id, now)
        in_order = sorted(self._rows, key=lambda one: habits.place_in_week(one.weekday))
        first = next((row for row in in_order if span_of(row)), None)
        self.clock = clock_change(first.hours if first else None, mine, ZoneInfo(self.seen_from), now)

    def _show_places(self, mine: ZoneInfo, now: datetime) -> None:
        zones = [ZoneInfo(name) for name in dict.fromkeys((*show.SEEN_FROM, mine.key))]
        self.seen_choices = [ChoiceShown(z.key, moments.place_then(z, now)) for z in zones]
        if self.seen_from not in {zone.key for zone in zones}:
            self.seen_from = next(name for name in show.SEEN_FROM if name != mine.key)

    async def _show_times(self, mentor_id: UUID, now: datetime) -> None:
        span = {"mentor_id": mentor_id, "since": now, "until": now + _LOOKED_AT, "now": now}
        times = await read(bookings.times_as_edited, **span, **self._asked(self._draft(), self._limits))
        before = await read(bookings.times_as_edited, **span, **self._asked(self._saved, self._saved_limits))
        count, change = len(times.free), len(times.free) - len(before.free)
        self.seen = show.seen_days(times, ZoneInfo(self.seen_from), ZoneInfo(self._limits.time_zone))
        self.seen_words = {0: "No time", 1: "One time"}.get(count, f"{count} times") + " in the next 2 weeks"
        more = "more" if change > 0 else "fewer"
        self.seen_change = f", {abs(change)} {more} than before your edit" if change else ""
        self.seen_note = listed.notes_on(self._limits)

    def _draft(self) -> list[HoursRow]:
        return [row.hours for row in self._rows]

    def _asked(self, rows: Sequence[HoursRow], limits: Limits) -> dict[str, Any]:
        """What the preview and the explanation are asked about: hours with limits, and the offering looked at."""
        return {
            "draft": Draft(read_week(rows)[0], limits, parse_id(self.hours_of)),
            "offering_id": parse_id(self.offering_id),
            "minutes": self._minutes.get(self.offering_id, _USUAL_MINUTES),
        }

    def _row(self, weekday: int, opens: int, closes: int) -> RowTyped:
        self._next_key += 1
        return RowTyped(self._next_key, weekday, clock_of(opens), clock_of(closes))
