"""Why a start is not offered, in words for the mentor it belongs to: the rule, and who or what stands there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.bookings.queries.mentor_time import MentorTime
from mentorhub.domain.bookings.queries.preview import Draft, notice_for_strangers, time_as_edited
from mentorhub.domain.common import moments
from mentorhub.domain.scheduling.models import BusyBlock, ImportedBusy
from mentorhub.domain.scheduling.rules import Rule

_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True)
class WhyNotView:
    """The rule against a start, `None` when it is offered, and the sentence that says so."""

    rule: Rule | None
    words: str


def why_not(
    db: Session,
    *,
    mentor_id: UUID,
    draft: Draft,
    offering_id: UUID | None,
    minutes: int,
    start: datetime,
    now: datetime,
) -> WhyNotView:
    """What stands against one start if the draft were saved, named for the mentor alone."""
    time = time_as_edited(db, mentor_id=mentor_id, draft=draft, now=now)
    notice = notice_for_strangers(db, offering_id)
    request = time.request(offering_id=offering_id, minutes=minutes, since=start, until=start, now=now, notice=notice)
    rule = time.rule_against(request, start)
    if rule is None:
        return WhyNotView(None, "This time is offered.")
    return WhyNotView(rule, _Words(db, mentor_id, time, start, minutes, notice).of(rule))


class _Words:
    """One start and what is around it."""

    def __init__(
        self, db: Session, mentor_id: UUID, time: MentorTime, start: datetime, minutes: int, notice: timedelta
    ) -> None:
        self._db, self._mentor_id, self._time = db, mentor_id, time
        self._start, self._minutes, self._notice = start, minutes, notice
        self._zone = ZoneInfo(time.preferences.time_zone)

    def of(self, rule: Rule) -> str:
        wants = self._time.preferences
        day = self._start.astimezone(self._zone)
        step = wants.step_for(self._minutes)
        notice = moments.how_long(max(timedelta(minutes=wants.min_notice_minutes), self._notice))
        said = {
            Rule.DAY_OFF: f"{moments.day(self._start, self._zone)} is a day off.",
            Rule.OUTSIDE_HOURS: f"Outside your hours: {self._hours_of(day.weekday())}.",
            Rule.HORIZON: f"More than {wants.horizon_days} {'day' if wants.horizon_days == 1 else 'days'} ahead.",
            Rule.NOTICE: f"Less than {notice} of notice, or already past.",
            Rule.DAILY_CAP: f"The day limit of {wants.max_per_day} is reached.",
            Rule.WEEKLY_CAP: f"The week limit of {wants.max_per_week} is reached.",
            Rule.CLAIMED: "Somebody claimed this time already: a session or its break lies there.",
            Rule.OFF_GRID: f"Not on the grid of starts: one every {step} minutes from each opening.",
        }
        if rule in said:
            return said[rule]
        return self._of_what_stands_there(rule)

    def _of_what_stands_there(self, rule: Rule) -> str:
        around = timedelta(minutes=self._time.preferences.buffer_before_minutes) + timedelta(
            minutes=self._time.preferences.buffer_after_minutes
        )
        length = timedelta(minutes=self._minutes)
        if rule is Rule.BOOKING:
            return f"Taken by {self._session(self._start, self._start)}."
        if rule is Rule.BOOKING_BUFFER:
            return f"In the break around {self._session(self._start - around, self._start + around)}."
        if rule is Rule.BUSY:
            return f"Taken by {self._event(self._start, self._start)}."
        if rule is Rule.BUSY_BUFFER:
            return f"In the break beside {self._event(self._start - around, self._start + around)}."
        ends = self._start + length + around
        words = self._found_session(self._start, ends) or self._found_event(self._start, ends)
        into = f"it would run into {words}" if words else "your hours end before it would"
        return f"A session of {self._minutes} min does not fit: {into}."

    def _hours_of(self, weekday: int) -> str:
        open_then = any(rule.weekday == weekday for rules in self._time.plan.weekly.values() for rule in rules)
        return "not open at that time" if open_then else f"no hours on {_DAYS[weekday]}"

    def _session(self, since: datetime, until: datetime) -> str:
        return self._found_session(since, until) or "a session"

    def _found_session(self, since: datetime, until: datetime) -> str:
        own = [one.id for one in self._time.bookings if _meets(one.starts_at, one.ends_at, since, until)]
        booking = self._db.exec(
            select(Booking).where(col(Booking.id).in_(own)).order_by(col(Booking.starts_at))
        ).first()
        if booking is None:
            return ""
        return self._named(booking, booking.mentee_id)

    def _event(self, since: datetime, until: datetime) -> str:
        return self._found_event(since, until) or "something in your calendar"

    def _found_event(self, since: datetime, until: datetime) -> str:
        for block in self._near(BusyBlock, since, until):
            reason = f" ({block.reason})" if block.reason else ""
            return f"the time you blocked out{reason}, {moments.span(block.starts_at, block.ends_at, self._zone)}"
        for event in self._near(ImportedBusy, since, until):
            return f"your imported calendar, {moments.span(event.starts_at, event.ends_at, self._zone)}"
        mine = select(Booking).where(Booking.mentee_id == self._mentor_id, Booking.starts_at <= until)
        for booking in self._db.exec(mine.where(Booking.ends_at >= since).order_by(col(Booking.starts_at))):
            if any((booking.starts_at, booking.ends_at) == span for span in self._time.busy):
                return self._named(booking, booking.mentor_id)
        return ""

    def _near(self, table: type[BusyBlock] | type[ImportedBusy], since: datetime, until: datetime) -> list[Any]:
        columns = table.__table__.c  # type: ignore[union-attr]
        of_mine = [columns.mentor_id == self._mentor_id, columns.starts_at <= until, columns.ends_at >= since]
        rows: Iterable[Any] = self._db.exec(select(table).where(*of_mine).order_by(columns.starts_at))
        return [row for row in rows if _meets(row.starts_at, row.ends_at, since, until)]

    def _named(self, booking: Booking, other_id: UUID) -> str:
        first = self._db.get_one(User, other_id).name.split(" ")[0]
        return f"{booking.title} with {first} at {moments.clock(booking.starts_at, self._zone)}"


def _meets(starts: datetime, ends: datetime, since: datetime, until: datetime) -> bool:
    """Whether a span holds the instant (`since` = `until`), or overlaps the span between them."""
    return starts <= since < ends if since == until else starts < until and since < ends
