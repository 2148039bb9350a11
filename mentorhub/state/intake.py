"""The intake as it is being written: kept with every pause of the keys, and measured."""

from contextlib import suppress

import reflex as rx

from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.errors import HoldOver
from mentorhub.domain.bookings.rules import INTAKE_ENOUGH, MOST_LINKS, MOST_QUESTIONS, IntakeCheck, is_good_link
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.state.base import Access, event, read, require_viewer, run

_NUMBERS = ("None", "One", "Two", "Three", "All")


class IntakeState(rx.State):
    """One mentee's draft for one held time; the fields are uncontrolled, so nothing jumps while one types."""

    goal: str = ""
    situation: str = ""
    questions: list[str] = ["", "", ""]
    links: str = ""
    link_error: str = ""
    shown: int = 1
    parts: list[bool] = [False, False, False, False]
    parts_words: str = ""
    words: str = ""
    missing: str = ""
    hint: str = ""
    is_whole: bool = False

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Show the draft; what was left with an earlier hold of the same mentor is taken over."""
        booking_id, viewer = parse_id(self.booking_id), require_viewer()
        if booking_id is None:
            return
        draft = await read(queries.draft_of, booking_id=booking_id, viewer_id=viewer.user_id)
        self.goal, self.situation, self.links = draft.goal, draft.situation, "\n".join(draft.links)
        self.questions = [*draft.questions, "", "", ""][:MOST_QUESTIONS]
        self.shown, self.link_error = max(len(draft.questions), 1), ""
        self._measure(draft.check)
        if not draft.is_empty:
            with suppress(HoldOver):
                await self._keep()

    @event(Access.SIGNED_IN)
    async def write(self, name: str, text: str) -> None:
        """Keep what was typed into one field, and say what is still missing."""
        if name in ("goal", "situation", "links"):
            setattr(self, name, text)
        elif name in {f"question-{number}" for number in range(1, MOST_QUESTIONS + 1)}:
            place = int(name[-1]) - 1
            self.questions = [text if at == place else one for at, one in enumerate(self.questions)]
        else:
            raise NotFound
        await self._keep()

    @event(Access.SIGNED_IN)
    def add_question(self) -> None:
        """Open one more field for a question, three at most."""
        self.shown = min(self.shown + 1, MOST_QUESTIONS)

    async def _keep(self) -> None:
        booking_id, viewer = parse_id(self.booking_id), require_viewer()
        if booking_id is None:
            raise NotFound
        links = tuple(line.strip() for line in self.links.splitlines() if line.strip())
        form = bookings.IntakeForm(
            goal=self.goal, situation=self.situation, questions=tuple(self.questions), links=links
        )
        check = await run(
            bookings.write_intake, booking_id=booking_id, mentee_id=viewer.user_id, intake=form, now=utc_now()
        )
        self.link_error = _wrong_link(links)
        self._measure(check)

    def _measure(self, check: IntakeCheck) -> None:
        self.parts, self.hint = list(check.parts), check.hint
        there = sum(check.parts)
        self.parts_words = "Everything is there." if check.is_whole else f"{_NUMBERS[there]} of four parts"
        enough = check.words >= INTAKE_ENOUGH
        self.words = f"{check.words} characters, enough" if enough else f"{check.words} of {INTAKE_ENOUGH} characters"
        self.missing = check.missing or self.link_error
        self.is_whole = not self.missing


def _wrong_link(links: tuple[str, ...]) -> str:
    """What is wrong with the links, in a sentence; those that are wrong are not kept."""
    if len(links) > MOST_LINKS:
        return f"Please give at most {MOST_LINKS} links."
    if not all(map(is_good_link, links)):
        return "A link begins with https:// and goes to a public address."
    return ""
