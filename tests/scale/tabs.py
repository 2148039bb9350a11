"""A browser tab without a browser: speaks the socket of the compiled pages and keeps what the server tells it."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

_SPACE = "/_event"
_ROOT = "reflex___state____state"
_VAR = "_rx_state_"


def full_name(module: str, state: str) -> str:
    """The name a state of `mentorhub.state` has on the wire."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", state).lower()
    return f"{_ROOT}.mentorhub___state___{module}____{snake}"


VIEWER = full_name("viewer", "ViewerState")
MENTOR = full_name("mentor_profile", "MentorProfileState")
CHECKOUT = full_name("checkout", "CheckoutState")
INTAKE = full_name("intake", "IntakeState")
BOOKING = full_name("booking", "BookingState")


class Tab:
    """One open page: its vars as the server last told them, and the events the server asked for."""

    def __init__(self, socket: ClientConnection, path: str, query: dict[str, str], token: str) -> None:
        self.token = token
        self.states: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, Any]] = []
        self.ended = False
        self.bytes = 0
        self.heard_at = 0.0
        self._socket, self._path, self._query = socket, path, query
        self._news = asyncio.Condition()
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def open(
        cls,
        url: str,
        path: str,
        *,
        cookie: str = "",
        query: dict[str, str] | None = None,
        token: str = "",
        origin: str = "",
    ) -> Self:
        """Load the page at `path`; `query` holds what the browser reads from the address."""
        token = token or str(uuid4())
        headers = {"Origin": origin or url, "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/130.0"}
        socket = await connect(
            f"{url.replace('http', 'ws', 1)}{_SPACE}/?token={token}&EIO=4&transport=websocket",
            additional_headers=headers | ({"Cookie": f"mh_session={cookie}"} if cookie else {}),
            subprotocols=[Subprotocol(_reflex_version())],
            proxy=None,
            max_size=None,
        )
        tab = cls(socket, path, query or {}, token)
        boot = {"event": tab._packet(f"{_ROOT}.hydrate_and_load", {})}
        await socket.send(f"40{_SPACE},{json.dumps(boot)}")
        await tab.until(lambda: tab.value(_ROOT, "is_hydrated") is True, "the page's first load")
        return tab

    def value(self, state: str, name: str) -> Any:
        """A var as the server last told it; `None` before it did."""
        return self.states.get(state, {}).get(name)

    def wears(self, state: str, **values: Any) -> bool:
        """Whether these vars have these values."""
        return all(self.value(state, name) == value for name, value in values.items())

    async def send(self, state: str, handler: str, **payload: Any) -> None:
        """Let an event happen, as a click does."""
        packet = self._packet(f"{state}.{handler}", payload)
        await self._socket.send(f"42{_SPACE},{json.dumps(['event', packet])}")

    async def until(self, holds: Callable[[], bool], what: str, *, seconds: float = 15) -> None:
        """Wait until something holds; fails when it does not in time."""
        async with self._news:
            try:
                await asyncio.wait_for(self._news.wait_for(lambda: holds() or self.ended), seconds)
            except TimeoutError:
                raise AssertionError(f"{what} never came") from None
        assert holds(), f"the socket ended before {what}"

    async def until_sent_to(self, prefix: str) -> str:
        """Wait until the server sends the browser to an address that begins so; returns it."""
        await self.until(lambda: self.sent_to(prefix) is not None, f"the way to {prefix}")
        return self.sent_to(prefix) or ""

    def sent_to(self, prefix: str) -> str | None:
        """The last address that begins with `prefix` the server sent the browser to."""
        for event in reversed(self.asked):
            path = str(event.get("payload", {}).get("path", ""))
            code = str(event.get("payload", {}).get("javascript_code", ""))
            found = re.search(r'location\.assign\("([^"]+)"', code)
            address = path or (found[1] if found else "")
            if address.startswith(prefix):
                return address
        return None

    async def close(self) -> None:
        """Close the tab."""
        await self._socket.close()
        await self._listening

    def _packet(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        where = {"pathname": self._path, "asPath": self._path, "query": self._query}
        return {"name": name, "payload": payload, "router_data": where}

    async def _listen(self) -> None:
        with suppress(ConnectionClosed):
            async for frame in self._socket:
                text = str(frame)
                self.bytes, self.heard_at = self.bytes + len(text), time.perf_counter()
                if text == "2":
                    await self._socket.send("3")
                elif text.startswith(f'42{_SPACE},["event",'):
                    self._take(json.loads(text.partition(",")[2])[1])
                async with self._news:
                    self._news.notify_all()
        self.ended = True
        async with self._news:
            self._news.notify_all()

    def _take(self, update: Any) -> None:
        update = json.loads(update) if isinstance(update, str) else update
        for state, told in update.get("delta", {}).items():
            known = self.states.setdefault(state, {})
            known.update({name.removesuffix(_VAR): value for name, value in told.items()})
        self.asked += update.get("events", [])


def free_starts(tab: Tab) -> list[str]:
    """The free starts of the week a mentor's page shows, without those it shows as just taken."""
    week, gone = tab.value(MENTOR, "week") or {}, tab.value(MENTOR, "gone") or []
    slots = [slot for day in week.get("days", []) for slot in day["slots"]]
    return [slot["start"] for slot in slots if slot["is_free"] and slot["start"] not in gone]


def _reflex_version() -> str:
    from importlib.metadata import version

    return version("reflex")
