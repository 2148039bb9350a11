"""A mentor's page: who they are, and a week of times that changes while one looks."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.errors import SlotTaken
from mentorhub.domain.bookings.rules import offered_lately
from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.marketplace import queries as marketplace
from mentorhub.domain.marketplace.queries import MentorPageView, OfferingView
from mentorhub.domain.reviews import queries as reviews
from mentorhub.state import shown
from mentorhub.state.base import Access, Answer, current_viewer, event, read, run
from mentorhub.state.choice import terms_of, way_on
from mentorhub.state.live import hub
from mentorhub.state.shown import MeetingShown
from mentorhub.state.viewer import ViewerState
from mentorhub.state.week import WeekShown, instant_of, start_of, week_bounds, week_of
from mentorhub.state.week_readings import WeekReadings, WeekSeen, first_free, is_theirs_alone, key_of, seen

_REVIEWS_AT_ONCE = 6
_weeks = WeekReadings()


class MentorProfileState(rx.State):
    """One mentor as one visitor sees them."""

    loaded: bool = False
    missing: bool = False
    mentor: MentorPageView | None = None
    stars: int = 0
    offering_id: str = ""
    offering_title: str = ""
    week: WeekShown = WeekShown()
    chosen_day: str = ""
    chosen: str = ""
    gone: list[str] = []
    notice: str = ""
    meeting: MeetingShown = MeetingShown()
    price_tag: str = ""
    price_note: str = ""
    hold_label: str = ""
    may_repeat: bool = False
    terms: str = ""
    alternatives: list[list[str]] = []
    error: str = ""
    elsewhere: str = ""
    elsewhere_label: str = ""
    busy: bool = False
    zone_name: str = ""
    zone_note: str = ""
    clock_note: str = ""
    review_rows: list[reviews.ReviewView] = []
    reviews_limit: int = _REVIEWS_AT_ONCE
    _mentor_id: UUID | None = None
    _first_day: date | None = None
    _read_on: tuple[date, str] | None = None
    _free: frozenset[str] = frozenset()
    _free_at: datetime | None = None
    _offered: dict[str, datetime] = {}
    _lost_choice: str = ""

    @event(Access.EVERYONE)
    async def load(self) -> None:
        """Show the mentor this address names, with the first week that has a free time."""
        self.loaded, self.missing, self.error, self.notice = False, False, "", ""
        self.chosen, self._lost_choice, self.gone, self.alternatives = "", "", [], []
        self._choose(None)
        try:
            self.mentor = await read(marketplace.mentor_page, slug=self.slug)
        except NotFound:
            self.missing, self.loaded = True, True
            return
        self._mentor_id = UUID(self.mentor.mentor_id)
        self.stars = round(float(self.mentor.rating)) if self.mentor.rating else 0
        wanted = self.router.url.query_parameters.get("offering", "")
        first = next((o for o in self.mentor.offerings if o.offering_id == wanted), None)
        self._choose(first or (self.mentor.offerings[0] if self.mentor.offerings else None))
        hub.watch(self.router.session.client_token, MentorProfileState.refresh, topics.grid_of(self._mentor_id))
        zone = (await self.get_state(ViewerState))._zone()
        self._first_day = week_of(utc_now(), zone)
        await self._show_week()
        if self.week.is_empty and not self.week.is_last:
            await self._jump_to_first_free(zone)
        await self._come_back_to(self.router.url.query_parameters.get("start", ""))
        self.review_rows = await read(reviews.reviews_of_mentor, mentor_id=self._mentor_id, limit=self.reviews_limit)
        self.loaded = True

    @event(Access.EVERYONE)
    async def refresh(self) -> None:
        """Somebody took or freed a time: the lost one stays in place, struck through."""
        if self._first_day is None:
            return
        zone, before, now = (await self.get_state(ViewerState))._zone(), self._free, utc_now()
        if self._read_on != (now.astimezone(zone).date(), zone.key):
            self._first_day = max(self._first_day, week_of(now, zone))
            await self._show_week()
            if self.chosen in self._free:
                await self._show_choice(instant_of(self.chosen))
            return
        now_seen = await self._look(zone, now)
        lost = before - now_seen.free
        if now_seen.free - before:
            self._show(now_seen)
        elif lost:
            # The week itself stays: a push of a line to each open page, not of ten thousand characters.
            self._take(now_seen.free)
        gone = sorted({*self.gone, *lost} - now_seen.free)
        if gone != self.gone:
            self.gone = gone
        if lost:
            about = self.chosen if self.chosen in lost else max(lost & now_seen.taken or lost)
            why = "was taken a moment ago" if about in now_seen.taken else "is no longer free"
            self.notice = f"{moments.when(instant_of(about), zone)} {why}."
        if self.chosen and self.chosen in gone:
            # A click on it may be on its way already, and is then told what is near.
            self._lost_choice, self.chosen = self.chosen, ""

    @event(Access.EVERYONE)
    async def choose_offering(self, offering_id: str) -> None:
        """Look at the times of another offering."""
        known = {offering.offering_id: offering for offering in self.mentor.offerings} if self.mentor else {}
        if offering_id not in known:
            raise NotFound
        self._choose(known[offering_id])
        self._lost_choice = self.chosen = self.notice = self.error = ""
        self.gone, self.alternatives = [], []
        await self._show_week()

    @event(Access.EVERYONE)
    async def turn(self, weeks: int) -> None:
        """Look at the week before or after."""
        if self._first_day is None or weeks not in (-1, 1):
            return
        zone = (await self.get_state(ViewerState))._zone()
        target = self._first_day + timedelta(days=7 * weeks)
        if target < week_of(utc_now(), zone) or (weeks > 0 and self.week.is_last):
            return
        self._first_day, self.gone, self.notice = target, [], ""
        await self._show_week()

    @event(Access.EVERYONE)
    def look_at_day(self, day: str) -> None:
        """On a phone: the times of one day."""
        if day in {shown_day.key for shown_day in self.week.days}:
            self.chosen_day = day

    @event(Access.EVERYONE)
    async def choose(self, start: str) -> None:
        """Choose a start that was offered."""
        if start not in self._free and start not in self._offered:
            raise NotFound
        self.error, self.alternatives = "", []
        await self._show_choice(instant_of(start))

    @event(Access.EVERYONE)
    async def hold(self) -> AsyncGenerator[Answer, None]:
        """Hold the chosen time, or say who was faster and what is near."""
        viewer, offering, start = current_viewer(), parse_id(self.offering_id), self.chosen or self._lost_choice
        if not start or offering is None:
            return
        if viewer is None:
            back = f"/mentors/{self.slug}?offering={self.offering_id}%26start={start}"
            yield rx.redirect(f"/sign-in?next={back}")
            return
        self.busy, self.error, self.elsewhere = True, "", ""
        now = utc_now()
        wish = service.Wish(offering_id=offering, starts_at=instant_of(start), offered=self._still_offered(now))
        try:
            booking = await run(service.place_hold, mentee_id=viewer.user_id, wish=wish, now=now)
            yield rx.redirect(f"/checkout/{booking.id}")
        except SlotTaken as refusal:
            await self._lost(start, str(refusal), refusal.alternatives)
        except DomainError as refusal:
            self.error = str(refusal)
            self.elsewhere, self.elsewhere_label = await way_on(refusal, viewer.user_id, now)
        finally:
            self.busy = False

    @event(Access.EVERYONE)
    async def more_reviews(self) -> None:
        """Show more of what people who met this mentor wrote."""
        self.reviews_limit = min(self.reviews_limit + 12, 200)
        if self._mentor_id is not None:
            self.review_rows = await read(
                reviews.reviews_of_mentor, mentor_id=self._mentor_id, limit=self.reviews_limit
            )

    async def _lost(self, start: str, words: str, near: tuple[datetime, ...]) -> None:
        zone, now = (await self.get_state(ViewerState))._zone(), utc_now()
        self.gone = sorted({*self.gone, start})
        self.error, self.chosen, self._lost_choice = words, "", ""
        self._offered |= dict.fromkeys((start_of(moment) for moment in near), now)
        self.alternatives = [[start_of(moment), moments.when(moment, zone)] for moment in near]
        await self._show_week()

    async def _jump_to_first_free(self, zone: ZoneInfo) -> None:
        viewer = current_viewer()
        viewer_id, asked = viewer.user_id if viewer else None, parse_id(self.offering_id)
        first = await first_free(self._mentor_id, asked, viewer_id, utc_now())
        if first is not None:
            self._first_day = week_of(first, zone)
            await self._show_week()

    async def _come_back_to(self, start: str) -> None:
        """After signing in: the time one had chosen, if it is still free."""
        try:
            moment = instant_of(start)
        except ValueError:
            return
        zone = (await self.get_state(ViewerState))._zone()
        self._first_day = max(week_of(moment, zone), week_of(utc_now(), zone))
        await self._show_week()
        if start_of(moment) in self._free:
            await self._show_choice(moment)

    async def _show_week(self) -> None:
        zone, now = (await self.get_state(ViewerState))._zone(), utc_now()
        self.zone_name = moments.place_of(zone)
        self.zone_note = moments.zone_note(zone, now)
        if self._first_day is None:
            return
        self._read_on = now.astimezone(zone).date(), zone.key
        zones = (zone, moments.zone_of(self.mentor.time_zone if self.mentor else zone.key))
        self.clock_note = moments.clock_note(zones, now, max(now, week_bounds(self._first_day, zone)[1]))
        self._show(await self._look(zone, now))

    def _show(self, now_seen: WeekSeen) -> None:
        self._take(now_seen.free)
        self.week = now_seen.week
        if self.chosen_day not in {day.key for day in now_seen.week.days if not day.is_off}:
            self.chosen_day = now_seen.week.first_free_day

    def _take(self, free: frozenset[str]) -> None:
        """Remember what is free now, and until when what was free before had been offered."""
        left = self._free - free
        if left and self._free_at is not None:
            self._offered |= dict.fromkeys(left, self._free_at)
        self._free, self._free_at = free, utc_now()

    def _still_offered(self, now: datetime) -> frozenset[datetime]:
        free = dict.fromkeys(self._free, self._free_at) if self._free_at is not None else {}
        return offered_lately({instant_of(start): at for start, at in (self._offered | free).items()}, now=now)

    async def _look(self, zone: ZoneInfo, now: datetime) -> WeekSeen:
        """The week of this tab; visitors who see what everybody sees share one reading of it."""
        first_day, offering, viewer = self._first_day, parse_id(self.offering_id), current_viewer()
        if first_day is None or offering is None:
            return seen(None, first_day or week_of(now, zone), zone, now=now)
        since, until = week_bounds(first_day, zone)
        asked = {"mentor_id": self._mentor_id, "offering_id": offering, "since": since, "until": until, "now": now}

        async def look_as(viewer_id: UUID | None) -> WeekSeen:
            times = await read(bookings.times_of, viewer_id=viewer_id, **asked)
            return await asyncio.to_thread(lambda: seen(times, first_day, zone, now=now))

        if viewer is not None and await is_theirs_alone(viewer.user_id, offering, now):
            return await look_as(viewer.user_id)
        version = hub.version_of(topics.grid_of(self._mentor_id))
        return await _weeks.of(key_of(offering, first_day, zone), version, lambda: look_as(None), now=now)

    async def _show_choice(self, moment: datetime) -> None:
        zone = (await self.get_state(ViewerState))._zone()
        offering = next((o for o in self.mentor.offerings if o.offering_id == self.offering_id), None)
        if offering is None:
            return
        now = utc_now()
        self.chosen, self._lost_choice = start_of(moment), ""
        self.meeting = shown.meeting(
            moment,
            moment + timedelta(minutes=offering.minutes),
            zone=zone,
            their_zone=moments.zone_of(self.mentor.time_zone),
            their_name=self.mentor.name,
            their_place=self.mentor.city,
        )
        self.hold_label = f"Hold {moments.when(moment, zone)}"
        self.terms = await terms_of(self.mentor, offering, moment, zone, now)
        viewer = current_viewer()
        viewer_id, asked = viewer.user_id if viewer else None, parse_id(self.offering_id)
        self.may_repeat = await read(bookings.may_repeat, offering_id=asked, viewer_id=viewer_id)
        self.price_note = offering.price_hint or ("the whole price" if offering.price_minor else "nothing to pay")

    def _choose(self, offering: OfferingView | None) -> None:
        self._free, self._free_at, self._offered = frozenset(), None, {}
        self.offering_id = offering.offering_id if offering else ""
        self.offering_title = offering.title if offering else ""
        self.price_tag = offering.price_tag if offering else ""
