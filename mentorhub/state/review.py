"""The review of a session, on its own page: asked of the mentee once both met."""

from typing import Any
from uuid import UUID

import reflex as rx

from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.reviews import queries, service
from mentorhub.state import shown
from mentorhub.state.base import Access, Answer, event, read, require_viewer, run

_NO_STARS = 0


class ReviewState(rx.State):
    """Whether the viewer is asked, and what they said."""

    asked: bool = False
    mentor: str = ""
    met: str = ""
    has_mine: bool = False
    author: str = ""
    about_author: str = ""
    portrait: str = ""
    initials: str = ""
    stars: int = 0
    text: str = ""
    written: str = ""
    stars_error: str = ""
    text_error: str = ""
    busy: bool = False
    _booking_id: UUID | None = None

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Look whether the session of this address may be reviewed by the viewer, or was."""
        self._booking_id, self.busy = parse_id(self.booking_id), False
        self.stars_error, self.text_error = "", ""
        await self._show()

    @event(Access.SIGNED_IN)
    async def publish(self, form: dict[str, Any]) -> Answer:
        """Keep the review; what is wrong is said beside its field, and what was typed stays."""
        viewer = require_viewer()
        if self._booking_id is None:
            raise NotFound
        chosen = str(form.get("stars", ""))
        self.stars_error, self.text_error, self.busy = "", "", True
        yield
        try:
            await run(
                service.leave_review,
                booking_id=self._booking_id,
                author_id=viewer.user_id,
                stars=int(chosen) if chosen in ("1", "2", "3", "4", "5") else _NO_STARS,
                text=str(form.get("text", "")),
                now=utc_now(),
            )
        except FieldError as refusal:
            if refusal.field == "stars":
                self.stars_error = refusal.message
            else:
                self.text_error = refusal.message
            return
        finally:
            self.busy = False
        await self._show()
        yield rx.toast.success("Thank you. Your review is on the profile.")

    async def _show(self) -> None:
        viewer = require_viewer()
        found = (
            await read(queries.reviewable, booking_id=self._booking_id, viewer_id=viewer.user_id)
            if self._booking_id is not None
            else None
        )
        self.asked, self.has_mine = False, False
        if found is None:
            return
        self.asked, self.mentor, self.met = found.may_review, shown.first_name(found.mentor_name), found.met
        if found.mine is not None:
            mine = found.mine
            self.has_mine = True
            self.author, self.about_author, self.portrait = mine.author, mine.about_author, mine.portrait
            self.initials, self.stars, self.text = mine.initials, mine.stars, mine.text
            self.written, self.met = mine.written, mine.met
