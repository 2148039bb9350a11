"""Sessions that repeat: every date of a series on both clocks, what stands in the way, and all of them held at once."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID

import reflex as rx

from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.errors import Conflict, SeriesConflicts
from mentorhub.domain.bookings.queries import DateStanding, SeriesDateView, SeriesView
from mentorhub.domain.bookings.rules import offered_lately
from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.common.moments import Zone
from mentorhub.domain.common.money import Money
from mentorhub.domain.marketplace import queries as marketplace
from mentorhub.domain.scheduling.rules.series import FEWEST, MOST, Rhythm
from mentorhub.state import shown
from mentorhub.state.base import Access, Answer, current_viewer, event, read, run
from mentorhub.state.choice import way_on
from mentorhub.state.live import hub
from mentorhub.state.series_address import FIRST_COUNT, SeriesChoices, read_choices, written
from mentorhub.state.viewer import ViewerState
from mentorhub.state.week import instant_of, start_of

_WORDS = {
    DateStanding.FREE: "",
    DateStanding.TAKEN: "Somebody has this time already.",
    DateStanding.FULL: "The mentor takes no more sessions that day or that week.",
    DateStanding.NOT_OPEN: "The mentor is not free then.",
    DateStanding.TOO_FAR: "This is further ahead than the mentor takes bookings.",
    DateStanding.YOU_ARE_BUSY: "You have another session then.",
}


@dataclass(frozen=True)
class NearShown:
    """A free time near a date that is not: its id, on the viewer's clock, and on the mentor's."""

    start: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class DateShown:
    """One date of the series. `key` is where the rhythm puts it, `start` where it stands now."""

    key: str
    start: str
    number: str
    mine: str
    theirs: str
    is_free: bool
    is_skipped: bool
    is_moved: bool
    problem: str
    near: list[NearShown] = field(default_factory=list)


class SeriesState(rx.State):
    """A series before it is held, as one visitor plans it."""

    loaded: bool = False
    missing: bool = False
    no_start: bool = False
    single_only: bool = False
    title: str = ""
    terms_line: str = ""
    mentor_name: str = ""
    mentor_first: str = ""
    mentor_portrait: str = ""
    mentor_initials: str = ""
    times_href: str = ""
    rhythm: str = Rhythm.WEEKLY.value
    count: int = FIRST_COUNT
    words: str = ""
    zones: str = ""
    dates: list[DateShown] = []
    in_the_way: int = 0
    total: str = ""
    sum_words: str = ""
    hold_label: str = ""
    can_hold: bool = False
    notice: str = ""
    error: str = ""
    elsewhere: str = ""
    elsewhere_label: str = ""
    busy: bool = False
    _offering_id: UUID | None = None
    _mentor_id: UUID | None = None
    _first: datetime | None = None
    _moved: dict[datetime, datetime] = {}
    _skipped: frozenset[datetime] = frozenset()
    _conflicts: dict[datetime, Conflict] = {}
    _offered: dict[datetime, datetime] = {}

    @event(Access.EVERYONE)
    async def load(self) -> None:
        """Plan a series from the offering and the first time that the address names."""
        self.loaded, self.missing, self.no_start, self.single_only = False, False, False, False
        self.notice, self.error, self.elsewhere, self.busy = "", "", "", False
        self._forget_choices()
        self._offered = {}
        asked = self.router.url.query_parameters
        choices = read_choices(asked)
        self.rhythm, self.count = choices.rhythm.value, choices.count
        self._skipped, self._moved = frozenset(choices.skipped), dict(choices.moved)
        try:
            mentor = await read(marketplace.mentor_page, slug=self.slug)
        except NotFound:
            self.missing, self.loaded = True, True
            return
        wanted = parse_id(asked.get("offering", ""))
        offering = next((one for one in mentor.offerings if parse_id(one.offering_id) == wanted), None)
        self.times_href = f"/mentors/{self.slug}#times"
        self.mentor_name, self.mentor_first = mentor.name, shown.first_name(mentor.name)
        self.mentor_portrait, self.mentor_initials = mentor.portrait, shown.initials(mentor.name)
        self._first = _start_named(asked.get("start", ""))
        self.no_start = offering is None or self._first is None or self._first <= utc_now()
        if offering is None or self.no_start:
            self.loaded = True
            return
        self.title, self._offering_id, self._mentor_id = offering.title, wanted, UUID(mentor.mentor_id)
        self.terms_line = f"{offering.minutes} min with {mentor.name}"
        viewer = current_viewer()
        viewer_id = viewer.user_id if viewer else None
        self.single_only = not await read(queries.may_repeat, offering_id=wanted, viewer_id=viewer_id)
        if not self.single_only:
            hub.watch(self.router.session.client_token, SeriesState.refresh, topics.grid_of(self._mentor_id))
            await self._show()
        self.loaded = True

    @event(Access.EVERYONE)
    async def refresh(self) -> None:
        """Somebody took or freed a time: a date that is gone says so."""
        before = {date.start for date in self.dates if date.is_free}
        await self._show()
        lost = [date for date in self.dates if date.start in before and not date.is_free and not date.is_skipped]
        if lost:
            is_taken = lost[0].problem == _WORDS[DateStanding.TAKEN]
            self.notice = f"{lost[0].mine} {'was taken a moment ago' if is_taken else 'is no longer free'}."

    @event(Access.EVERYONE)
    async def choose_rhythm(self, rhythm: str) -> None:
        """Weekly, every second week or monthly; what was skipped or moved is planned anew."""
        if rhythm not in set(Rhythm):
            raise NotFound
        self.rhythm = rhythm
        self._forget_choices()
        await self._show()

    @event(Access.EVERYONE)
    async def choose_count(self, count: str) -> None:
        """How many sessions; dates that stay keep what was chosen for them."""
        if count not in map(str, range(FEWEST, MOST + 1)):
            raise NotFound
        self.count = int(count)
        await self._show()

    @event(Access.EVERYONE)
    async def skip(self, key: str) -> None:
        """Leave a date out, or take it in again."""
        self._skipped = self._skipped ^ {self._planned(key)}
        await self._show()

    @event(Access.EVERYONE)
    async def move(self, key: str, start: str) -> None:
        """Put a date to one of the free times offered near it; to its own time, it is where the rhythm puts it."""
        planned = self._planned(key)
        date = next(one for one in self.dates if one.key == key)
        if start != key and start not in {near.start for near in date.near}:
            raise NotFound
        self._conflicts = {at: one for at, one in self._conflicts.items() if start_of(at) != date.start}
        self._moved = {at: to for at, to in self._moved.items() if at != planned}
        if start != key:
            self._moved = {**self._moved, planned: instant_of(start)}
        await self._show()

    @event(Access.EVERYONE)
    async def hold(self) -> AsyncGenerator[Answer, None]:
        """Hold all dates at once, or say which cannot be had and what is near them."""
        viewer = current_viewer()
        if self._offering_id is None or not self.can_hold:
            return
        if viewer is None:
            chosen = SeriesChoices(Rhythm(self.rhythm), self.count, self._skipped, self._moved)
            start = start_of(self._first or utc_now())
            here = f"/mentors/{self.slug}/repeat?offering={self._offering_id}&start={start}&{written(chosen)}"
            yield rx.redirect(f"/sign-in?next={quote(here)}")
            return
        self.busy, self.error, self.elsewhere, self.notice = True, "", "", ""
        yield
        wanted = [date for date in self.dates if not date.is_skipped]
        now = utc_now()
        lately = offered_lately(self._offered, now=now)
        wishes = [service.Wish(self._offering_id, instant_of(date.start), lately) for date in wanted]
        try:
            held = await run(service.hold_series, mentee_id=viewer.user_id, wishes=wishes, now=now)
            yield rx.redirect(f"/checkout/{held[0].id}")
        except SeriesConflicts as refusal:
            self._conflicts = {conflict.starts_at: conflict for conflict in refusal.conflicts}
            self.error = str(refusal)
            await self._show()
        except DomainError as refusal:
            self.error = str(refusal)
            self.elsewhere, self.elsewhere_label = await way_on(refusal, viewer.user_id, utc_now())
        finally:
            self.busy = False

    def _forget_choices(self) -> None:
        self._moved, self._skipped, self._conflicts = {}, frozenset(), {}

    def _planned(self, key: str) -> datetime:
        if key not in {date.key for date in self.dates}:
            raise NotFound
        return instant_of(key)

    async def _show(self) -> None:
        if self._offering_id is None or self._first is None:
            return
        viewer, now = current_viewer(), utc_now()
        series = await read(
            queries.plan_series,
            offering_id=self._offering_id,
            viewer_id=viewer.user_id if viewer else None,
            first=self._first,
            rhythm=Rhythm(self.rhythm),
            count=self.count,
            moved=self._moved,
            now=now,
        )
        zone, theirs = (await self.get_state(ViewerState))._zone(), moments.zone_of(series.mentor_zone)
        self.words = f"{series.words[0].upper()}{series.words[1:]}, at {moments.clock(self._first, theirs)}"
        self.zones = f"Your times are in {moments.place_of(zone)}, the dates keep {self.mentor_first}'s clock in "
        self.zones += f"{moments.place_of(theirs)}."
        self.dates = [self._date(number, date, zone, theirs) for number, date in enumerate(series.dates, start=1)]
        offered = (start for date in series.dates for start in (date.starts_at, *date.near))
        closed = {date.starts_at for date in series.dates if date.standing is not DateStanding.FREE}
        self._offered |= {start: now for start in offered if start not in closed}
        self._sum_up(series)

    def _sum_up(self, series: SeriesView) -> None:
        chosen = [date for date in self.dates if not date.is_skipped]
        whole = Money(series.price.minor * len(chosen), series.price.currency)
        self.total = whole.format() if whole else "Free"
        self.sum_words = f"{len(chosen)} sessions, {series.price.format() if whole else 'nothing to pay'} each"
        self.in_the_way = sum(not date.is_free for date in chosen)
        self.can_hold = len(chosen) >= FEWEST and not self.in_the_way
        self.hold_label = f"Hold all {len(chosen)} sessions"

    def _date(self, number: int, date: SeriesDateView, zone: Zone, theirs: Zone) -> DateShown:
        conflict = self._conflicts.get(date.starts_at)
        problem = conflict.reason if conflict else _WORDS[date.standing]
        near = conflict.near if conflict and conflict.near else date.near
        return DateShown(
            key=start_of(date.planned_at),
            start=start_of(date.starts_at),
            number=str(number),
            mine=moments.when(date.starts_at, zone),
            theirs=f"{moments.when(date.starts_at, theirs)} in {moments.place_then(theirs, date.starts_at)}",
            is_free=not problem,
            is_skipped=date.planned_at in self._skipped,
            is_moved=date.starts_at != date.planned_at,
            problem=problem,
            near=[NearShown(start_of(at), moments.when(at, zone), moments.when(at, theirs)) for at in near],
        )


def _start_named(text: str) -> datetime | None:
    """The instant an address names, if it is one within the next two years of somebody's clock."""
    try:
        start = instant_of(text)
    except ValueError:
        return None
    return start if start < utc_now() + timedelta(days=730) else None
