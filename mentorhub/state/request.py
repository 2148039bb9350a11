"""A request on the page of its booking: where it stands, and what the mentee can do about it."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx

from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.queries import RequestView, Stage
from mentorhub.domain.common import moments
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.marketplace import queries as market
from mentorhub.state import shown
from mentorhub.state.base import Access, Answer, event, leave_for, read, require_viewer, run
from mentorhub.state.paying import open_checkout
from mentorhub.state.request_shown import RequestShown, request_shown
from mentorhub.state.viewer import ViewerState


@dataclass(frozen=True)
class FitShown:
    """Another mentor who may fit, free near the wanted time."""

    name: str
    role: str
    href: str
    portrait: str
    initials: str
    free: str


class RequestState(rx.State):
    """The request of the booking whose page is open, if there was one."""

    there: bool = False
    one: RequestShown = RequestShown()
    fits: list[FitShown] = []
    error: str = ""
    refused: str = ""
    busy: bool = False

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Read where the request stands; with others who have time once it came to nothing."""
        viewer, now, booking_id = require_viewer(), utc_now(), parse_id(self.booking_id)
        self.there, self.fits = False, []
        if booking_id is None:
            return
        view = await read(queries.request_of, booking_id=booking_id, viewer_id=viewer.user_id, now=now)
        if view is None:
            return
        self.one = await request_shown(view, (await self.get_state(ViewerState))._zone(), now)
        if not view.i_mentor and view.stage in (Stage.DECLINED, Stage.LAPSED):
            await self._find_fits(view, viewer.user_id)
        self.there = view.stage is not Stage.ACCEPTED

    @event(Access.SIGNED_IN)
    async def reply(self, form: dict[str, Any]) -> Answer:
        """Reply to the mentor's question, which lets the clock run again."""
        self.error, self.refused = "", ""
        try:
            await self._do(bookings.reply_to_question, reply=str(form.get("reply", "")))
        except FieldError as refusal:
            self.error = str(refusal)
        except DomainError as refusal:
            self.refused = str(refusal)
        return RequestState.load

    @event(Access.SIGNED_IN)
    async def withdraw(self) -> Answer:
        """Take the request back; nothing is charged."""
        self.refused = ""
        try:
            await self._do(bookings.withdraw_request)
        except DomainError as refusal:
            self.refused = str(refusal)
        return RequestState.load

    @event(Access.SIGNED_IN)
    async def pay_again(self) -> AsyncGenerator[Answer, None]:
        """The card failed after the mentor said yes: open the provider's page anew."""
        viewer, booking_id = require_viewer(), parse_id(self.booking_id)
        if booking_id is None:
            raise NotFound
        self.busy, self.refused = True, ""
        yield
        try:
            yield leave_for(await open_checkout(booking_id, viewer.user_id))
        except DomainError as refusal:
            self.refused = str(refusal)
        finally:
            self.busy = False

    async def _do(self, verb: Any, **more: Any) -> None:
        viewer, booking_id = require_viewer(), parse_id(self.booking_id)
        if booking_id is None:
            raise NotFound
        await run(verb, booking_id=booking_id, mentee_id=viewer.user_id, now=utc_now(), **more)

    async def _find_fits(self, view: RequestView, viewer_id: UUID) -> None:
        zone = (await self.get_state(ViewerState))._zone()
        minutes = int((view.ends_at - view.starts_at).total_seconds()) // 60
        found = await read(
            market.better_fits,
            mentor_id=view.mentor_id,
            viewer_id=viewer_id,
            minutes=minutes,
            near=view.starts_at,
            now=utc_now(),
        )
        self.fits = [
            FitShown(
                name=fit.name,
                role=fit.role,
                href=f"/mentors/{fit.slug}",
                portrait=fit.portrait,
                initials=shown.initials(fit.name),
                free=moments.when(fit.starts_at, zone),
            )
            for fit in found
        ]
