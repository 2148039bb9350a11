"""A mentor's rules, busy blocks and live bookings, read once and put to the pure slot function."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from mentorhub.domain.bookings.queries import time_rows
from mentorhub.domain.bookings.queries.plans import Plan, plans_of
from mentorhub.domain.bookings.queries.time_rows import SessionRow
from mentorhub.domain.bookings.rules import ticks
from mentorhub.domain.scheduling.rules import Rule, SlotRequest, compute_slots, rule_against, to_instant
from mentorhub.domain.scheduling.rules.editing import Limits

ALTERNATIVES = 3
"""How many other starts whoever came too late is shown."""
_FAR_BACK = timedelta(days=2)
_FOR_EVER = datetime(9998, 1, 1, tzinfo=UTC)


@dataclass
class MentorTime:
    """Everything about one mentor's time that the slot function asks for, read once."""

    plan: Plan
    busy: list[tuple[datetime, datetime]] = field(default_factory=list)
    bookings: list[SessionRow] = field(default_factory=list)
    claimed: dict[int, UUID] = field(default_factory=dict)

    @property
    def preferences(self) -> Limits:
        """How the time is offered."""
        return self.plan.limits

    def take(self, person_id: UUID, sessions: Iterable[SessionRow]) -> None:
        """Take in sessions of the person: as a mentor they count, as a mentee they keep them busy."""
        for booking in sessions:
            if booking.mentor_id == person_id:
                self.bookings.append(booking)
            if booking.mentee_id == person_id and booking.status.owns_claims:
                self.busy.append((booking.starts_at, booking.ends_at))

    def request(
        self,
        *,
        offering_id: UUID | None,
        minutes: int,
        since: datetime,
        until: datetime,
        now: datetime,
        leave_out: Collection[UUID] = (),
        notice: timedelta = timedelta(0),
    ) -> SlotRequest:
        """The question for starts in `[since, until)`; bookings in `leave_out` do not stand in the way.

        `notice` is the least notice of times that have to be asked for; a mentor's longer one stays.
        """
        wants = self.preferences
        return SlotRequest(
            mentor_timezone=wants.time_zone,
            weekly_rules=self.plan.hours_of(offering_id),
            overrides=self.plan.days,
            busy=tuple(_span(begin, end) for begin, end in self.busy),
            bookings=tuple(_span(b.starts_at, b.ends_at) for b in self.bookings if b.id not in leave_out),
            session_minutes=minutes,
            slot_step_minutes=wants.step_for(minutes),
            buffer_before_minutes=wants.buffer_before_minutes,
            buffer_after_minutes=wants.buffer_after_minutes,
            min_notice_minutes=max(wants.min_notice_minutes, int(notice.total_seconds()) // 60),
            horizon_days=wants.horizon_days,
            max_per_day=wants.max_per_day,
            now=to_instant(now),
            range_start=to_instant(since),
            range_end=to_instant(until),
        )

    def starts(self, request: SlotRequest, *, leave_out: Collection[UUID] = ()) -> list[datetime]:
        """The starts of the slot function, less full weeks and ticks that are already claimed."""
        weeks = self._sessions_by_week(leave_out)
        return [
            start
            for start in compute_slots(request)
            if self._rule_after(start, request.session_minutes, weeks, leave_out) is None
        ]

    def starts_but_for_caps(self, request: SlotRequest, *, leave_out: Collection[UUID] = ()) -> list[datetime]:
        """The starts there would be without a cap of sessions a day or a week."""
        return [
            start
            for start in compute_slots(replace(request, max_per_day=None))
            if not self._is_claimed(start, request.session_minutes, leave_out)
        ]

    def nearest(self, request: SlotRequest, wanted: datetime) -> list[datetime]:
        """The few of the starts that are nearest to one that is wanted and is not among them, in order."""
        weeks = self._sessions_by_week(())
        by_distance = sorted(compute_slots(request), key=lambda start: abs(start - wanted))
        free = (
            start
            for start in by_distance
            if start != wanted and self._rule_after(start, request.session_minutes, weeks, ()) is None
        )
        return sorted(islice(free, ALTERNATIVES))

    def rule_against(self, request: SlotRequest, start: datetime) -> Rule | None:
        """Why `starts` would leave this start out, whatever range the request names; None when it is offered."""
        before = rule_against(request, start)
        return before or self._rule_after(start, request.session_minutes, self._sessions_by_week(()), ())

    def has_room_that_week(self, start: datetime, leave_out: Collection[UUID]) -> bool:
        """Whether the cap of sessions a week (ISO week, mentor's clock) leaves room for one more."""
        cap = self.preferences.max_per_week
        return cap is None or self._sessions_by_week(leave_out)[self._week(start)] < cap

    def padded(self, start: datetime, minutes: int) -> tuple[datetime, datetime]:
        """A session with the mentor's buffers around it: the span whose ticks it claims."""
        before = timedelta(minutes=self.preferences.buffer_before_minutes)
        after = timedelta(minutes=self.preferences.buffer_after_minutes)
        return start - before, start + timedelta(minutes=minutes) + after

    def _rule_after(
        self,
        start: datetime,
        minutes: int,
        weeks: Mapping[tuple[int, int], int],
        leave_out: Collection[UUID],
    ) -> Rule | None:
        """What stands against a start of the slot function that only the bookings know."""
        cap = self.preferences.max_per_week
        if cap is not None and weeks[self._week(start)] >= cap:
            return Rule.WEEKLY_CAP
        return Rule.CLAIMED if self._is_claimed(start, minutes, leave_out) else None

    def _is_claimed(self, start: datetime, minutes: int, leave_out: Collection[UUID]) -> bool:
        if not self.claimed:
            return False
        begin, end = self.padded(start, minutes)
        owners = (self.claimed.get(tick) for tick in ticks(begin, end))
        return any(owner is not None and owner not in leave_out for owner in owners)

    def _sessions_by_week(self, leave_out: Collection[UUID]) -> Mapping[tuple[int, int], int]:
        counts: dict[tuple[int, int], int] = defaultdict(int)
        for booking in self.bookings if self.preferences.max_per_week is not None else ():
            if booking.id not in leave_out:
                counts[self._week(booking.starts_at)] += 1
        return counts

    def _week(self, moment: datetime) -> tuple[int, int]:
        year, week, _ = moment.astimezone(ZoneInfo(self.preferences.time_zone)).isocalendar()
        return year, week


def load_time(db: Session, mentor_ids: Collection[UUID], *, now: datetime) -> dict[UUID, MentorTime]:
    """Read the time of several mentors in a fixed number of queries; a mentor without preferences is missing."""
    if not mentor_ids:
        return {}
    since, until = now - _FAR_BACK, _FOR_EVER
    times = {who: MentorTime(plan) for who, plan in plans_of(db, list(mentor_ids), since=since, until=until).items()}
    for mentor_id, begins, ends in time_rows.busy_of(db, times, since, until):
        times[mentor_id].busy.append((begins, ends))
    for booking in time_rows.sessions_of(db, times, since, until, now=now):
        for person_id in (booking.mentor_id, booking.mentee_id):
            if person_id is not None and person_id in times:
                times[person_id].take(person_id, (booking,))
    for person_id, tick, owner in time_rows.claims_of(db, times, now=now):
        times[person_id].claimed[tick] = owner
    return times


def _span(begin: datetime, end: datetime) -> tuple[int, int]:
    return to_instant(begin), to_instant(end)
