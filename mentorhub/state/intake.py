"""The intake as it is being written: kept with every pause of the keys, and measured."""

from contextlib import suppress

import reflex as rx

from mentorhub.adapters import outside
from mentorhub.adapters.hands import at_the_store
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.errors import HoldOver
from mentorhub.domain.bookings.rules import INTAKE_ENOUGH, MOST_ATTACHED, MOST_QUESTIONS, IntakeCheck, is_good_link
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import NotFound, StoreAway
from mentorhub.domain.common.ids import parse_id
from mentorhub.state import shown
from mentorhub.state.base import Access, event, read, require_viewer, run
from mentorhub.state.shown import FileShown

_NUMBERS = ("None", "One", "Two", "Three", "All")


class IntakeState(rx.State):
    """One mentee's draft for one held time; the fields are uncontrolled, so nothing jumps while one types."""

    goal: str = ""
    situation: str = ""
    questions: list[str] = ["", "", ""]
    links: str = ""
    link_error: str = ""
    files: list[FileShown] = []
    files_address: str = ""
    room: int = MOST_ATTACHED
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
        with suppress(HoldOver, NotFound):
            await run(bookings.take_over_draft, booking_id=booking_id, mentee_id=viewer.user_id, now=utc_now())
        draft = await read(queries.draft_of, booking_id=booking_id, viewer_id=viewer.user_id)
        self.goal, self.situation, self.links = draft.goal, draft.situation, "\n".join(draft.links)
        self.questions = [*draft.questions, "", "", ""][:MOST_QUESTIONS]
        self.shown, self.link_error = max(len(draft.questions), 1), ""
        self.files_address = f"/intake/{booking_id}/files"
        self._show_files(draft)
        self._measure(draft.check)

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

    @event(Access.SIGNED_IN)
    async def files_changed(self) -> None:
        """A file was added by this page: look what is there now."""
        await self._look_at_files()

    @event(Access.SIGNED_IN)
    async def remove_file(self, file_id: str) -> None:
        """Take a file out of the draft; its content goes with the last draft that names it."""
        parsed, viewer = parse_id(file_id), require_viewer()
        if parsed is None:
            raise NotFound
        needless = await run(bookings.remove_file, file_id=parsed, mentee_id=viewer.user_id, now=utc_now())
        # What is not removed here, because the store is away, the sweep finds.
        with suppress(StoreAway):
            for name in needless:
                await at_the_store(outside().files.remove, name)
        await self._look_at_files()

    async def _look_at_files(self) -> None:
        booking_id, viewer = parse_id(self.booking_id), require_viewer()
        if booking_id is None:
            raise NotFound
        self._show_files(await read(queries.draft_of, booking_id=booking_id, viewer_id=viewer.user_id))
        if self.link_error:
            await self._keep()

    def _show_files(self, draft: queries.IntakeView) -> None:
        self.files, self.room = shown.files(draft), draft.room

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
        self.link_error = _wrong_link(links, beside=len(self.files))
        self.room = max(MOST_ATTACHED - len(links) - len(self.files), 0)
        self._measure(check)

    def _measure(self, check: IntakeCheck) -> None:
        self.parts, self.hint = list(check.parts), check.hint
        there = sum(check.parts)
        self.parts_words = "Everything is there." if check.is_whole else f"{_NUMBERS[there]} of four parts"
        enough = check.words >= INTAKE_ENOUGH
        self.words = f"{check.words} characters, enough" if enough else f"{check.words} of {INTAKE_ENOUGH} characters"
        self.missing = check.missing or self.link_error
        self.is_whole = not self.missing


def _wrong_link(links: tuple[str, ...], *, beside: int) -> str:
    """What is wrong with the links beside so many files, in a sentence; those that are wrong are not kept."""
    if len(links) + beside > MOST_ATTACHED:
        return f"Please give at most {MOST_ATTACHED} links and files in all."
    if not all(map(is_good_link, links)):
        return "A link begins with https:// and goes to a public address."
    return ""
