"""The mentor's side of home: the way to being found, the sessions ahead, and the money on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings.models import Status
from mentorhub.domain.bookings.queries import SessionRowView
from mentorhub.domain.catalog import queries as catalog
from mentorhub.domain.common import habits, moments
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.marketplace import queries as marketplace
from mentorhub.domain.marketplace import service as market
from mentorhub.domain.marketplace.errors import NotReadyToOpen
from mentorhub.domain.marketplace.queries import StepView
from mentorhub.domain.payments import queries as payments
from mentorhub.domain.payments.queries import EarningsView
from mentorhub.domain.scheduling import queries as scheduling
from mentorhub.domain.scheduling.rules import WeeklyHours
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.sessions import page_of
from mentorhub.state.viewer import ViewerState

_SESSIONS = 6
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class AheadShown:
    """One session ahead; `day` is empty when the one before is on the same day."""

    day: str
    clock: str
    who: str
    note: str
    href: str


@dataclass(frozen=True)
class SumShown:
    """A sum and what happens to it next."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class SetUpShown:
    """Something that is set up, and where to change it."""

    label: str
    words: str
    href: str


class DeskState(rx.State):
    """What a mentor's home shows beside the next session."""

    ready: bool = False
    is_open: bool = False
    is_paused: bool = False
    refused: str = ""
    steps: list[StepView] = []
    steps_words: str = ""
    steps_share: int = 0
    ahead: list[AheadShown] = []
    sums: list[SumShown] = []
    set_up: list[SetUpShown] = []
    own_page: str = ""
    down: str = ""
    """The calendars elsewhere that could not be read for over an hour, by name; empty when there are none."""

    @event(Access.SIGNED_IN)
    async def show(self) -> None:
        """Read everything of one's own desk."""
        viewer, now = require_viewer(), utc_now()
        zone = (await self.get_state(ViewerState))._zone()
        profile = await read(catalog.own_profile, mentor_id=viewer.user_id)
        self.is_open = profile is not None and profile.is_open
        self.is_paused = profile is not None and profile.is_paused
        self.own_page = f"/mentors/{profile.slug}" if profile else ""
        steps = await read(marketplace.checklist, mentor_id=viewer.user_id, now=now)
        self.steps, self.steps_words = steps.steps, steps.in_words
        self.steps_share = steps.done * 100 // len(steps.steps)
        rows = await read(
            bookings.sessions_of, viewer_id=viewer.user_id, as_mentor=True, coming=True, now=now, limit=_SESSIONS
        )
        self.ahead = _ahead([row for row in rows if row.ends_at > now and row.status is Status.CONFIRMED], zone)
        earned = await read(payments.earnings_of, mentor_id=viewer.user_id)
        self.sums = [figure for currency in earned for figure in _sums(currency)]
        elsewhere = await read(scheduling.imports_of, mentor_id=viewer.user_id)
        self.down = ", ".join(one.label for one in elsewhere if one.is_down(now))
        self.set_up = await _set_up(viewer.user_id, steps.steps, is_open=self.is_open, now=now)
        self.ready = True

    @event(Access.SIGNED_IN)
    async def come_back(self) -> Answer:
        """Return after two lapsed requests paused the profile."""
        self.refused = ""
        try:
            await run(market.resume, mentor_id=require_viewer().user_id, now=utc_now())
        except NotReadyToOpen as refusal:
            self.refused = str(refusal)
        return DeskState.show


def _ahead(rows: Sequence[SessionRowView], zone: ZoneInfo) -> list[AheadShown]:
    listed: list[AheadShown] = []
    last = ""
    for row in rows:
        day, theirs = moments.day(row.starts_at, zone), moments.zone_of(row.other_zone)
        minutes = int((row.ends_at - row.starts_at).total_seconds()) // 60
        who, note = row.other_name, f"{row.title}, {minutes} min, {moments.clock(row.starts_at, theirs)}"
        note += f" in {moments.place_of(theirs)}"
        if row.group_session_id is not None:
            who, note = row.title, f"Group, {minutes} min, {row.other_name} taken"
        clock = moments.clock(row.starts_at, zone)
        listed.append(AheadShown("" if day == last else day, clock, who, note, page_of(row)))
        last = day
    return listed


def _sums(earned: EarningsView) -> list[SumShown]:
    """Each sum that is not zero, with what happens to it."""
    return [
        SumShown(label, amount.format(), note)
        for label, amount, note in (
            ("Yours", earned.payable, "Released to you. It is kept here until payouts are switched on."),
            ("Pending", earned.pending, "Becomes yours 24 h after each session, once you have met."),
        )
        if amount
    ]


async def _set_up(mentor_id: UUID, steps: list[StepView], *, is_open: bool, now: datetime) -> list[SetUpShown]:
    where = {step.key: step.href for step in steps}
    hours = await read(scheduling.schedule_of, mentor_id=mentor_id, now=now)
    offered = [one for one in await read(catalog.own_offerings, mentor_id=mentor_id) if one.is_active]
    standing = await read(marketplace.own_standing, mentor_id=mentor_id)
    answers = standing.answering.removesuffix(" answered")
    answered = SetUpShown("Requests answered", answers, "/mentoring/requests")
    return [
        SetUpShown("Open hours", _hours_in_words(hours.weekly), where["hours"]),
        SetUpShown("Sessions to book", str(len(offered)) if offered else "None yet", where["offering"]),
        SetUpShown("Open to mentorship", "On" if is_open else "Off", where["open"]),
        *([answered] if answers else []),
    ]


def _hours_in_words(weekly: Sequence[WeeklyHours]) -> str:
    days = [_DAYS[day] for day in habits.weekdays() if day in {hours.weekday for hours in weekly}]
    if not days:
        return "None yet"
    minutes = sum(hours.end_minute - hours.start_minute for hours in weekly)
    length = f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")
    return f"{'Every day' if len(days) == len(_DAYS) else ', '.join(days)}: {length} a week"
