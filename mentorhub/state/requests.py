"""The mentor's inbox: what waits for an answer, the soonest deadline first, and the three answers."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import DeclineReason
from mentorhub.domain.common import topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.live import hub
from mentorhub.state.request_shown import LapsedShown, RequestShown, lapsed_shown, request_shown
from mentorhub.state.viewer import ViewerState


class RequestsState(rx.State):
    """Everything that waits for this mentor, and what lately ended by the clock."""

    loaded: bool = False
    requests: list[RequestShown] = []
    lapsed: list[LapsedShown] = []
    said: str = ""
    refused: str = ""
    wrong_at: str = ""
    wrong: str = ""
    busy: bool = False

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Read the inbox, and again whenever something of this person changes."""
        self.said, self.refused, self.wrong_at, self.wrong = "", "", "", ""
        hub.watch(self.router.session.client_token, RequestsState.refresh, topics.person(require_viewer().user_id))
        await self._show()
        self.loaded = True

    @event(Access.SIGNED_IN)
    async def refresh(self) -> Answer:
        """Something of this person changed, or a deadline passed; the menu counts again."""
        await self._show()
        return ViewerState.count_unread

    @event(Access.SIGNED_IN)
    async def accept(self, booking_id: str) -> Answer:
        """Say yes; of a paid session the money is taken first."""
        return await self._answer(bookings.accept_request, booking_id, "Accepted. {who} is told.")

    @event(Access.SIGNED_IN)
    async def ask(self, form: dict[str, Any]) -> Answer:
        """Ask back; the clock stands still until the reply."""
        words = str(form.get("question", ""))
        return await self._answer(
            bookings.ask_back, str(form.get("booking", "")), "Sent. The clock waits for {who}.", question=words
        )

    @event(Access.SIGNED_IN)
    async def decline(self, form: dict[str, Any]) -> Answer:
        """Say no with a reason and a word of one's own."""
        reason = str(form.get("reason", ""))
        if reason not in set(DeclineReason):
            self.wrong_at, self.wrong = f"reason:{form.get('booking', '')}", "Please choose a reason."
            return None
        return await self._answer(
            bookings.decline_request,
            str(form.get("booking", "")),
            "Declined. {who} reads it kindly put, with others who have time.",
            reason=DeclineReason(reason),
            note=str(form.get("note", "")),
        )

    async def _answer(self, verb: Callable[..., Any], booking_id: str, said: str, **more: Any) -> Answer:
        viewer, known = require_viewer(), parse_id(booking_id)
        if known is None:
            raise NotFound
        who = next((one.first for one in self.requests if one.booking_id == booking_id), "The mentee")
        self.said, self.refused, self.wrong_at, self.wrong, self.busy = "", "", "", "", True
        try:
            await run(verb, booking_id=known, mentor_id=viewer.user_id, now=utc_now(), **more)
            self.said = said.format(who=who)
        except FieldError as refusal:
            self.wrong_at, self.wrong = f"{refusal.field}:{booking_id}", str(refusal)
        except NotFound:
            raise
        except DomainError as refusal:
            self.refused = str(refusal)
        finally:
            self.busy = False
        await self._show()
        return ViewerState.count_unread

    async def _show(self) -> None:
        viewer, now = require_viewer(), utc_now()
        zone = (await self.get_state(ViewerState))._zone()
        waiting = await read(queries.requests_of, mentor_id=viewer.user_id, now=now)
        self.requests = [await request_shown(one, zone, now) for one in waiting]
        lapsed = await read(queries.lapsed_requests_of, mentor_id=viewer.user_id, now=now)
        self.lapsed = [lapsed_shown(one, zone) for one in lapsed]
