"""The room: who may enter and when; sound and pictures never pass through here."""

from uuid import UUID

import reflex as rx

from mentorhub import settings
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings.errors import RoomClosed
from mentorhub.domain.common import moments
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.ids import parse_id
from mentorhub.state import shown
from mentorhub.state.base import Access, event, read, require_viewer
from mentorhub.state.viewer import ViewerState
from mentorhub.video import join_token


class RoomState(rx.State):
    """One person's view of one room."""

    loaded: bool = False
    closed_words: str = ""
    early: bool = False
    opens_at: str = ""
    opens_words: str = ""
    token: str = ""
    join_url: str = ""
    sync_path: str = ""
    booking_path: str = ""
    title: str = ""
    other_name: str = ""
    is_group: bool = False
    expected: int = 2
    places: int = 2
    starts_at: str = ""
    ends_at: str = ""
    server_now: str = ""
    status: str = ""
    _booking_id: UUID | None = None

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Let a person of the session in while the doors are open; say when they open to one who is early."""
        viewer, now = require_viewer(), utc_now()
        asked = parse_id(self.booking_id)
        # A lost and found connection loads again: who is inside keeps the token, and with it the call.
        if asked != self._booking_id:
            self.loaded, self.token = False, ""
        self._booking_id, self.closed_words, self.early = asked, "", False
        try:
            if self._booking_id is None:
                raise RoomClosed
            admission = await read(bookings.admission, room_id=self._booking_id, viewer_id=viewer.user_id, now=now)
        except RoomClosed as refusal:
            self.closed_words, self.loaded, self.token = str(refusal), True, ""
            return
        zone = (await self.get_state(ViewerState))._zone()
        self.title, self.other_name = admission.title, admission.other_name
        self.is_group, self.expected = admission.is_group, admission.expected
        self.places = admission.places
        mine, whole = f"/sessions/{admission.booking_id}", f"/mentoring/groups/{admission.room_id}"
        self.booking_path = mine if admission.booking_id else whole
        self.server_now = shown.iso(now)
        self.starts_at, self.ends_at = shown.iso(admission.starts_at), shown.iso(admission.ends_at)
        self.opens_at = shown.iso(admission.opens_at)
        self.opens_words = moments.when(admission.opens_at, zone)
        self.early = now < admission.opens_at
        if not self.early and not self.token:
            self.join_url = f"/rtc/{admission.room_id}"
            self.sync_path = f"/notes/{admission.booking_id}/sync"
            self.token = join_token.mint(
                booking_id=str(admission.room_id),
                user_id=str(viewer.user_id),
                role="mentor" if admission.i_mentor else "mentee",
                name=admission.name,
                opens_at=admission.opens_at,
                closes_at=admission.closes_at,
                now=now,
                secret=settings.current().secret,
                places=admission.places,
            )
        self.loaded = True

    @event(Access.SIGNED_IN)
    def line(self, status: str) -> None:
        """How the connection stands, as the room's component tells it."""
        self.status = status[:20]
