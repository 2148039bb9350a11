"""Reflex's own event processor behind the access rules, without a server: events in, answers out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from reflex.app_mixins.middleware import MiddlewareMixin
from reflex.istate.manager.memory import StateManagerMemory
from reflex.state import State
from reflex_base.event import Event
from reflex_base.event.processor import BaseStateEventProcessor

from mentorhub import database
from mentorhub.domain.accounts import service as accounts
from mentorhub.state.access import AccessMiddleware

HYDRATE = f"{State.get_full_name()}.hydrate"
SIGN_IN = "/sign-in"
NONSENSE = "That request made no sense here, so nothing was changed."
NOT_HERE = "There is nothing here to do that with."


@dataclass
class Answer:
    """What a tab was told: vars that changed, by state, and what its page was asked to do."""

    deltas: list[dict[str, dict[str, Any]]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All of it as one text, to look for what must or must not be in there."""
        return repr((self.deltas, [(event.name, event.payload) for event in self.events]))

    def says(self, sentence: str) -> bool:
        """Whether the page was asked to show this sentence."""
        return any(sentence in repr(event.payload) for event in self.events)

    @property
    def leads_to(self) -> str:
        """Where the page was asked to go; empty when it stays."""
        return next((str(event.payload["path"]) for event in self.events if event.name == "_redirect"), "")

    def value(self, state: str, name: str) -> Any:
        """A var as last told; `state` and `name` are the ends of their full names."""
        found = None
        for delta in self.deltas:
            for full, told in delta.items():
                if full.endswith(state):
                    found = next((v for key, v in told.items() if key.startswith(name)), found)
        return found


class _Page:
    """Stands where the socket of a tab stands: keeps what would have been sent."""

    def __init__(self) -> None:
        self.answer = Answer()

    async def emit_update(self, update: Any, token: str) -> None:
        if update.delta:
            self.answer.deltas.append({state: dict(told) for state, told in update.delta.items()})
        self.answer.events.extend(update.events or [])


class Backstage:
    """Sends events as a tab would, with the cookie and the path of its page."""

    def __init__(self, processor: BaseStateEventProcessor, page: _Page, kept: StateManagerMemory) -> None:
        self._processor = processor
        self._kept = kept
        self._page = page
        self._open: set[str] = set()

    def forget_states(self) -> None:
        """Let the states of all tabs run out, as a key of theirs in Redis does after a while."""
        self._kept.states.clear()

    async def send(
        self,
        name: str,
        payload: dict[str, Any] | None = None,
        *,
        tab: str = "tab",
        cookie: str = "",
        path: str = "/",
        query: dict[str, str] | None = None,
        language: str = "",
        kept: str = "",
    ) -> Answer:
        """One event from one tab, which loads its page first; returns once everything it set off is done.

        `language` is what the browser says of its languages, `kept` another cookie than that of the login session.
        """
        if tab not in self._open and name != HYDRATE:
            await self.send(HYDRATE, tab=tab, cookie=cookie, path=path, query=query, language=language, kept=kept)
        self._open.add(tab)
        self._page.answer = Answer()
        router_data = {
            "token": tab,
            "pathname": path,
            "asPath": f"{path}?{urlencode(query)}" if query else path,
            "query": query or {},
            "headers": {
                "cookie": "; ".join(filter(None, (f"mh_session={cookie}" if cookie else "", kept))),
                "origin": "http://127.0.0.1:3000",
                **({"accept-language": language} if language else {}),
            },
            "ip": "127.0.0.1",
            "sid": tab,
        }
        event = Event(name=name, payload=payload or {}, router_data=router_data)
        future = await self._processor.enqueue(tab, event)
        try:
            await asyncio.wait_for(future.wait_all(), 10)
        except Exception as failure:
            self._page.answer.failures.append(failure)
        return self._page.answer


@asynccontextmanager
async def backstage() -> AsyncIterator[Backstage]:
    """An event processor with the product's access rules in front."""
    rules, page = MiddlewareMixin(), _Page()
    rules.add_middleware(AccessMiddleware())
    processor = BaseStateEventProcessor(middleware=rules)
    kept = StateManagerMemory()
    async with processor.configure(state_manager=kept, event_namespace=page):
        yield Backstage(processor, page, kept)


def sign_in(user_id: UUID) -> str:
    """The secret of a fresh login session, as the cookie would carry it."""
    with database.transaction() as db:
        return accounts.open_session(db, user_id=user_id, device="Firefox", address="127.0.0.1", now=datetime.now(UTC))
