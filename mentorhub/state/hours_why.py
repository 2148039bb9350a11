"""Why a time is not offered, asked by tapping it in the preview or by naming a day and a time."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx

from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.common import moments
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.scheduling.rules.editing import minute_typed, no_time
from mentorhub.state.base import Access, event, read, require_viewer
from mentorhub.state.hours import HoursState
from mentorhub.state.week import instant_of


class WhyState(rx.State):
    """The time last asked about, and the answer for the draft as it stands."""

    at: str = ""
    answer: str = ""

    @event(Access.SIGNED_IN)
    def forget(self) -> None:
        """A page is opened anew: nothing is asked yet."""
        self.at, self.answer = "", ""

    @event(Access.SIGNED_IN)
    async def ask(self, form: dict[str, Any]) -> None:
        """Why is this time, on the mentor's clock, not offered?"""
        require_viewer()
        hours = await self.get_state(HoursState)
        try:
            start = _moment_typed(form, ZoneInfo(hours._limits.time_zone))
        except FieldError as refusal:
            self.at, self.answer = "", str(refusal)
            return
        await self._explain(hours, start)

    @event(Access.SIGNED_IN)
    async def ask_at(self, start: str) -> None:
        """The same about a time of the preview."""
        require_viewer()
        try:
            moment = instant_of(start)
        except ValueError:
            raise NotFound from None
        await self._explain(await self.get_state(HoursState), moment)

    async def _explain(self, hours: HoursState, start: datetime) -> None:
        told = await read(
            bookings.why_not,
            mentor_id=require_viewer().user_id,
            start=start,
            now=utc_now(),
            **hours._asked(hours._draft(), hours._limits),
        )
        mine = ZoneInfo(hours._limits.time_zone)
        self.at, self.answer = f"{moments.when(start, mine)} in {moments.place_of(mine)}", told.words


def _moment_typed(form: dict[str, Any], zone: ZoneInfo) -> datetime:
    """The date and time of a form on the clock of `zone`; raises FieldError."""
    try:
        day = date.fromisoformat(str(form.get("why_day", "")).strip()[:20])
    except ValueError:
        raise FieldError("why_day", "Please choose a day.") from None
    minute = minute_typed(str(form.get("why_time", ""))[:20])
    if minute is None or minute >= 24 * 60:
        raise FieldError("why_time", no_time())
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
