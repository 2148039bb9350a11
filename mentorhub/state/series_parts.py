"""The sessions of a series on the page of one of them: the others, and calling off all or chosen ones."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from mentorhub.domain.bookings import queries, service
from mentorhub.domain.common import moments
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run
from mentorhub.state.refund_shown import RefundShown, refund_shown
from mentorhub.state.shown import first_name
from mentorhub.state.viewer import ViewerState


@dataclass(frozen=True)
class PartShown:
    """One session of the series."""

    booking_id: str
    when: str
    href: str
    status: str
    is_this: bool
    may_cancel: bool
    is_picked: bool


class SeriesPartsState(rx.State):
    """The series a booking is of; `parts` is empty for one that stands alone."""

    title: str = ""
    parts: list[PartShown] = []
    picked: int = 0
    can_cancel: bool = False
    dialog_open: bool = False
    refund: RefundShown = RefundShown()
    refused: str = ""
    busy: bool = False
    _picked: frozenset[str] = frozenset()
    _shown_minor: int = 0

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Show the series of the booking this address names."""
        self._picked, self.dialog_open, self.busy, self.refused = frozenset(), False, False, ""
        await self._show()

    @event(Access.SIGNED_IN)
    async def refresh(self) -> None:
        """The booking changed; what was chosen stays chosen where it can still be called off."""
        await self._show()

    @event(Access.SIGNED_IN)
    async def pick(self, part_id: str) -> None:
        """Choose a session to call off, or put it back."""
        if part_id not in {part.booking_id for part in self.parts if part.may_cancel}:
            raise NotFound
        self._picked = self._picked ^ {part_id}
        await self._show()

    @event(Access.SIGNED_IN)
    async def pick_all(self) -> None:
        """Choose every session that can be called off."""
        self._picked = frozenset(part.booking_id for part in self.parts if part.may_cancel)
        await self._show()

    @event(Access.SIGNED_IN)
    async def open_cancel(self) -> None:
        """Show exactly what calling off the chosen ones gives back, before anything happens."""
        viewer = require_viewer()
        quote = await read(service.quote_chosen, booking_ids=self._chosen(), actor_id=viewer.user_id, now=utc_now())
        self._shown_minor = quote.refund.minor
        words = f"Of {quote.price.format()} paid for these, each by the terms of its own start."
        self.refund = refund_shown(
            quote.refund, quote.price, by=quote.by, mentee=first_name(quote.mentee_name), words=words
        )
        self.refused, self.dialog_open = "", True

    @event(Access.SIGNED_IN)
    def close_cancel(self) -> None:
        """Keep the sessions."""
        self.dialog_open = False

    @event(Access.SIGNED_IN)
    async def cancel(self) -> AsyncGenerator[Answer, None]:
        """Call the chosen sessions off with the refund that was shown, all of them or none."""
        viewer = require_viewer()
        self.busy = True
        yield
        try:
            await run(
                service.cancel_chosen,
                booking_ids=self._chosen(),
                actor_id=viewer.user_id,
                shown_minor=self._shown_minor,
                now=utc_now(),
            )
            self.dialog_open, self._picked = False, frozenset()
        except DomainError as refusal:
            self.refused = str(refusal)
        finally:
            self.busy = False
        await self._show()

    def _chosen(self) -> list[UUID]:
        return [UUID(part_id) for part_id in sorted(self._picked)]

    async def _show(self) -> None:
        viewer, now, this = require_viewer(), utc_now(), parse_id(self.booking_id)
        zone = (await self.get_state(ViewerState))._zone()
        try:
            if this is None:
                raise NotFound
            series = await read(queries.series_parts, booking_id=this, viewer_id=viewer.user_id, now=now)
        except NotFound:
            series = ()
        self._picked &= {str(part.booking_id) for part in series if part.may_cancel}
        self.picked, self.can_cancel = len(self._picked), any(part.may_cancel for part in series)
        number = next((part.number for part in series if part.booking_id == this), 0)
        self.title = f"Session {number} of {len(series)}" if series else ""
        self.parts = [
            PartShown(
                booking_id=str(part.booking_id),
                when=moments.when(part.starts_at, zone),
                href=f"/sessions/{part.booking_id}",
                status=part.status.value,
                is_this=part.booking_id == this,
                may_cancel=part.may_cancel,
                is_picked=str(part.booking_id) in self._picked,
            )
            for part in series
        ]
