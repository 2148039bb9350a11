"""Home after signing in: the next session first, then the goals and people worth meeting."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.accounts.models import Hat
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.queries import BookingView, GroupView
from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.goals import queries as goals
from mentorhub.domain.marketplace import queries as marketplace
from mentorhub.domain.marketplace.queries import MentorCardView
from mentorhub.domain.notes import queries as notes
from mentorhub.domain.notes.queries import ItemView
from mentorhub.state import shown
from mentorhub.state.base import Access, Answer, event, read, require_viewer
from mentorhub.state.desk import DeskState
from mentorhub.state.goal_shown import GoalShown, due_shown, goal_shown
from mentorhub.state.group_shown import group_shown
from mentorhub.state.landing import proven_first
from mentorhub.state.live import hub
from mentorhub.state.shown import MeetingShown
from mentorhub.state.viewer import ViewerState
from mentorhub.state.waiting import place_words

_PEOPLE, _GOALS, _ITEMS = 3, 2, 4
_LOOKED_AT = 12
_LOOK = "Look at the time"
_COUNTS_DOWN_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class FactShown:
    """A fact beside the next session."""

    label: str
    words: str


@dataclass(frozen=True)
class PresentShown:
    """One person of a session, and whether they are in its room."""

    words: str
    is_here: bool


@dataclass(frozen=True)
class NextShown:
    """The next session; `counts_to` is when its door opens, empty when that is far off."""

    title: str = ""
    who: str = ""
    portrait: str = ""
    initials: str = ""
    state_words: str = ""
    is_open: bool = False
    counts_to: str = ""
    server_now: str = ""
    ask: str = ""
    asked_by: str = ""
    people: list[PresentShown] = field(default_factory=list)
    meeting: MeetingShown = field(default_factory=MeetingShown)
    facts: list[FactShown] = field(default_factory=list)
    room_href: str = ""
    href: str = ""


@dataclass(frozen=True)
class DueShown:
    """Something one said one would do."""

    text: str
    due: str
    tone: str
    href: str


@dataclass(frozen=True)
class CallShown:
    """Something that waits for one's look: `what` in bold, a sentence, and the link that leads there."""

    what: str
    words: str
    href: str
    label: str


class HomeState(rx.State):
    """What everyone's home shows; the mentor's side adds `DeskState`."""

    loaded: bool = False
    hello: str = ""
    now_words: str = ""
    has_next: bool = False
    next: NextShown = NextShown()
    goals: list[GoalShown] = []
    due: list[DueShown] = []
    people: list[MentorCardView] = []
    all_label: str = "All mentors"
    asked: str = ""
    calls: list[CallShown] = []

    @event(Access.SIGNED_IN)
    async def load(self) -> Answer:
        """Show the side of the hat that is worn."""
        viewer = require_viewer()
        await self._show()
        return DeskState.show if viewer.hat is Hat.MENTOR else None

    @event(Access.SIGNED_IN)
    async def refresh(self) -> Answer:
        """Something of this person changed, or a door opened."""
        return await self._again()

    async def _again(self) -> Answer:
        await self._show()
        return DeskState.show if require_viewer().hat is Hat.MENTOR else None

    async def _show(self) -> None:
        viewer, now = require_viewer(), utc_now()
        zone = (await self.get_state(ViewerState))._zone()
        self.hello = f"{_part_of_day(now, zone)}, {shown.first_name(viewer.name)}"
        self.now_words = f"{moments.day(now, zone)}, {moments.clock(now, zone)} in {moments.place_of(zone)}"
        watched = [topics.person(viewer.user_id)]
        row = await read(bookings.next_session_of, viewer_id=viewer.user_id, now=now)
        group = await read(bookings.next_group_of, mentor_id=viewer.user_id, now=now)
        self.has_next = row is not None or group is not None
        if group is not None and (row is None or group.starts_at < row.starts_at):
            watched.append(topics.booking(group.group_session_id))
            portrait = (await self.get_state(ViewerState)).me.portrait
            self.next = _next_group(group, zone, now, portrait)
        elif row is not None:
            watched.append(topics.booking(row.booking_id))
            page = await read(bookings.booking_page, booking_id=row.booking_id, viewer_id=viewer.user_id, now=now)
            self.next = _next(page, zone, now)
        self.calls = await _calls(viewer.user_id, zone, now, as_mentor=viewer.hat is Hat.MENTOR)
        if viewer.hat is Hat.MENTEE:
            await self._show_learning(viewer.user_id, zone, now)
        hub.watch(self.router.session.client_token, HomeState.refresh, *watched)
        self.loaded = True

    async def _show_learning(self, viewer_id: UUID, zone: ZoneInfo, now: datetime) -> None:
        facts = await read(bookings.seriousness_of, mentee_id=viewer_id, now=now)
        self.asked = str(facts.open_requests or "")
        own = await read(goals.goals_of, person_id=viewer_id)
        self.goals = [goal_shown(one, zone) for one in own[:_GOALS]]
        items = await read(notes.open_items_of, person_id=viewer_id)
        self.due = [_due(item, now, zone) for item in items[:_ITEMS]]
        found = await read(marketplace.search, address={"sort": "soonest"}, zone=zone.key, now=now, limit=_LOOKED_AT)
        others = [card for card in proven_first(found.cards) if card.mentor_id != str(viewer_id)]
        self.people = others[:_PEOPLE]
        self.all_label = f"All {found.in_words}" if found.total > 1 else "All mentors"


async def _calls(person: UUID, zone: ZoneInfo, now: datetime, *, as_mentor: bool) -> list[CallShown]:
    """Times kept for who waited, under either hat, and of the hat they wear the sessions with another time proposed."""
    lines = await read(bookings.lines_of, mentee_id=person)
    kept = [
        CallShown(f"{line.title} with {line.mentor_name}.", place_words(line, zone), f"/checkout/{line.hold_id}", _LOOK)
        for line in lines
        if line.hold_id is not None
    ]
    rows = await read(bookings.sessions_of, viewer_id=person, as_mentor=as_mentor, coming=True, now=now)
    moving = [
        CallShown(
            f"{row.title} with {row.other_name}, {moments.when(row.starts_at, zone)}.",
            "Another time is proposed; until it is taken the present one holds.",
            f"/sessions/{row.booking_id}",
            "Look at the proposal",
        )
        for row in rows
        if row.has_new_time
    ]
    return [*kept, *moving]


def _part_of_day(now: datetime, zone: ZoneInfo) -> str:
    hour = now.astimezone(zone).hour
    return "Good morning" if 4 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"


def _next(booking: BookingView, zone: ZoneInfo, now: datetime) -> NextShown:
    theirs, opens = shown.first_name(booking.other.name), booking.doors.opens_at
    is_open = booking.doors.is_open(now)
    counts = not is_open and opens - now <= _COUNTS_DOWN_FOR
    people = ((theirs, booking.other.user_id), ("You", booking.mine.user_id))
    return NextShown(
        title=f"{booking.title} with {theirs}",
        who=f"{booking.other.name}, {booking.other.role}" if booking.other.role else booking.other.name,
        portrait=booking.other.portrait,
        initials=shown.initials(booking.other.name),
        state_words=_state_words((booking.starts_at, booking.ends_at), zone, now, counts=counts),
        is_open=is_open,
        counts_to=shown.iso(opens) if counts else "",
        server_now=shown.iso(now),
        ask=booking.intake.ask,
        asked_by=f"{theirs} asks" if booking.i_mentor else "You asked",
        people=[_present(name, user_id in booking.inside) for name, user_id in people],
        meeting=shown.meeting_of(booking, zone),
        facts=_facts(booking, theirs, zone, now),
        room_href=f"/room/{booking.booking_id}",
        href=f"/sessions/{booking.booking_id}",
    )


def _next_group(group: GroupView, zone: ZoneInfo, now: datetime, portrait: str) -> NextShown:
    """The mentor's own group session: no second clock, for those who come may live anywhere."""
    door, drawn = rules.door(group.starts_at, group.ends_at), group_shown(group, zone)
    is_open = door.is_open(now)
    counts = not is_open and door.opens_at - now <= _COUNTS_DOWN_FOR
    return NextShown(
        title=group.title,
        who=f"Your group session, {drawn.taken}",
        portrait=portrait,
        initials=shown.initials(group.mentor_name),
        state_words=_state_words((group.starts_at, group.ends_at), zone, now, counts=counts),
        is_open=is_open,
        counts_to=shown.iso(door.opens_at) if counts else "",
        server_now=shown.iso(now),
        facts=[
            FactShown("When", drawn.when),
            FactShown("Price", drawn.price),
            FactShown("Decision", drawn.decision),
        ],
        room_href=f"/room/{group.group_session_id}",
        href=drawn.href,
    )


def _state_words(session: tuple[datetime, datetime], zone: ZoneInfo, now: datetime, *, counts: bool) -> str:
    starts_at, ends_at = session
    door = rules.door(starts_at, ends_at)
    if counts:
        return "The room opens in"
    if not door.is_open(now):
        return f"The room opens {moments.when(door.opens_at, zone)}"
    if now < starts_at:
        return f"The room is open, the session starts {moments.until(starts_at, now)}"
    if now < ends_at:
        return f"The session is on until {moments.clock(ends_at, zone)}"
    return f"The time is over, the room closes at {moments.clock(door.closes_at, zone)}"


def _present(name: str, is_here: bool) -> PresentShown:
    am, verb = ("You are", "You are not") if name == "You" else (f"{name} is", f"{name} is not")
    return PresentShown(f"{am} in the room" if is_here else f"{verb} in yet", is_here)


def _facts(booking: BookingView, theirs: str, zone: ZoneInfo, now: datetime) -> list[FactShown]:
    if not booking.price:
        return [FactShown("Price", "Free")]
    if booking.i_mentor:
        return [FactShown("Yours after the session", booking.split.net.format())]
    facts = [FactShown("Paid", booking.price.format())]
    if booking.full_until >= now:
        facts.append(FactShown("All back if you cancel", f"Until {moments.when(booking.full_until, zone)}"))
    return [*facts, FactShown(f"If {theirs} does not come", "All back, by itself")]


def _due(item: ItemView, now: datetime, zone: ZoneInfo) -> DueShown:
    due = due_shown(item.due_on, item.done_at, today=now.astimezone(zone).date(), zone=zone)
    return DueShown(item.text, due.words, due.tone, f"/sessions/{item.booking_id}")
