"""The viewer's calendar feeds, and for mentors the calendars elsewhere that close their time."""

from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from mentorhub import settings
from mentorhub.domain.accounts.queries import ViewerView
from mentorhub.domain.catalog import queries as catalog
from mentorhub.domain.common import moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.scheduling import queries, service
from mentorhub.domain.scheduling.models import FeedKind
from mentorhub.domain.scheduling.queries import ImportView
from mentorhub.state.base import Access, event, read, require_viewer, run
from mentorhub.state.live import hub

_NO_ERRORS = {"address": "", "label": ""}
_FEEDS = (
    (FeedKind.SESSIONS, "sessions", "Your sessions", "Both roles, with title, person and link. For your own calendar."),
    (FeedKind.FREE_BUSY, "busy", "Your busy times", "Only when you are taken, no titles and no names."),
)


@dataclass(frozen=True)
class FeedShown:
    """One feed; without an address it is closed."""

    kind: str
    title: str
    lead: str
    address: str


@dataclass(frozen=True)
class ImportShown:
    """One connected calendar, with what is known of it in words."""

    import_id: str
    label: str
    host: str
    age: str
    words: str
    is_failing: bool


class CalendarsState(rx.State):
    """Feeds for everyone; connected calendars for mentors, live."""

    loaded: bool = False
    is_mentor: bool = False
    feeds: list[FeedShown] = []
    imports: list[ImportShown] = []
    down: str = ""
    """The calendars that could not be read for over an hour, by name; empty when there are none."""
    errors: dict[str, str] = dict(_NO_ERRORS)
    sure: str = ""
    """The kind of feed whose new address waits for a second word."""
    typed_address: str = ""
    typed_label: str = ""
    form_number: int = 0
    """Counts the forms that were sent well: each is followed by an empty one."""
    added: str = ""

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Show everything, and again whenever a calendar was read."""
        viewer = require_viewer()
        hub.watch(self.router.session.client_token, CalendarsState.refresh, topics.person(viewer.user_id))
        self.errors, self.sure, self.added = dict(_NO_ERRORS), "", ""
        self.is_mentor = await read(catalog.own_profile, mentor_id=viewer.user_id) is not None
        await self._show()
        self.loaded = True

    @event(Access.SIGNED_IN)
    async def refresh(self) -> None:
        """A calendar of this person was read, added or removed."""
        await self._show()

    @event(Access.SIGNED_IN)
    async def ask_sure(self, kind: str) -> None:
        """Say first what a new address does to the present one."""
        self.sure = _kind(kind).value

    @event(Access.SIGNED_IN)
    async def keep_address(self) -> None:
        """Leave the address as it is."""
        self.sure = ""

    @event(Access.SIGNED_IN)
    async def renew(self, kind: str) -> None:
        """Give the feed a new address."""
        self.sure = ""
        await run(service.renew_feed, user_id=require_viewer().user_id, kind=_kind(kind), now=utc_now())
        await self._show()

    @event(Access.SIGNED_IN)
    async def close(self, kind: str) -> None:
        """Close the feed."""
        self.sure = ""
        await run(service.close_feed, user_id=require_viewer().user_id, kind=_kind(kind))
        await self._show()

    @event(Access.SIGNED_IN)
    async def add(self, form: dict[str, Any]) -> None:
        """Connect a calendar; what is wrong is said beside its field."""
        self.errors, self.added = dict(_NO_ERRORS), ""
        self.typed_address, self.typed_label = str(form.get("address", "")), str(form.get("label", ""))
        try:
            await run(
                service.add_import,
                actor_id=require_viewer().user_id,
                address=self.typed_address,
                label=self.typed_label,
                own_hosts=settings.current().calendar_hosts,
                now=utc_now(),
            )
        except FieldError as refusal:
            self.errors = {**_NO_ERRORS, refusal.field: refusal.message}
            return
        self.typed_address, self.typed_label = "", ""
        self.form_number += 1
        self.added = "Connected. It is being read now."
        await self._show()

    @event(Access.SIGNED_IN)
    async def read_now(self, import_id: str) -> None:
        """Read a calendar without waiting for its turn."""
        is_new = await self._act(service.refresh_import, import_id, now=utc_now())
        age = "Being read now" if is_new else "Read within this minute, please wait a little"
        self.imports = [replace(one, age=age) if one.import_id == import_id else one for one in self.imports]

    @event(Access.SIGNED_IN)
    async def remove(self, import_id: str) -> None:
        """Forget a calendar; the times it closed are free again."""
        await self._act(service.remove_import, import_id)
        self.added = ""
        await self._show()

    async def _act(self, verb: Any, import_id_text: str, **arguments: Any) -> Any:
        import_id = parse_id(import_id_text)
        if import_id is None:
            raise NotFound
        return await run(verb, actor_id=require_viewer().user_id, import_id=import_id, **arguments)

    async def _show(self) -> None:
        viewer, here = require_viewer(), settings.current()
        tokens = await read(queries.feed_tokens, user_id=viewer.user_id, secret=here.secret)
        self.feeds = [
            FeedShown(
                kind.value, title, lead, f"{here.public_url}/feeds/{name}/{tokens[kind]}.ics" if kind in tokens else ""
            )
            for kind, name, title, lead in _FEEDS
        ]
        connected = await read(queries.imports_of, mentor_id=viewer.user_id) if self.is_mentor else ()
        self.imports = [_shown(one, viewer) for one in connected]
        self.down = ", ".join(one.label for one in connected if one.is_down(utc_now()))


def _kind(text: str) -> FeedKind:
    if text not in set(FeedKind):
        raise NotFound
    return FeedKind(text)


def _shown(one: ImportView, viewer: ViewerView) -> ImportShown:
    zone = moments.zone_of(viewer.time_zone)
    if one.waits:
        age = "Being read for the first time"
    elif one.good_at is None:
        age = "Never read so far"
    else:
        age = f"Last read {moments.when(one.good_at, zone)} in {moments.place_of(zone)}"
    words = one.words
    if one.failing_since is not None and one.good_at is not None:
        words = f"{one.words} The busy times of the last good reading stay closed."
    return ImportShown(str(one.import_id), one.label, one.host, age, words, one.failing_since is not None)
