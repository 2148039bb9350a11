"""Group sessions on a mentor's page, and the one a seat belongs to on its booking's page."""

from uuid import UUID

import reflex as rx

from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.queries import BookingView
from mentorhub.domain.common import topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.marketplace import queries as marketplace
from mentorhub.state.base import Access, Answer, current_viewer, event, read, require_viewer, run
from mentorhub.state.group_shown import GroupShown, group_shown
from mentorhub.state.live import hub
from mentorhub.state.viewer import ViewerState


class SeatsState(rx.State):
    """The group sessions of one mentor whose seats are sold."""

    groups: list[GroupShown] = []
    error: str = ""
    _mentor_id: UUID | None = None

    @event(Access.EVERYONE)
    async def load(self) -> None:
        """Read the group sessions of the mentor this address names."""
        self.groups, self.error, self._mentor_id = [], "", None
        try:
            mentor = await read(marketplace.mentor_page, slug=self.slug)
        except NotFound:
            return
        self._mentor_id = UUID(mentor.mentor_id)
        hub.watch_too(self.router.session.client_token, SeatsState.refresh, topics.groups_of(self._mentor_id))
        await self._show()

    @event(Access.EVERYONE)
    async def refresh(self) -> None:
        """A session was published or called off, or a seat was taken or came back."""
        await self._show()

    @event(Access.EVERYONE)
    async def take(self, group_id: str) -> Answer:
        """Hold one seat and go on to the checkout, after signing in."""
        group, viewer = parse_id(group_id), current_viewer()
        if group is None:
            raise NotFound
        if viewer is None:
            return rx.redirect(f"/sign-in?next=/mentors/{self.slug}")
        self.error = ""
        try:
            seat = await run(service.take_seat, group_session_id=group, mentee_id=viewer.user_id, now=utc_now())
        except DomainError as refusal:
            self.error = str(refusal)
            await self._show()
            return None
        return rx.redirect(f"/checkout/{seat.id}")

    async def _show(self) -> None:
        if self._mentor_id is None:
            return
        viewer, zone = current_viewer(), (await self.get_state(ViewerState))._zone()
        found = await read(
            queries.groups_on_sale,
            mentor_id=self._mentor_id,
            viewer_id=viewer.user_id if viewer is not None else None,
            now=utc_now(),
        )
        self.groups = [group_shown(group, zone) for group in found]


class SeatState(rx.State):
    """What a booking's page says when the booking is a seat."""

    is_seat: bool = False
    group: GroupShown = GroupShown()

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Read the group session of the booking this address names; the booking's page reads it again."""
        self.is_seat = False
        await self._show()

    @event(Access.SIGNED_IN)
    async def refresh(self) -> None:
        """Somebody took a seat or gave one up."""
        await self._show()

    async def _show(self) -> None:
        booking, viewer = parse_id(self.booking_id), require_viewer()
        if booking is None:
            return
        found = await read(queries.group_of_seat, booking_id=booking, viewer_id=viewer.user_id, now=utc_now())
        self.is_seat = found is not None
        if found is not None:
            self.group = group_shown(found, (await self.get_state(ViewerState))._zone())


def topics_of(booking: BookingView) -> tuple[str, ...]:
    """What the page of a booking watches: the booking, and the group session it is a seat of."""
    whole = booking.group_session_id
    own = topics.booking(booking.booking_id)
    return (own,) if whole is None else (own, topics.booking(whole))
